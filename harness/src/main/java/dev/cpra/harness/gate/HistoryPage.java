package dev.cpra.harness.gate;

import dev.cpra.harness.report.chart.LineChart;
import dev.cpra.harness.report.chart.Scale;
import dev.cpra.harness.statistics.ChangePoints;
import dev.cpra.harness.statistics.Spread;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Draws a gate's history: a chart for each figure, a line for each engine, change points marked.
final class HistoryPage {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(ContentType.Html);
  private static final int RUNS_SHOWN = 50;
  private static final int COMMIT_SHOWN = 10;
  private static final int SEED = 7;

  private final String gate;
  private final List<HistoryLine> lines;
  private final List<String> engines;
  private final List<Change> changes = new ArrayList<>();

  /// One change point.
  ///
  /// @param run the first run after it
  private record Change(int run, String words) {}

  private HistoryPage(String gate, List<HistoryLine> lines) {
    this.gate = gate;
    this.lines = lines;
    this.engines =
        lines.stream()
            .flatMap(line -> line.figures().keySet().stream())
            .distinct()
            .sorted()
            .toList();
  }

  /// The page.
  static String html(String gate, List<HistoryLine> lines) {
    StringOutput output = new StringOutput(1 << 16);
    TEMPLATES.render("history.jte", new HistoryPage(gate, lines).view(), output);
    return output.toString();
  }

  HistoryView view() {
    List<HistoryView.Figure> figures = new ArrayList<>();
    for (String metric : metrics()) {
      figures.add(figure(metric, figures.size()));
    }
    changes.sort(Comparator.comparingInt(Change::run).reversed());
    String span =
        lines.isEmpty()
            ? "No run so far."
            : "%d runs, %s to %s. Values are those of the build that was gated."
                .formatted(lines.size(), day(lines.getFirst().at()), day(lines.getLast().at()));
    return new HistoryView(
        gate,
        span,
        lines.stream().map(HistoryLine::machine).distinct().toList(),
        figures,
        changes.stream().map(Change::words).toList(),
        runs());
  }

  private Set<String> metrics() {
    Set<String> metrics = new TreeSet<>();
    for (HistoryLine line : lines) {
      line.figures().values().forEach(its -> metrics.addAll(its.keySet()));
    }
    return metrics;
  }

  /// Runs of another machine are other figures, so changes are looked for machine by machine.
  private HistoryView.Figure figure(String metric, int index) {
    Map<String, List<LineChart.Point>> byEngine = new TreeMap<>();
    for (int run = 0; run < lines.size(); run++) {
      for (Map.Entry<String, Map<String, Double>> engine : lines.get(run).figures().entrySet()) {
        Double value = engine.getValue().get(metric);
        if (value != null) {
          byEngine
              .computeIfAbsent(engine.getKey(), _ -> new ArrayList<>())
              .add(new LineChart.Point(run + 1, value));
        }
      }
    }
    double largest = 0;
    List<LineChart.Line> drawn = new ArrayList<>();
    List<LineChart.Band> bands = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Map.Entry<String, List<LineChart.Point>> engine : byEngine.entrySet()) {
      int color = engines.indexOf(engine.getKey());
      drawn.add(new LineChart.Line(engine.getKey(), color, false, engine.getValue()));
      for (LineChart.Point point : engine.getValue()) {
        largest = Math.max(largest, point.y());
      }
      notes.add(latest(engine.getKey(), engine.getValue()));
      bands.addAll(changes(metric, engine.getKey(), engine.getValue()));
    }
    String unit = unit(metric);
    LineChart chart =
        new LineChart(
            "history-" + index,
            metric,
            metric + " by run: " + String.join("; ", notes),
            new Scale.Linear(0.5, Math.max(2, lines.size()) + 0.5),
            "run",
            Scale.Linear.upTo(largest),
            unit,
            drawn,
            bands);
    return new HistoryView.Figure(
        metric + (unit.isEmpty() ? "" : ", " + unit), String.join("; ", notes), chart.svg());
  }

  private static String latest(String engine, List<LineChart.Point> points) {
    double[] values = points.stream().mapToDouble(LineChart.Point::y).toArray();
    return "%s: last %s, median %s"
        .formatted(engine, Rows.number(values[values.length - 1], ""), median(values));
  }

  private static String median(double[] values) {
    Spread spread = Spread.of(values);
    return String.format(
        Locale.ROOT,
        "%s [%s, %s] of %d",
        Rows.number(spread.median(), ""),
        Rows.number(spread.low(), ""),
        Rows.number(spread.high(), ""),
        spread.samples());
  }

  private List<LineChart.Band> changes(String metric, String engine, List<LineChart.Point> points) {
    Map<String, List<LineChart.Point>> byMachine = new TreeMap<>();
    for (LineChart.Point point : points) {
      byMachine
          .computeIfAbsent(lines.get((int) point.x() - 1).machine(), _ -> new ArrayList<>())
          .add(point);
    }
    List<LineChart.Band> bands = new ArrayList<>();
    for (List<LineChart.Point> its : byMachine.values()) {
      double[] values = its.stream().mapToDouble(LineChart.Point::y).toArray();
      List<Integer> found = ChangePoints.in(values, SEED);
      for (int i = 0; i < found.size(); i++) {
        int at = found.get(i);
        int begin = i == 0 ? 0 : found.get(i - 1);
        int end = i + 1 == found.size() ? values.length : found.get(i + 1);
        int run = (int) its.get(at).x();
        String words =
            String.format(
                Locale.ROOT,
                "%s, %s: from run %d (%s) on %s instead of %s %s",
                metric,
                engine,
                run,
                commit(lines.get(run - 1)),
                median(Arrays.copyOfRange(values, at, end)),
                median(Arrays.copyOfRange(values, begin, at)),
                unit(metric));
        changes.add(new Change(run, words.strip()));
        bands.add(new LineChart.Band(run - 0.5, run - 0.4, engine + " changed", "fault"));
      }
    }
    return bands;
  }

  private List<HistoryView.Run> runs() {
    List<HistoryView.Run> runs = new ArrayList<>();
    for (int run = lines.size(); run > Math.max(0, lines.size() - RUNS_SHOWN); run--) {
      HistoryLine line = lines.get(run - 1);
      String style =
          switch (line.outcome()) {
            case PASS -> "ok";
            case REGRESSION, INVALID -> "bad";
            case INCONCLUSIVE -> "warn";
          };
      runs.add(
          new HistoryView.Run(
              run,
              line.at(),
              commit(line),
              Objects.requireNonNullElse(line.against(), ""),
              line.outcome().name().toLowerCase(Locale.ROOT),
              style));
    }
    return runs;
  }

  private static String commit(HistoryLine line) {
    String commit = line.commit();
    if (commit == null) {
      return "";
    }
    String cut = commit.substring(0, Math.min(COMMIT_SHOWN, commit.length()));
    return Boolean.TRUE.equals(line.dirty()) ? cut + ", changed" : cut;
  }

  private static String day(String at) {
    return at.substring(0, Math.min(10, at.length()));
  }

  private static String unit(String metric) {
    String name = metric.substring(metric.lastIndexOf(' ') + 1);
    for (PairedMetric paired : PairedMetric.values()) {
      if (paired.key().equals(name)) {
        return paired.unit();
      }
    }
    return ExactValues.unit(name);
  }
}
