package dev.cpra.harness.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/// A one-sided test of whether values are centred above zero, made for few pairs of which one in a
/// dozen is far off.
///
/// Every assignment of signs is as likely as the one seen if the values are symmetric about zero:
/// the exact sign-flip test. It holds for any statistic, here the sum of the values after those
/// larger than [#CLIP] times the median size were cut down to that. Flipping signs changes no size,
/// so the cut is the same for every assignment and the test stays exact; but a pair that went wrong
/// no longer decides it. Beyond [#EXACT_MAX] values, a sample of the assignments, the one seen
/// among them, which keeps the test valid (Monte Carlo test).
public final class ClippedSignFlip {
  /// Sizes are cut at so many times their median.
  static final double CLIP = 1;

  /// Values up to which all 2^n assignments are counted.
  static final int EXACT_MAX = 22;

  private static final int SAMPLES = 1 << 18;
  private static final long SEED = 0x5ca1ab1e;

  private ClippedSignFlip() {}

  /// The chance of a sum at least this large if the values were symmetric about zero or below.
  public static double above(double[] values) {
    if (values.length == 0) {
      return 1;
    }
    double[] clipped = clip(values);
    return values.length > EXACT_MAX ? sampled(clipped) : exact(clipped);
  }

  /// The chance of a sum at most this large if the values were symmetric about zero or above.
  public static double below(double[] values) {
    return above(Arrays.stream(values).map(value -> -value).toArray());
  }

  private static double[] clip(double[] values) {
    double most = CLIP * Spread.median(Arrays.stream(values).map(Math::abs).toArray());
    return Arrays.stream(values).map(value -> Math.clamp(value, -most, most)).toArray();
  }

  /// Sums that differ by rounding are ties, against a claim.
  private static double seen(double[] values) {
    double scale = Arrays.stream(values).map(Math::abs).sum();
    return Arrays.stream(values).sum() - scale * 1e-12;
  }

  /// Walks the assignments in Gray code order: each differs from the one before by one sign.
  private static double exact(double[] values) {
    double seen = seen(values);
    double sum = Arrays.stream(values).sum();
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

  private static double sampled(double[] values) {
    double seen = seen(values);
    SplittableRandom random = new SplittableRandom(SEED);
    long extreme = 1; // the assignment seen
    for (int sample = 0; sample < SAMPLES; sample++) {
      double sum = 0;
      long signs = random.nextLong();
      for (int i = 0; i < values.length; i++) {
        if (i % Long.SIZE == Long.SIZE - 1) {
          signs = random.nextLong();
        }
        sum += (signs >>> i & 1) == 0 ? values[i] : -values[i];
      }
      extreme += sum >= seen ? 1 : 0;
    }
    return (double) extreme / (SAMPLES + 1);
  }
}
