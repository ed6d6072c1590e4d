package dev.cpra.harness.statistics;

/// Mean and standard deviation.
final class Moments {

  private Moments() {}

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /// The standard deviation of a sample (n - 1); zero for values that differ by rounding only.
  static double deviation(double[] values) {
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
}
