package dev.cpra.harness.paired;

import java.util.Arrays;

/// The mean of what is left when the smallest and the largest values are left out: slices in which
/// the machine did something else do not count.
public final class TrimmedMean {
  /// Left out at each end.
  static final double SHARE = 0.2;

  private TrimmedMean() {}

  /// The mean of the middle three fifths; NaN without values.
  public static double of(double[] values) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = (int) (sorted.length * SHARE);
    double sum = 0;
    for (int i = cut; i < sorted.length - cut; i++) {
      sum += sorted[i];
    }
    return sum / (sorted.length - 2 * cut);
  }
}
