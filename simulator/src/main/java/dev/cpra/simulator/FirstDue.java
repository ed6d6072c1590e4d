package dev.cpra.simulator;

import dev.cpra.simulator.work.Mix;

/// Spreads the first checks over the interval by a hash of the name (see [Mix]): the same for every
/// engine, and independent of the order of the monitors.
public final class FirstDue {
  private FirstDue() {}

  /// When a monitor is first due, from 0 to its interval, in nanoseconds after the start.
  public static long offsetNanos(CharSequence name, long intervalNanos) {
    return Mix.below(Mix.hash(name), intervalNanos);
  }
}
