package dev.cpra.harness.paired;

/// Sums the time during which an engine stalled: some due pulse had been waiting for longer than
/// the tolerance. That is the union of the spans from `due + tolerance` to dispatch.
///
/// One stall delays everything that falls due while it lasts, but only a few per cent of all jobs:
/// percentiles up to p90 can't see it, this sum does. It is a sum of time, not of jobs, so that the
/// offered load does not change it. Belongs to the engine's thread.
final class StallMeter {
  private final long toleranceNanos;
  private long coveredUntil = Long.MIN_VALUE;
  private long stalledNanos;

  /// @param toleranceNanos a tick plus what waking a thread usually takes
  StallMeter(long toleranceNanos) {
    this.toleranceNanos = toleranceNanos;
  }

  /// A pulse that was due then is dispatched now. `nowNanos` never falls.
  void dispatched(long dueNanos, long nowNanos) {
    long from = Math.max(dueNanos + toleranceNanos, coveredUntil);
    if (nowNanos > from) {
      stalledNanos += nowNanos - from;
      coveredUntil = nowNanos;
    }
  }

  /// The sum since the last call.
  long take() {
    long sum = stalledNanos;
    stalledNanos = 0;
    return sum;
  }
}
