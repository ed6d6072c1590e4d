package dev.cpra.daemon.health;

import dev.cpra.daemon.core.DaemonView;
import dev.cpra.daemon.core.EngineSnapshot;
import dev.cpra.daemon.health.Observation.StateLogStatus;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the daemon once a second, on a thread of its own, and says what is wrong: in the log
/// when it begins and ends, and to whoever asks. Thread-safe.
public final class Watchdog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final long LOOK_MILLIS = 1_000;

  private final DaemonView view;
  private final SelfCheckLimits limits;
  private final SelfCheck check;
  private final long startNanos;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Health health = Health.STARTING;
  private volatile StateLogStatus lastStateLog = StateLogStatus.IDLE;

  private Watchdog(DaemonView view, SelfCheckLimits limits) {
    this.view = view;
    this.limits = limits;
    this.check = new SelfCheck(limits);
    this.startNanos = view.nowNanos();
  }

  /// Looks for the first time, then starts the thread.
  public static Watchdog start(DaemonView view, SelfCheckLimits limits) {
    Watchdog watchdog = new Watchdog(view, limits);
    watchdog.look();
    Thread thread = new Thread(watchdog::run, "cpra-watchdog");
    thread.setDaemon(true);
    thread.start();
    return watchdog;
  }

  /// How the daemon was at the last look; whether it is loaded or stopping, now.
  public Health health() {
    return new Health(view.isRunning(), view.isStopping(), health.alarms());
  }

  /// The state log's part of the last look.
  public StateLogStatus stateLog() {
    return lastStateLog;
  }

  /// Stops to look.
  @Override
  public void close() {
    closed.countDown();
    try {
      ended.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// How long ago the engine ticked last; before its first tick, how long it has been awaited.
  static long tickAge(long tickNanos, long startNanos, long nowNanos) {
    return nowNanos - Math.max(tickNanos, startNanos);
  }

  /// What is known of the daemon now.
  private Observation observe(StateLogStatus stateLog, long nowNanos) {
    EngineSnapshot snapshot = view.snapshot();
    Throwable failure = view.failure();
    String dead = "";
    if (failure != null) {
      dead = "the engine's thread ended with " + failure.getClass().getName();
    }
    long[] bounds = EngineSnapshot.latenessBoundsNanos();
    long[] counts = snapshot.latenessCounts();
    long dispatched = 0;
    long late = 0;
    for (int i = 0; i < counts.length; i++) {
      dispatched += counts[i];
      if (i > 0 && bounds[i - 1] >= limits.lateNanos()) {
        late += counts[i];
      }
    }
    return new Observation(
        dead,
        tickAge(snapshot.tickNanos(), startNanos, nowNanos),
        dispatched,
        late,
        snapshot.ledger().pulse.waiting,
        Objects.requireNonNullElse(snapshot.ledger().imbalance(), ""),
        snapshot.ledger().auditRepairs,
        snapshot.ledger().limitsReached,
        stateLog);
  }

  private void run() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  private void look() {
    try {
      long now = view.nowNanos();
      StateLogStatus status = StateLogStatus.of(view.stateLog(), now);
      lastStateLog = status;
      for (SelfCheck.Change change : check.look(observe(status, now), now)) {
        tell(change);
      }
      health = new Health(view.isRunning(), view.isStopping(), check.alarms());
    } catch (RuntimeException e) {
      LOG.error("the daemon could not look at itself", e); // and goes on to try
    }
  }

  private static void tell(SelfCheck.Change change) {
    (change.on() ? LOG.atError() : LOG.atInfo())
        .addKeyValue("alarm", change.alarm().key())
        .addKeyValue("why", change.why())
        .log(change.on() ? "alarm of the daemon itself" : "the alarm is over");
  }
}
