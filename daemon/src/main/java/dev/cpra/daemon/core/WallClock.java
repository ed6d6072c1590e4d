package dev.cpra.daemon.core;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The wall's clock beside the daemon's. Silences and maintenance windows follow the wall, as
/// people wrote them by it; all the rest follows the daemon's, which never jumps. The two part when
/// the wall is set and when the machine sleeps. Thread-safe but for [#look].
final class WallClock {
  private static final Logger LOG = LoggerFactory.getLogger(WallClock.class);

  /// What the log tells of; what a clock drifts until it is corrected is less.
  private static final long APART_NANOS = 5_000_000_000L;

  private static final long SECOND = 1_000_000_000;

  private final InstantSource wall;
  private final LongSupplier clock;
  private long toldNanos;

  /// @param clock the daemon's
  WallClock(InstantSource wall, LongSupplier clock) {
    this.wall = wall;
    this.clock = clock;
  }

  /// What the wall says.
  Instant now() {
    return wall.instant();
  }

  /// How far the wall is ahead of the daemon's clock; negative if it is behind.
  long aheadNanos() {
    return DaemonClock.nanos(wall.instant()) - clock.getAsLong();
  }

  /// Tells the log when the clocks have parted since it was told last, and when they agree again.
  /// The engine's thread, a few times a second.
  ///
  /// @return whether there was something to tell
  boolean look() {
    long ahead = aheadNanos();
    if (Math.abs(ahead - toldNanos) < APART_NANOS) {
      return false;
    }
    toldNanos = ahead;
    if (Math.abs(ahead) < APART_NANOS) {
      LOG.info("the wall's clock and the daemon's agree again");
    } else {
      LOG.warn(
          "the wall's clock is {} s {} the daemon's; silences and maintenance windows follow the"
              + " wall, times in alerts and records the daemon",
          Math.abs(ahead) / SECOND,
          ahead > 0 ? "ahead of" : "behind");
    }
    return true;
  }
}
