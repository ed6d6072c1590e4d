package dev.cpra.harness.report;

import dev.cpra.harness.statistics.Metric;
import dev.cpra.harness.statistics.Spread;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One unit for a row of figures, so that they can be read against each other; three significant
/// digits each.
///
/// @param unit as shown
/// @param divisor what a value in the metric's own unit is divided by
/// @param count whether the values are whole
record UnitScale(String unit, double divisor, boolean count) {

  private static final int DIGITS = 3;
  private static final int DECIMALS_MAX = 4;
  private static final double SMALLEST_SHOWN = 0.00005;

  /// Chosen by the largest value of the row.
  static UnitScale of(Metric metric, List<VariantSummary> variants) {
    double largest = 0;
    for (VariantSummary variant : variants) {
      Double value = variant.value(metric);
      largest = value == null ? largest : Math.max(largest, Math.abs(value));
    }
    return of(metric.unit(), largest);
  }

  /// The scale for values up to this one.
  static UnitScale of(String unit, double largest) {
    if (unit.equals("µs") && largest >= 10_000) {
      return new UnitScale("ms", 1_000, false);
    }
    if (unit.endsWith("/s") && largest >= 1_000_000) {
      return new UnitScale("M " + unit, 1_000_000, false);
    }
    if (unit.endsWith("/s") && largest >= 10_000) {
      return new UnitScale("k " + unit, 1_000, false);
    }
    return new UnitScale(unit, 1, unit.isEmpty());
  }

  /// The value.
  String text(double value) {
    double scaled = value / divisor;
    return scaled > 0 && scaled < SMALLEST_SHOWN && !count
        ? "<0.0001"
        : String.format(Locale.ROOT, "%,." + decimals(scaled) + "f", scaled);
  }

  /// Low–high, with the decimals of their median, or of the high end if the median is nothing.
  String range(Spread spread) {
    double leading = spread.median() == 0 ? spread.high() : spread.median();
    String format = "%,." + decimals(leading / divisor) + "f";
    return String.format(
        Locale.ROOT, format + "–" + format, spread.low() / divisor, spread.high() / divisor);
  }

  /// Median [low–high]; a dash where the metric does not apply.
  String text(VariantSummary variant, Metric metric) {
    Spread spread = variant.spread(metric);
    Double value = variant.value(metric);
    return spread == null || value == null ? "–" : text(value) + " [" + range(spread) + "]";
  }

  /// A value or a dash.
  String textOrDash(@Nullable Double value) {
    return value == null ? "–" : text(value);
  }

  private int decimals(double scaled) {
    if (count || scaled == 0) {
      return 0;
    }
    int whole = (int) Math.floor(Math.log10(Math.abs(scaled))) + 1;
    return Math.clamp(DIGITS - whole, 0, DECIMALS_MAX);
  }
}
