package dev.cpra.harness.statistics;

import java.util.Arrays;
import java.util.Collection;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.jspecify.annotations.Nullable;

/// The median of some values and how far it may be trusted.
///
/// @param median the middle value, or the mean of the two middle ones
/// @param low lower end of the interval
/// @param high upper end of the interval
/// @param samples how many values
/// @param kind what the interval is
public record Spread(double median, double low, double high, int samples, Kind kind) {

  /// Below this many values even the whole range is no 95 % interval of the median (at 5 it is
  /// 93.75 %).
  public static final int SAMPLES_FOR_INTERVAL = 6;

  private static final double CONFIDENCE = 0.95;

  /// What an interval is.
  public enum Kind {
    /// Smallest to largest value: too few for anything better.
    RANGE,
    /// Order statistics that hold the median with at least 95 % confidence, whatever the
    /// distribution.
    ORDER_STATISTICS
  }

  /// The spread of the values; null if there are none.
  public static @Nullable Spread of(Collection<Double> values) {
    return values.isEmpty() ? null : of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// The spread of at least one value.
  public static Spread of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (n < SAMPLES_FOR_INTERVAL) {
      return new Spread(medianOfSorted(sorted), sorted[0], sorted[n - 1], n, Kind.RANGE);
    }
    int rank = rank(n);
    return new Spread(
        medianOfSorted(sorted), sorted[rank - 1], sorted[n - rank], n, Kind.ORDER_STATISTICS);
  }

  /// The median of at least one value.
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return medianOfSorted(sorted);
  }

  /// The largest rank r for which the r-th smallest and the r-th largest of n values hold the
  /// median with the wanted confidence: P(r <= B <= n - r) with B binomial (n, 1/2).
  private static int rank(int n) {
    BinomialDistribution below = BinomialDistribution.of(n, 0.5);
    int rank = 1;
    while (1 - 2 * below.cumulativeProbability(rank) >= CONFIDENCE) {
      rank++;
    }
    return rank;
  }

  private static double medianOfSorted(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
