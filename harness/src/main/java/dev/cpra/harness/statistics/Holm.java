package dev.cpra.harness.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Holm's step-down correction (1979): bounds the chance of any false claim among several tests.
public final class Holm {

  private Holm() {}

  /// The adjusted p-values, in the order given: a test is claimed if its adjusted value is at most
  /// alpha.
  public static double[] adjust(double[] p) {
    int[] ascending =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> p[index]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = Arrays.copyOf(p, p.length);
    double largest = 0;
    for (int place = 0; place < ascending.length; place++) {
      int index = ascending[place];
      largest = Math.max(largest, Math.min(1, p[index] * (p.length - place)));
      adjusted[index] = largest;
    }
    return adjusted;
  }
}
