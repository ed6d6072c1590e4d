package dev.cpra.harness.report;

import dev.cpra.harness.report.chart.RatioStrip;
import dev.cpra.harness.statistics.Comparison;
import dev.cpra.harness.statistics.Metric;
import dev.cpra.harness.statistics.PairedTest;
import dev.cpra.harness.statistics.Spread;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table of medians, ratios and verdicts.
final class Scorecard {

  private static final double REACH_MIN = 1.5;
  private static final double REACH_MAX = 30;
  private static final double REACH_MEDIANS = 4;

  private Scorecard() {}

  static List<HtmlView.Score> scores(Summary summary) {
    boolean two = summary.variants().size() == 2;
    double reach = reach(summary.comparisons());
    List<HtmlView.Score> rows = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      if (summary.has(metric)) {
        Comparison comparison =
            two
                ? summary.comparison(
                    metric, summary.variants().get(0).name(), summary.variants().get(1).name())
                : null;
        rows.add(score("strip-" + rows.size(), summary, metric, comparison, reach));
      }
    }
    return rows;
  }

  private static HtmlView.Score score(
      String id, Summary summary, Metric metric, @Nullable Comparison comparison, double reach) {
    String label = summary.label(metric);
    UnitScale scale = UnitScale.of(metric, summary.variants());
    List<HtmlView.Cell> cells =
        summary.variants().stream().map(variant -> cell(variant, metric, scale)).toList();
    String better =
        !metric.compared() ? "" : metric.higherIsBetter() ? "more is better" : "less is better";
    if (comparison == null) {
      return new HtmlView.Score(label, scale.unit(), better, cells, "", "", "", "", "");
    }
    return new HtmlView.Score(
        label,
        scale.unit(),
        better,
        cells,
        RatioText.ratio(comparison),
        RatioText.interval(comparison),
        strip(id, comparison, summary, reach),
        RatioText.verdict(comparison),
        style(comparison, summary));
  }

  private static HtmlView.Cell cell(VariantSummary variant, Metric metric, UnitScale scale) {
    Spread spread = variant.spread(metric);
    Double value = variant.value(metric);
    if (spread == null || value == null) {
      return new HtmlView.Cell("", "–", "", "");
    }
    String text = scale.text(value);
    int point = text.indexOf('.');
    return new HtmlView.Cell(
        value.toString(),
        point < 0 ? text : text.substring(0, point),
        point < 0 ? "" : text.substring(point),
        spread.samples() == 1 ? "one trial" : scale.range(spread));
  }

  /// Every pair, where there are more than two variants.
  static List<HtmlView.Compared> comparisons(Summary summary) {
    if (summary.variants().size() <= 2) {
      return List.of();
    }
    double reach = reach(summary.comparisons());
    List<HtmlView.Compared> rows = new ArrayList<>();
    for (Comparison comparison : summary.comparisons()) {
      rows.add(
          new HtmlView.Compared(
              summary.label(comparison.metric()),
              comparison.a(),
              comparison.b(),
              RatioText.ratio(comparison),
              RatioText.interval(comparison),
              strip("pair-" + rows.size(), comparison, summary, reach),
              RatioText.verdict(comparison),
              detail(comparison),
              style(comparison, summary)));
    }
    return rows;
  }

  private static String detail(Comparison comparison) {
    PairedTest test = comparison.test();
    Double p = comparison.pAdjusted();
    return test == null || p == null
        ? comparison.pairs() + " pairs"
        : "%d pairs, %s, %s".formatted(comparison.pairs(), test.label(), Numbers.p(p));
  }

  private static String style(Comparison comparison, Summary summary) {
    for (VariantSummary variant : summary.variants()) {
      if (variant.name().equals(comparison.winner())) {
        return "s" + variant.color();
      }
    }
    return "open";
  }

  /// Left is a's side and right is b's, whichever way of the metric is better.
  private static String strip(String id, Comparison comparison, Summary summary, double reach) {
    Double ratio = comparison.ratio();
    if (ratio == null || ratio <= 0) {
      return "";
    }
    boolean flip = comparison.metric().higherIsBetter();
    double low = comparison.low() == null ? Double.NaN : comparison.low();
    double high = comparison.high() == null ? Double.NaN : comparison.high();
    return new RatioStrip(
            id,
            summary.label(comparison.metric())
                + ", "
                + comparison.a()
                + " / "
                + comparison.b()
                + ": "
                + RatioText.withInterval(comparison)
                + ", "
                + RatioText.verdict(comparison),
            reach,
            flip ? 1 / high : low,
            flip ? 1 / ratio : ratio,
            flip ? 1 / low : high,
            style(comparison, summary))
        .svg();
  }

  /// One axis for all strips: long enough for the usual ratio, so that one runaway does not squeeze
  /// the rest; what lies beyond is drawn at the edge as an arrow.
  private static double reach(List<Comparison> comparisons) {
    double[] sizes =
        comparisons.stream()
            .map(Comparison::ratio)
            .filter(ratio -> ratio != null && ratio > 0)
            .mapToDouble(ratio -> Math.abs(Math.log(ratio)))
            .toArray();
    return sizes.length == 0
        ? REACH_MIN
        : Math.clamp(Math.exp(REACH_MEDIANS * Spread.median(sizes)), REACH_MIN, REACH_MAX);
  }
}
