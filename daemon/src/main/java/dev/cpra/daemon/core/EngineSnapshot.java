package dev.cpra.daemon.core;

import dev.cpra.engine.Ledger;
import java.util.Map;

/// What the engine's thread says of itself, a few times a second. Immutable but for the arrays
/// within, which nobody changes.
///
/// @param tickNanos the time of the tick it was taken after, on the daemon's clock
/// @param ledger the account at that time, a copy
/// @param latenessCounts checks dispatched since the start by how late they were: one count for
///   each of [#latenessBoundsNanos], and a last one for those later than all
/// @param latenessSumNanos their lateness added up
/// @param counts monitors by state, alerts by colour and fate
/// @param audited monitors that the audit has looked at
/// @param operations what the engine counts of its own costs
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record EngineSnapshot(
    long tickNanos,
    Ledger ledger,
    long[] latenessCounts,
    long latenessSumNanos,
    MonitorCounts counts,
    long audited,
    Map<String, Long> operations) {
  private static final long MILLI = 1_000_000;

  private static final long[] BOUNDS = {
    MILLI,
    2 * MILLI,
    5 * MILLI,
    10 * MILLI,
    20 * MILLI,
    50 * MILLI,
    100 * MILLI,
    200 * MILLI,
    500 * MILLI,
    1_000 * MILLI,
    2_000 * MILLI,
    5_000 * MILLI,
    10_000 * MILLI,
    60_000 * MILLI
  };

  /// The upper bounds of lateness, each inclusive, ascending. A new array.
  public static long[] latenessBoundsNanos() {
    return BOUNDS.clone();
  }

  static int bucket(long latenessNanos) {
    int bucket = 0;
    while (bucket < BOUNDS.length && latenessNanos > BOUNDS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  static int buckets() {
    return BOUNDS.length + 1;
  }
}
