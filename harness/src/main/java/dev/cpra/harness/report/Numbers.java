package dev.cpra.harness.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/// Numbers for people: three significant digits, thousands separated by commas, no exponents.
final class Numbers {

  private static final int DIGITS = 3;

  private Numbers() {}

  /// Rounded to the nearest.
  static String significant(double value) {
    return round(value, RoundingMode.HALF_EVEN);
  }

  /// Rounded towards zero: a claim must not grow by being written down.
  static String down(double value) {
    return round(value, RoundingMode.DOWN);
  }

  /// Rounded away from zero, for bounds.
  static String up(double value) {
    return round(value, RoundingMode.UP);
  }

  /// A rough bound: two digits, rounded away from zero.
  static String bound(double value) {
    return round(value, RoundingMode.UP, 2);
  }

  /// An interval of positive numbers, rounded outwards.
  static String interval(double low, double high) {
    return down(low) + "–" + up(high);
  }

  /// A p-value.
  static String p(double value) {
    return value < 0.001 ? "p < 0.001" : "p = " + round(value, RoundingMode.UP, 2);
  }

  /// A whole number.
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String round(double value, RoundingMode mode) {
    return round(value, mode, DIGITS);
  }

  private static String round(double value, RoundingMode mode, int digits) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    int wholeDigits = wholeDigits(exact);
    // Digits left of the point are never dropped: 1,234 stays 1,234.
    BigDecimal rounded = exact.round(new MathContext(Math.max(digits, wholeDigits), mode));
    int decimals = Math.max(0, digits - wholeDigits(rounded));
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  /// Digits left of the point; zero or less below 0.1.
  private static int wholeDigits(BigDecimal value) {
    return value.precision() - value.scale();
  }
}
