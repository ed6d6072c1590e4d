package dev.cpra.daemon.core;

import java.time.Instant;
import java.util.function.LongSupplier;

/// The engine's clock: nanoseconds since 1970, running with the machine's monotonic clock from what
/// the wall said at the start. So it never jumps, and times that were written down before a restart
/// lie in its past. What people write by the wall follows [WallClock]. Thread-safe.
public final class DaemonClock implements LongSupplier {
  private static final long SECOND = 1_000_000_000;

  private final long startNanos;
  private final long monotonicStart;

  private DaemonClock(long startNanos) {
    this.startNanos = startNanos;
    this.monotonicStart = System.nanoTime();
  }

  /// A clock that starts at the wall's time, or just after `lastNanos` if the wall was put back
  /// behind that.
  ///
  /// @param lastNanos the last time that was written down, 0 if none was
  public static DaemonClock after(long lastNanos) {
    return new DaemonClock(Math.max(nanos(Instant.now()), lastNanos + 1));
  }

  @Override
  public long getAsLong() {
    return startNanos + (System.nanoTime() - monotonicStart);
  }

  /// A time that people read, in nanoseconds since 1970.
  static long nanos(Instant time) {
    return time.getEpochSecond() * SECOND + time.getNano();
  }

  /// A time on this clock as people read it.
  public static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }
}
