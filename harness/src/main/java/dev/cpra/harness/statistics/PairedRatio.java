package dev.cpra.harness.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/// What pairs of trials say about the ratio of two variants' figures.
///
/// The interval at 95 % is the percentile bootstrap of the median log ratio (seeded, so that a
/// report can be written again). The bootstrap of few values is too narrow: below
/// [#PAIRS_FOR_BOOTSTRAP] pairs the interval is widened to hold Student's t interval of the mean
/// log ratio too. Two pairs give their range and one pair gives none: neither supports a claim.
///
/// @param ratio the median of the pairs' ratios
/// @param low lower end of the interval; null with one pair
/// @param high upper end of the interval; null with one pair
/// @param logRatios each pair's ln(a / b)
public record PairedRatio(
    double ratio, @Nullable Double low, @Nullable Double high, List<Double> logRatios) {

  /// Fewer pairs support no claim.
  public static final int PAIRS_FOR_CLAIM = 3;

  /// From so many pairs on the bootstrap stands alone.
  public static final int PAIRS_FOR_BOOTSTRAP = 20;

  private static final int RESAMPLES = 10_000;
  private static final double TAIL = 0.025;
  private static final double POWER = 0.9;

  /// Estimates from at least one pair of positive figures.
  ///
  /// @throws IllegalArgumentException if there is no pair, or a figure has no logarithm
  public static PairedRatio of(double[] a, double[] b, long seed) {
    if (a.length == 0 || a.length != b.length) {
      throw new IllegalArgumentException(
          "Expected as many figures of a as of b, at least one; found "
              + a.length
              + " and "
              + b.length);
    }
    double[] logs = new double[a.length];
    for (int pair = 0; pair < logs.length; pair++) {
      logs[pair] = Math.log(a[pair]) - Math.log(b[pair]);
      if (!Double.isFinite(logs[pair])) {
        throw new IllegalArgumentException(
            "Expected positive figures, found " + a[pair] + " and " + b[pair]);
      }
    }
    double ratio = Math.exp(Spread.median(logs));
    if (logs.length == 1) {
      return new PairedRatio(ratio, null, null, boxed(logs));
    }
    double[] ends = logs.length < PAIRS_FOR_CLAIM ? range(logs) : bootstrap(logs, seed);
    if (logs.length >= PAIRS_FOR_CLAIM && logs.length < PAIRS_FOR_BOOTSTRAP) {
      widenToStudent(ends, logs);
    }
    return new PairedRatio(ratio, Math.exp(ends[0]), Math.exp(ends[1]), boxed(logs));
  }

  /// How many pairs.
  public int pairs() {
    return logRatios.size();
  }

  /// Each pair's ln(a / b), to be tested.
  double[] logs() {
    return logRatios.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// The smallest effect that a test at `alpha` would have shown with a power of 0.9, in percent
  /// more or less; null below [#PAIRS_FOR_CLAIM] pairs.
  ///
  /// With n pairs whose log ratios scatter by s it is exp((t(1 - alpha/2) + t(0.9)) s / sqrt(n)) -
  /// 1, t being Student's quantiles at n - 1 degrees of freedom.
  public @Nullable Double smallestEffectPercent(double alpha) {
    int n = logRatios.size();
    if (n < PAIRS_FOR_CLAIM) {
      return null;
    }
    TDistribution t = TDistribution.of(n - 1);
    double quantiles =
        t.inverseSurvivalProbability(alpha / 2) + t.inverseCumulativeProbability(POWER);
    return 100 * Math.expm1(quantiles * Moments.deviation(logs()) / Math.sqrt(n));
  }

  private static List<Double> boxed(double[] logs) {
    return Arrays.stream(logs).boxed().toList();
  }

  private static double[] range(double[] logs) {
    double[] sorted = logs.clone();
    Arrays.sort(sorted);
    return new double[] {sorted[0], sorted[sorted.length - 1]};
  }

  private static double[] bootstrap(double[] logs, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] medians = new double[RESAMPLES];
    double[] resample = new double[logs.length];
    for (int round = 0; round < RESAMPLES; round++) {
      for (int place = 0; place < resample.length; place++) {
        resample[place] = logs[random.nextInt(logs.length)];
      }
      medians[round] = Spread.median(resample);
    }
    Arrays.sort(medians);
    int cut = (int) Math.floor(TAIL * RESAMPLES);
    return new double[] {medians[cut], medians[RESAMPLES - 1 - cut]};
  }

  private static void widenToStudent(double[] ends, double[] logs) {
    int n = logs.length;
    double mean = Moments.mean(logs);
    double reach =
        TDistribution.of(n - 1).inverseSurvivalProbability(TAIL)
            * Moments.deviation(logs)
            / Math.sqrt(n);
    ends[0] = Math.min(ends[0], mean - reach);
    ends[1] = Math.max(ends[1], mean + reach);
  }
}
