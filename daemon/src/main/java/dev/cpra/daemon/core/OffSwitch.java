package dev.cpra.daemon.core;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The switch for all interventions, beside the manifest's own: a file under the daemon's folder.
/// While it is there none is begun, and neither while it cannot be known whether it is.
///
/// Looked at on a thread of its own that nothing else may hold up or end: an operator's stop works
/// while a reload runs, hangs or has failed.
final class OffSwitch implements AutoCloseable {
  /// The file's name. What it holds does not matter.
  static final String FILE = "interventions.off";

  private static final Logger LOG = LoggerFactory.getLogger(OffSwitch.class);
  private static final long LOOK_MILLIS = 250;

  /// What is switched. Called by one thread at a time.
  @FunctionalInterface
  interface Turn {
    void turn(boolean on);
  }

  private final Path file;
  private final Turn turn;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean on = true;

  /// @param data the daemon's folder
  OffSwitch(Path data, Turn turn) {
    this.file = data.resolve(FILE);
    this.turn = turn;
  }

  /// Looks once, then four times a second until it is closed.
  void start() {
    look();
    Thread thread = new Thread(this::run, "cpra-switch");
    thread.setDaemon(true);
    thread.start();
  }

  /// Looks whether the file is there, and switches if that has changed. Before the start, or by its
  /// thread.
  void look() {
    boolean now = Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
    if (now != on) {
      turn.turn(now); // tried again by the next look if it fails
      on = now;
    }
  }

  private void run() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        lookOrSay();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookOrSay() {
    try {
      look();
    } catch (Throwable e) {
      try {
        LOG.error("{} could not be looked at, it is tried again", FILE, e);
      } catch (Throwable _) {
        // Not even that: there may be no memory now. The next look may do.
        return;
      }
    }
  }

  /// Looks no more. Does not wait: a disk that hangs must not hold up a stop.
  @Override
  public void close() {
    closed.countDown();
  }
}
