package dev.cpra.daemon.cli;

import dev.cpra.daemon.core.Daemon;
import dev.cpra.daemon.log.DaemonLog;
import dev.cpra.engine.Ledger;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits beside a daemon until a signal stops it or its engine dies.
///
/// The JVM answers SIGTERM and SIGINT by running its shutdown hooks and would then exit with 143 or
/// 130. A daemon that was asked to stop and did has not failed: the hook waits for the stop and
/// halts with 0.
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final long LOOK_MILLIS = 200;
  private static final Duration FLUSH = Duration.ofSeconds(2);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean well;

  private Watch() {}

  /// Blocks until the daemon has stopped.
  ///
  /// @return whether it was asked to; false if its engine died
  static boolean untilStopped(Daemon daemon) throws InterruptedException {
    Watch watch = new Watch();
    Thread hook = new Thread(watch::stopAndHalt, "cpra-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return watch.watch(daemon);
    } finally {
      watch.stopped.countDown();
    }
  }

  private boolean watch(Daemon daemon) throws InterruptedException {
    boolean toStop = false;
    while (!toStop && daemon.isRunning()) {
      toStop = asked.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (!toStop) {
      LOG.error("the engine died", daemon.failure());
      daemon.close();
      return false;
    }
    LOG.info("stopping");
    boolean drained = daemon.stop();
    Ledger ledger = daemon.snapshot().ledger();
    (drained ? LOG.atInfo() : LOG.atWarn())
        .addKeyValue("drained", drained)
        .addKeyValue("checks", ledger.pulse.ok + ledger.pulse.failed)
        .addKeyValue("failed", ledger.pulse.failed)
        .addKeyValue("expired", ledger.pulse.expired)
        .addKeyValue("missed", ledger.pulse.missed)
        .addKeyValue("alerts", ledger.alerts.delivered)
        .addKeyValue("balanced", ledger.balanced())
        .log("stopped");
    well = true;
    return true;
  }

  private void stopAndHalt() {
    if (stopped.getCount() == 0) {
      return; // the command ended by itself and exits with its own code
    }
    asked.countDown();
    try {
      stopped.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    System.err.flush();
    var _ = DaemonLog.flush(FLUSH);
    Runtime.getRuntime().halt(well ? 0 : 1);
  }
}
