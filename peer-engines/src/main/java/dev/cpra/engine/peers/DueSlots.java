package dev.cpra.engine.peers;

import java.util.Arrays;

/// Timers that have fired, put into the order in which slots are booked: by tick, then by handle.
/// Timers themselves promise no order among those that fire together.
final class DueSlots {
  /// Handles fit, and so do 2^36 ticks: two years of milliseconds.
  private static final int HANDLE_BITS = 27;

  private static final long SPAN = 1L << (63 - HANDLE_BITS);

  private long[] ticks = new long[64];
  private int[] monitors = new int[64];
  private int added;
  private long[] sorted = new long[64];
  private int count;
  private int next;
  private long base;

  void add(long tick, int monitor) {
    if (added == ticks.length) {
      ticks = Arrays.copyOf(ticks, 2 * added);
      monitors = Arrays.copyOf(monitors, 2 * added);
    }
    ticks[added] = tick;
    monitors[added++] = monitor;
  }

  /// Moves on to the next one.
  ///
  /// @return whether there is one
  boolean next() {
    if (next + 1 < count) {
      next++;
      return true;
    }
    count = 0;
    return added > 0 && sort();
  }

  long tick() {
    return base + (sorted[next] >>> HANDLE_BITS);
  }

  int monitor() {
    return (int) sorted[next] & ((1 << HANDLE_BITS) - 1);
  }

  /// Takes what lies within [#SPAN] of the earliest; the rest, after a stall of years, comes next.
  private boolean sort() {
    base = Long.MAX_VALUE;
    for (int i = 0; i < added; i++) {
      base = Math.min(base, ticks[i]);
    }
    if (sorted.length < added) {
      sorted = new long[ticks.length];
    }
    count = 0;
    next = 0;
    int kept = 0;
    for (int i = 0; i < added; i++) {
      if (ticks[i] - base < SPAN) {
        sorted[count++] = (ticks[i] - base) << HANDLE_BITS | monitors[i];
      } else {
        ticks[kept] = ticks[i];
        monitors[kept++] = monitors[i];
      }
    }
    added = kept;
    Arrays.sort(sorted, 0, count);
    return true;
  }
}
