package dev.cpra.daemon.core;

import dev.cpra.manifest.MonitorSpec;
import java.util.stream.Stream;

/// How the first checks of many monitors are spread over more than their interval, so that the rate
/// climbs. Pure.
///
/// At a start nothing is compiled yet: a check costs several times of what it will cost, and a full
/// rate at once would be late, or time out, on a machine that holds it easily after some seconds.
/// Nothing is missed by it: a monitor's slots count from its first.
///
/// @param overNanos the first checks lie within so much more than an interval from the start
record SlowStart(long overNanos) {
  /// All at once, as their grid has it.
  static final SlowStart NONE = new SlowStart(0);

  /// The rate may grow by so many checks per second in each second, and starts with as many.
  static final int STEP = 1_000;

  private static final long OVER_NANOS_MAX = 10_000_000_000L;
  private static final double SECOND = 1e9;

  /// For these monitors: none up to [#STEP] checks per second, never more than ten seconds.
  static SlowStart of(Stream<MonitorSpec> monitors) {
    double rate = monitors.mapToDouble(m -> SECOND / m.rules().intervalNanos()).sum();
    long over = Math.round(rate / STEP * SECOND);
    return rate <= STEP ? NONE : new SlowStart(Math.min(over, OVER_NANOS_MAX));
  }

  /// How much later than the start this monitor begins.
  long delayNanos(String name) {
    // The grid takes the low digits of the same hash.
    return overNanos == 0 ? 0 : Math.floorMod(Long.reverse(Grid.hash(name)), overNanos);
  }
}
