package dev.cpra.engine.ecs;

import dev.cpra.engine.EngineLimits;

/// The time that all systems of a tick share.
final class Moment {
  private final long tickNanos;

  /// The time of the tick; never goes back.
  long now;

  /// The last tick whose slots were booked.
  long bookedTick = -1;

  /// Whether nothing is dispatched any more.
  boolean draining;

  Moment(EngineLimits limits) {
    tickNanos = limits.tickNanos();
  }

  long tickNanos() {
    return tickNanos;
  }

  /// The last tick that has begun.
  long tick() {
    return now / tickNanos;
  }

  /// The first tick at or after a time.
  long tickAtOrAfter(long nanos) {
    return Math.ceilDiv(nanos, tickNanos);
  }
}
