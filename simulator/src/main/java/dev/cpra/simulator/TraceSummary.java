package dev.cpra.simulator;

import java.util.Arrays;

/// A whole trace as one number for each stretch of time. Immutable.
public final class TraceSummary {
  private final long stretchNanos;
  private final long[] numbers;

  /// @param stretchNanos how much time each number covers
  /// @param numbers from the engine's time 0 on; 0 without any event
  TraceSummary(long stretchNanos, long[] numbers) {
    this.stretchNanos = stretchNanos;
    this.numbers = numbers.clone();
  }

  /// How much time each number covers.
  long stretchNanos() {
    return stretchNanos;
  }

  /// The first stretch in which two traces differ, -1 without one.
  int firstDifference(TraceSummary other) {
    return Arrays.mismatch(numbers, other.numbers);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TraceSummary other
        && stretchNanos == other.stretchNanos
        && Arrays.equals(numbers, other.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }
}
