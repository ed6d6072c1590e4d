package dev.cpra.benchmarks;

/// Ticks that go on as long as the worker keeps up, so that no job expires and no slot is missed.
/// At barriers a quarter of the shortest interval apart it waits until all jobs have ended that had
/// been dispatched at the barrier before. Not thread-safe.
final class VirtualTime {
  private static final int BARRIER_TICKS = Intervals.TICKS / 4;

  private long tick;
  private long nextBarrier;
  private long dispatchedAtBarrier;

  /// The tick that it is.
  long tick() {
    return tick;
  }

  /// Goes on by one tick if it may.
  ///
  /// @return whether it did
  boolean moveOn(long dispatched, long ended) {
    if (dispatched - ended >= Loop.IN_FLIGHT_MAX) {
      return false;
    }
    if (tick >= nextBarrier) {
      if (ended < dispatchedAtBarrier) {
        return false;
      }
      dispatchedAtBarrier = dispatched;
      nextBarrier = tick + BARRIER_TICKS;
    }
    tick++;
    return true;
  }
}
