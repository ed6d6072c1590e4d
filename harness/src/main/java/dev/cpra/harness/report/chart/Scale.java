package dev.cpra.harness.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Maps values to places from 0 to 1 along an axis, and says which to mark.
public sealed interface Scale {

  /// Where the value is drawn; outside 0 to 1 if it lies outside the axis.
  double place(double value);

  /// The marks, in ascending order.
  List<Tick> ticks();

  /// A marked value.
  ///
  /// @param value where
  /// @param label what is written there
  record Tick(double value, String label) {}

  /// Equal steps for equal differences, from 0 or `low` up to a round number.
  ///
  /// @param low the lower end
  /// @param high the upper end, above the lower
  record Linear(double low, double high) implements Scale {

    private static final int STEPS = 5;

    /// An axis from zero that holds all values up to `largest`.
    public static Linear upTo(double largest) {
      double high = largest > 0 && Double.isFinite(largest) ? largest : 1;
      double step = step(high);
      return new Linear(0, Math.ceil(high / step - 1e-9) * step);
    }

    /// An axis that ends where the data end, as time does.
    public static Linear exactly(double high) {
      return new Linear(0, high > 0 ? high : 1);
    }

    @Override
    public double place(double value) {
      return (value - low) / (high - low);
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      double step = step(high - low);
      for (int count = 0; low + count * step <= high * (1 + 1e-9); count++) {
        double value = low + count * step;
        ticks.add(new Tick(value, label(value, step)));
      }
      return ticks;
    }

    private static double step(double range) {
      double rough = range / STEPS;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double lead = rough / power;
      return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    }

    private static String label(double value, double step) {
      if (step >= 1_000_000) {
        return String.format(Locale.ROOT, "%.0f M", value / 1e6);
      }
      if (step >= 100_000) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.1f M", value / 1e6);
      }
      if (step >= 1_000) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%,.0f k", value / 1e3);
      }
      int decimals = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
      return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
  }

  /// Equal steps for equal factors, for durations in microseconds, whole decades.
  ///
  /// @param low the lower end, a power of ten
  /// @param high the upper end, a larger one
  record LogMicros(double low, double high) implements Scale {

    /// The decades that hold both values; smaller than a microsecond counts as one.
    public static LogMicros holding(double smallest, double largest) {
      double low = Math.pow(10, Math.floor(Math.log10(Math.max(1, smallest))));
      double high = Math.pow(10, Math.ceil(Math.log10(Math.max(10, largest)) - 1e-9));
      return new LogMicros(low, Math.max(high, low * 10));
    }

    @Override
    public double place(double value) {
      return Math.log(Math.max(value, low) / low) / Math.log(high / low);
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      for (double value = low; value <= high * 1.001; value *= 10) {
        ticks.add(new Tick(value, label(value)));
      }
      return ticks;
    }

    private static String label(double micros) {
      if (micros >= 999_999) {
        return Math.round(micros / 1e6) + " s";
      }
      return micros >= 999 ? Math.round(micros / 1e3) + " ms" : Math.round(micros) + " µs";
    }
  }

  /// Percentiles spread by 1 / (1 - p), so that each nine is as wide as the one before.
  ///
  /// @param nines how many nines the axis holds
  record Tail(int nines) implements Scale {

    private static final String[] LABELS = {
      "0 %", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %", "99.9999 %"
    };

    /// The axis for so many values: a percentile beyond the last value says nothing.
    public static Tail forCount(long values) {
      int nines = (int) Math.floor(Math.log10(Math.max(10.0, (double) values)));
      return new Tail(Math.clamp(nines, 2, LABELS.length - 1));
    }

    /// The place of a fraction from 0 to 1.
    @Override
    public double place(double fraction) {
      return -Math.log10(Math.max(1 - fraction, Math.pow(10, -nines))) / nines;
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      for (int nine = 0; nine <= nines; nine++) {
        ticks.add(new Tick(1 - Math.pow(10, -nine), LABELS[nine]));
      }
      return ticks;
    }
  }
}
