package dev.cpra.harness.paired;

import java.util.Arrays;

/// What something costs when nothing disturbs it: the tenth percentile. What else a machine does
/// makes a slice dearer, never cheaper, and on a shared machine it does so to half of them.
public final class Floor {
  /// The share of the values that may lie below.
  static final double SHARE = 0.1;

  private Floor() {}

  /// The value that a tenth of them lies below; NaN without values.
  public static double of(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (sorted.length * SHARE)];
  }
}
