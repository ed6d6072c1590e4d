package dev.cpra.harness.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/// Finds where a series changed for good, by E-divisive: hierarchical bisection by the energy
/// distance of what is before and after, each split tested by permutation (Matteson and James, "A
/// nonparametric approach for multiple change point analysis of multivariate data", JASA 2014, with
/// the exponent 1 of Székely and Rizzo's energy distance).
///
/// It assumes no distribution and finds several changes. Quadratic in the length of the series,
/// which is bounded by [#LENGTH_MAX]: of a longer one the end is looked at.
public final class ChangePoints {
  /// How many values are looked at.
  public static final int LENGTH_MAX = 400;

  /// Values on each side of a change, at least.
  public static final int SEGMENT_MIN = 4;

  private static final int PERMUTATIONS = 499;
  private static final double ALPHA = 0.01;

  private final double[] values;
  private final SplittableRandom random;
  private final List<Integer> found = new ArrayList<>();

  private ChangePoints(double[] values, long seed) {
    this.values = values;
    this.random = new SplittableRandom(seed);
  }

  /// The indices of the first values after each change, ascending.
  ///
  /// @param seed of the permutations
  public static List<Integer> in(double[] values, long seed) {
    int left = Math.max(0, values.length - LENGTH_MAX);
    double[] seen = Arrays.copyOfRange(values, left, values.length);
    ChangePoints points = new ChangePoints(seen, seed);
    points.bisect(0, seen.length);
    List<Integer> all = new ArrayList<>(points.found.stream().map(i -> i + left).toList());
    Collections.sort(all);
    return all;
  }

  /// A split and how far apart its sides are.
  private record Split(int at, double distance) {}

  private void bisect(int from, int to) {
    if (to - from < 2 * SEGMENT_MIN) {
      return;
    }
    double[] part = Arrays.copyOfRange(values, from, to);
    Split best = best(part);
    if (best.distance() <= 0 || p(part, best.distance()) > ALPHA) {
      return;
    }
    int at = from + best.at();
    found.add(at);
    bisect(from, at);
    bisect(at, to);
  }

  private double p(double[] part, double distance) {
    double[] shuffled = part.clone();
    int extreme = 1;
    for (int round = 0; round < PERMUTATIONS; round++) {
      for (int i = shuffled.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        double kept = shuffled[i];
        shuffled[i] = shuffled[j];
        shuffled[j] = kept;
      }
      if (best(shuffled).distance() >= distance) {
        extreme++;
      }
    }
    return extreme / (PERMUTATIONS + 1.0);
  }

  /// The split with the largest energy distance, weighed by n m / (n + m).
  ///
  /// Sums of distances within and between the sides are kept up to date while the split moves on by
  /// one value, which takes one pass over the others.
  private static Split best(double[] part) {
    int length = part.length;
    double within = 0; // of the left side
    double rest = 0; // of the right side
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        rest += Math.abs(part[i] - part[j]);
      }
    }
    double between = 0;
    Split best = new Split(0, 0);
    for (int moved = 0; moved + 1 < length; moved++) {
      double toLeft = 0;
      double toRight = 0;
      for (int i = 0; i < moved; i++) {
        toLeft += Math.abs(part[moved] - part[i]);
      }
      for (int i = moved + 1; i < length; i++) {
        toRight += Math.abs(part[moved] - part[i]);
      }
      within += toLeft;
      rest -= toRight;
      between += toRight - toLeft;
      int n = moved + 1;
      int m = length - n;
      if (n >= SEGMENT_MIN && m >= SEGMENT_MIN) {
        double energy =
            2 * between / ((double) n * m)
                - 2 * within / ((double) n * (n - 1))
                - 2 * rest / ((double) m * (m - 1));
        double distance = energy * n * m / (n + m);
        if (distance > best.distance()) {
          best = new Split(n, distance);
        }
      }
    }
    return best;
  }
}
