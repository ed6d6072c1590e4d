package dev.cpra.harness.statistics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How steeply some values rise over time: the median of the slopes of all pairs of points (Theil),
/// which a few points far off do not bend. Its 95 % interval are order statistics of these slopes
/// (Sen 1968, after Kendall's tau); it takes the points for independent of each other.
///
/// @param value per unit of time
/// @param low lower end of the interval
/// @param high upper end of the interval
/// @param samples how many points
public record Slope(double value, double low, double high, int samples) {
  /// Fewer points have no interval worth its name.
  public static final int SAMPLES_MIN = 8;

  /// Of more points, every second, third ... is taken: pairs grow with the square.
  private static final int SAMPLES_MAX = 1_000;

  private static final double NORMAL_97_5 = 1.959963984540054;

  /// The slope; null below [#SAMPLES_MIN] points.
  ///
  /// @param time of each point, ascending, no two the same
  /// @param value at that time
  public static @Nullable Slope of(double[] time, double[] value) {
    if (time.length < SAMPLES_MIN) {
      return null;
    }
    int stride = Math.ceilDiv(time.length, SAMPLES_MAX);
    int n = Math.ceilDiv(time.length, stride);
    double[] slopes = new double[n * (n - 1) / 2];
    int pairs = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[pairs++] =
            (value[j * stride] - value[i * stride]) / (time[j * stride] - time[i * stride]);
      }
    }
    Arrays.sort(slopes);
    double reach = NORMAL_97_5 * Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
    int below = Math.max(0, (int) Math.floor((pairs - reach) / 2) - 1);
    double median = (slopes[(pairs - 1) / 2] + slopes[pairs / 2]) / 2;
    return new Slope(median, slopes[below], slopes[pairs - 1 - below], n);
  }
}
