package dev.cpra.harness.report;

import dev.cpra.harness.report.chart.LineChart;
import dev.cpra.harness.report.chart.LineChart.Line;
import dev.cpra.harness.report.chart.LineChart.Point;
import dev.cpra.harness.report.chart.Scale;
import dev.cpra.harness.result.HeapPoint;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.statistics.HeapTrend;
import dev.cpra.harness.statistics.Slope;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the heap held after collections, over time: a chart, and each trial's growth in words.
final class HeapReport {
  private static final String TITLE = "Heap after collections over time";

  private HeapReport() {}

  /// The chart; empty if no trial looked.
  static List<HtmlView.Figure> figures(Summary summary) {
    List<Line> faint = new ArrayList<>();
    List<Line> strong = new ArrayList<>();
    double largest = 0;
    double end = 0;
    for (VariantSummary variant : summary.variants()) {
      TrialResult shown = variant.representative();
      for (TrialFigures figures : variant.comparable()) {
        TrialResult trial = figures.trial();
        List<Point> points = new ArrayList<>();
        for (HeapPoint point : trial.memory().heapAfterGc()) {
          points.add(new Point(point.atSeconds(), point.mib()));
          largest = Math.max(largest, point.mib());
          end = Math.max(end, point.atSeconds());
        }
        boolean other = shown == null || trial.order() != shown.order();
        if (!points.isEmpty()) {
          (other ? faint : strong).add(new Line(variant.name(), variant.color(), other, points));
        }
      }
    }
    faint.addAll(strong);
    if (faint.isEmpty()) {
      return List.of();
    }
    String words = String.join(" ", sentences(summary));
    LineChart chart =
        new LineChart(
            "heap-after-gc",
            TITLE,
            words.isEmpty() ? "Too few collections for a slope." : words,
            Scale.Linear.exactly(end),
            "seconds",
            Scale.Linear.upTo(largest),
            "MiB",
            faint,
            List.of());
    return List.of(new HtmlView.Figure(TITLE, words, chart.svg()));
  }

  /// One for each valid trial that has a trend.
  static List<String> sentences(Summary summary) {
    List<String> sentences = new ArrayList<>();
    for (VariantSummary variant : summary.variants()) {
      for (TrialFigures figures : variant.comparable()) {
        HeapTrend trend = HeapTrend.of(figures.trial());
        if (trend != null) {
          sentences.add(sentence(variant.name(), figures.trial().round() + 1, trend));
        }
      }
    }
    return sentences;
  }

  private static String sentence(String variant, int round, HeapTrend trend) {
    Slope slope = trend.mibPerHour();
    return String.format(
        Locale.ROOT,
        "Heap after GC, %s, round %d: %.2f MiB first, %.2f MiB last, %+.3f MiB/h, 95 %% [%+.3f to"
            + " %+.3f], over %d collections.",
        variant,
        round,
        trend.firstMib(),
        trend.lastMib(),
        slope.value(),
        slope.low(),
        slope.high(),
        slope.samples());
  }
}
