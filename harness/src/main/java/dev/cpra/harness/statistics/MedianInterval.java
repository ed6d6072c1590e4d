package dev.cpra.harness.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/// The median of some values with its percentile bootstrap interval at 95 %, seeded so that the
/// same values give the same interval. With very few values the interval is too narrow to decide
/// anything by itself; a test stands beside it.
///
/// @param median the middle
/// @param low lower end, NaN with one value
/// @param high upper end, NaN with one value
public record MedianInterval(double median, double low, double high) {
  private static final int RESAMPLES = 4_000;
  private static final double TAIL = 0.025;

  /// Of at least one value.
  public static MedianInterval of(double[] values, long seed) {
    double median = Spread.median(values);
    if (values.length == 1) {
      return new MedianInterval(median, Double.NaN, Double.NaN);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] medians = new double[RESAMPLES];
    double[] resample = new double[values.length];
    for (int round = 0; round < RESAMPLES; round++) {
      for (int place = 0; place < resample.length; place++) {
        resample[place] = values[random.nextInt(values.length)];
      }
      medians[round] = Spread.median(resample);
    }
    Arrays.sort(medians);
    int cut = (int) Math.floor(TAIL * RESAMPLES);
    return new MedianInterval(median, medians[cut], medians[RESAMPLES - 1 - cut]);
  }
}
