package dev.cpra.harness.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/// A one-sided test of whether values are centred above zero, made for few pairs of which one in a
/// dozen is far off.
///
/// Every assignment of signs is as likely as the one seen if the values are symmetric about zero:
/// the exact sign-flip test. It holds for any statistic, here the sum of the values after those
/// larger than [#CLIP] times the median size were cut down to that. Flipping signs changes no size,
/// so the cut is the same for every assignment and the test stays exact; but a single pair that
/// went wrong no longer decides it. Beyond [#EXACT_MAX] values, Wilcoxon's signed ranks.
public final class ClippedSignFlip {
  /// Sizes are cut at so many times their median.
  static final double CLIP = 1.5;

  /// Values up to which all 2^n assignments are counted.
  static final int EXACT_MAX = 20;

  private ClippedSignFlip() {}

  /// The chance of a sum at least this large if the values were symmetric about zero or below.
  public static double above(double[] values) {
    if (values.length == 0) {
      return 1;
    }
    if (values.length > EXACT_MAX) {
      return wilcoxon(values);
    }
    return exact(clip(values));
  }

  /// The chance of a sum at most this large if the values were symmetric about zero or above.
  public static double below(double[] values) {
    return above(Arrays.stream(values).map(value -> -value).toArray());
  }

  private static double wilcoxon(double[] values) {
    for (double value : values) {
      if (value != 0) {
        return WilcoxonSignedRankTest.withDefaults()
            .with(AlternativeHypothesis.GREATER_THAN)
            .test(values)
            .getPValue();
      }
    }
    return 1;
  }

  private static double[] clip(double[] values) {
    double most = CLIP * Spread.median(Arrays.stream(values).map(Math::abs).toArray());
    return Arrays.stream(values).map(value -> Math.clamp(value, -most, most)).toArray();
  }

  /// Walks the assignments in Gray code order: each differs from the one before by one sign.
  private static double exact(double[] values) {
    double sum = 0;
    double scale = 0;
    for (double value : values) {
      sum += value;
      scale += Math.abs(value);
    }
    double seen = sum - scale * 1e-12; // sums that differ by rounding are ties, against a claim
    double[] signed = values.clone();
    long all = 1L << values.length;
    long extreme = 0;
    for (long code = 1; code <= all; code++) {
      if (sum >= seen) {
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
