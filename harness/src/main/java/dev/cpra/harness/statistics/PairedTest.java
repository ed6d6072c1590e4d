package dev.cpra.harness.statistics;

import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/// Tests, two-sided, of whether paired log ratios are centred at zero.
public enum PairedTest {
  /// Every assignment of signs to the values is as likely as the one seen: exact, assumes symmetry
  /// only.
  SIGN_FLIP("exact sign-flip"),
  /// Wilcoxon's signed ranks, for more pairs than can be enumerated.
  WILCOXON("Wilcoxon signed-rank"),
  /// Student's t of the log ratios: with few pairs no exact test can reach a small p, whatever the
  /// values.
  STUDENT("paired t on log ratios");

  /// Pairs up to which all 2^n assignments are walked.
  static final int SIGN_FLIP_PAIRS_MAX = 20;

  private final String label;

  PairedTest(String label) {
    this.label = label;
  }

  /// The test's name for a reader.
  public String label() {
    return label;
  }

  /// The test with the fewest assumptions that could reach `alpha` with so many pairs.
  public static PairedTest forPairs(int pairs, double alpha) {
    if (pairs > SIGN_FLIP_PAIRS_MAX) {
      return WILCOXON;
    }
    return Math.scalb(2.0, -pairs) <= alpha ? SIGN_FLIP : STUDENT;
  }

  /// The chance of values at least this far from zero if they were centred there.
  public double p(double[] logRatios) {
    return switch (this) {
      case SIGN_FLIP -> signFlip(logRatios);
      case WILCOXON -> wilcoxon(logRatios);
      case STUDENT -> student(logRatios);
    };
  }

  private static double wilcoxon(double[] values) {
    for (double value : values) {
      if (value != 0) {
        return WilcoxonSignedRankTest.withDefaults().test(values).getPValue();
      }
    }
    return 1;
  }

  private static double student(double[] values) {
    int n = values.length;
    double mean = Moments.mean(values);
    double error = Moments.deviation(values) / Math.sqrt(n);
    if (error == 0) {
      return mean == 0 ? 1 : 0;
    }
    return 2 * TDistribution.of(n - 1).survivalProbability(Math.abs(mean) / error);
  }

  /// Walks the assignments in Gray code order, so that each differs from the one before by one
  /// sign.
  private static double signFlip(double[] values) {
    double sum = 0;
    double scale = 0;
    for (double value : values) {
      sum += value;
      scale += Math.abs(value);
    }
    // Sums that differ by rounding only are ties, and ties count against a claim.
    double seen = Math.abs(sum) - scale * 1e-12;
    double[] signed = values.clone();
    long all = 1L << values.length;
    long extreme = 0;
    for (long code = 1; code <= all; code++) {
      if (Math.abs(sum) >= seen) {
        extreme++;
      }
      int flipped = Long.numberOfTrailingZeros(code);
      if (flipped < signed.length) {
        sum -= 2 * signed[flipped];
        signed[flipped] = -signed[flipped];
      }
    }
    return (double) extreme / all;
  }
}
