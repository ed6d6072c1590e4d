package dev.cpra.harness.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A gate's verdicts as rows of words: the same for a terminal and for Markdown.
///
/// @param decision what may be said
/// @param subject load and engine
/// @param metric the metric's name
/// @param found the figure, with its interval where it has one
/// @param limit what it is held to
/// @param evidence spread and sample count, or why there is none
record Rows(
    Decision decision, String subject, String metric, String found, String limit, String evidence) {

  /// Every verdict of a result, exact ones first.
  static List<Rows> of(GateResult result) {
    List<Rows> rows = new ArrayList<>();
    result.exact().forEach(verdict -> rows.add(of(verdict)));
    result.paired().forEach(verdict -> rows.add(of(verdict)));
    return rows;
  }

  private static Rows of(ExactVerdict verdict) {
    Limit.Exact limit = verdict.limit();
    String unit = ExactValues.unit(limit.metric());
    List<String> bounds = new ArrayList<>();
    if (limit.atMost() != null) {
      bounds.add("<= " + number(limit.atMost(), unit));
    }
    if (limit.atMostTimes() != null) {
      bounds.add("<= " + plain(limit.atMostTimes()) + "x");
    }
    return new Rows(
        verdict.decision(),
        verdict.load() + " " + verdict.engine(),
        limit.metric(),
        number(verdict.value(), unit),
        bounds.isEmpty() ? "-" : String.join(", ", bounds),
        verdict.other() == null ? "exact" : "exact; was " + number(verdict.other(), unit));
  }

  private static Rows of(PairedVerdict verdict) {
    Limit.Paired limit = verdict.limit();
    PairedMetric metric = limit.metric();
    String versus = limit.versus() == null ? "" : " vs " + limit.versus();
    String engine = limit.engine() == null ? verdict.a() : limit.engine();
    int of = engine.indexOf(" of ");
    return new Rows(
        verdict.decision(),
        verdict.load() + " " + (of < 0 ? engine : engine.substring(0, of)) + versus,
        metric.label(),
        effect(verdict, metric),
        bound(metric, limit.bound()),
        evidence(verdict, metric));
  }

  private static String bound(PairedMetric metric, double bound) {
    if (metric.byDifference()) {
      return "<= +" + plain(bound) + " ms/s";
    }
    return (metric.higherIsBetter() ? ">= " : "<= ") + plain(bound) + "x";
  }

  private static String effect(PairedVerdict verdict, PairedMetric metric) {
    Double effect = verdict.effect();
    if (effect == null) {
      return "-";
    }
    Double low = verdict.low();
    Double high = verdict.high();
    String form = metric.byDifference() ? "%+.1f" : "%.3f";
    String middle = String.format(Locale.ROOT, form, effect);
    return low == null || high == null
        ? middle
        : middle + String.format(Locale.ROOT, " [%s, %s]".replace("%s", form), low, high);
  }

  private static String evidence(PairedVerdict verdict, PairedMetric metric) {
    if (verdict.decision() == Decision.NOT_MEASURED) {
      return verdict.limit().versus() == null ? "needs --against" : "not with --against";
    }
    if (verdict.pairs() == 0 && verdict.decision() == Decision.INCONCLUSIVE) {
      return "no pairs taken";
    }
    StringBuilder text = new StringBuilder().append(verdict.pairs()).append(" pairs");
    Double smallest = verdict.smallestEffect();
    if (smallest != null) {
      text.append(
          String.format(
              Locale.ROOT, ", sees %.1f %s", smallest, metric.byDifference() ? "ms/s" : "%"));
    }
    if (verdict.decision() == Decision.INCONCLUSIVE) {
      Integer more = verdict.morePairs();
      text.append(more == null ? "; too close to call" : "; needs about " + more + " more");
    }
    return text.toString();
  }

  /// A figure with its unit, in few digits.
  static String number(@Nullable Double value, String unit) {
    if (value == null) {
      return "none";
    }
    return unit.isEmpty() ? plain(value) : plain(value) + " " + unit;
  }

  private static String plain(double value) {
    double size = Math.abs(value);
    if (size >= 10_000) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    String text = String.format(Locale.ROOT, size != 0 && size < 0.01 ? "%.2e" : "%.3f", value);
    return text.contains("e") ? text : text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
