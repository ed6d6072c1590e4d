package dev.cpra.simulator.oracle;

import dev.cpra.engine.EngineLimits;

/// What all monitors share: the time of the tick that is being followed, and whether the engine
/// drains.
final class Moment {
  final EngineLimits limits;

  /// The time given to the tick: deadlines, delays and backoffs compare with it.
  long nowNanos;

  /// The last multiple of the limits' tick: slots compare with it.
  long engineTimeNanos;

  boolean draining;

  Moment(EngineLimits limits) {
    this.limits = limits;
  }

  void tickBegins(long nowNanos) {
    this.nowNanos = nowNanos;
    this.engineTimeNanos = nowNanos / limits.tickNanos() * limits.tickNanos();
  }

  /// When a slot is booked: the first multiple of the limits' tick at or after it.
  long bookedAt(long slotNanos) {
    long tick = limits.tickNanos();
    return (slotNanos + tick - 1) / tick * tick;
  }
}
