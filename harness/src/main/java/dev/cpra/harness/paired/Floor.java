package dev.cpra.harness.paired;

import java.util.Arrays;

/// What something costs when nothing disturbs it: a low percentile of the slices. What else a
/// machine does makes a slice dearer, never cheaper, and on a shared machine it does so to half of
/// them.
public final class Floor {
  /// The share of the values that lies below the floor of a cost that every slice has alike.
  public static final double TENTH = 0.1;

  /// Where there are few slices, and costs that not all of them have.
  public static final double QUARTER = 0.25;

  private Floor() {}

  /// The value that this share of them lies below; NaN without values.
  public static double of(double[] values, double share) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (sorted.length * share)];
  }
}
