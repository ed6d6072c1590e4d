package dev.cpra.harness.statistics;

import java.util.Arrays;

/// Mean and standard deviation.
public final class Moments {
  private static final double NORMAL_INTERQUARTILE_RANGE = 1.3489795003921634;

  private Moments() {}

  /// The mean of at least one value.
  public static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// The standard deviation of a sample (n - 1); zero for values that differ by rounding only.
  public static double deviation(double[] values) {
    double mean = mean(values);
    double squares = 0;
    double largest = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
      largest = Math.max(largest, Math.abs(value));
    }
    double deviation = Math.sqrt(squares / (values.length - 1));
    return deviation <= largest * 1e-12 ? 0 : deviation;
  }

  /// What the standard deviation would be if only the middle half of the values counted: their
  /// range over that of a standard normal distribution. A few values far off do not widen it.
  public static double robustDeviation(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / NORMAL_INTERQUARTILE_RANGE;
  }

  /// The robust deviation; the standard deviation where the middle half of the values are equal,
  /// which is not to say that nothing scatters.
  public static double scatter(double[] values) {
    double robust = robustDeviation(values);
    return robust > 0 ? robust : deviation(values);
  }

  /// Between the two values that lie around it, as Hyndman and Fan's seventh kind has it.
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
