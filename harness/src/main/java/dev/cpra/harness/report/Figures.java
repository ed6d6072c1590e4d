package dev.cpra.harness.report;

import dev.cpra.harness.report.chart.LineChart;
import dev.cpra.harness.report.chart.LineChart.Band;
import dev.cpra.harness.report.chart.LineChart.Line;
import dev.cpra.harness.report.chart.LineChart.Point;
import dev.cpra.harness.report.chart.Scale;
import dev.cpra.harness.report.chart.StackedBars;
import dev.cpra.harness.result.Cpu;
import dev.cpra.harness.result.PhaseResult;
import dev.cpra.harness.result.Sample;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Draws an evaluation's figures. A figure without data is left out.
final class Figures {

  private static final int POINTS_MAX = 400;
  private static final int PERCENTILE_STEPS = 120;
  private static final int FAINT_MAX = 6;

  private final Summary summary;
  private final List<HtmlView.Figure> drawn = new ArrayList<>();

  private Figures(Summary summary) {
    this.summary = summary;
  }

  static List<HtmlView.Figure> of(Summary summary) {
    Figures figures = new Figures(summary);
    figures.percentiles("lateness", "Lateness by percentile", VariantSummary::lateness);
    figures.percentiles("response", "Response time by percentile", VariantSummary::response);
    figures.overTime("throughput", "Throughput over time", "jobs/s", Sample::jobsPerSecond, false);
    figures.overTime(
        "late-time",
        "Lateness (p99) over time",
        "p99 of each quarter second",
        sample -> orNaN(sample.latenessP99Us()),
        true);
    figures.overTime(
        "backlog",
        "Jobs waiting and in flight",
        "jobs",
        sample -> (double) sample.waiting() + sample.inFlight(),
        false);
    figures.overTime("cpu", "CPU over time", "cores", Figures::cores, false);
    figures.overTime("heap", "Heap over time", "MiB", Sample::heapMib, false);
    figures.overTime(
        "rss", "Resident memory over time", "MiB", sample -> orNaN(sample.rssMib()), false);
    figures.cpuPerJob();
    return figures.drawn;
  }

  private void percentiles(
      String id, String title, Function<VariantSummary, @Nullable Histogram> which) {
    List<Line> lines = new ArrayList<>();
    long values = 0;
    double smallest = Double.MAX_VALUE;
    double largest = 0;
    for (VariantSummary variant : summary.variants()) {
      Histogram histogram = which.apply(variant);
      if (histogram != null) {
        values = Math.max(values, histogram.getTotalCount());
        smallest = Math.min(smallest, (double) histogram.getValueAtPercentile(10));
        largest = Math.max(largest, (double) histogram.getMaxValue());
      }
    }
    if (values == 0) {
      return;
    }
    Scale.Tail x = Scale.Tail.forCount(values);
    StringBuilder words = new StringBuilder();
    for (VariantSummary variant : summary.variants()) {
      Histogram histogram = which.apply(variant);
      if (histogram != null) {
        lines.add(tail(variant, histogram, x.nines()));
        words.append(
            "%s: half within %,d µs, 99 %% within %,d µs, all within %,d µs. "
                .formatted(
                    variant.name(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(99),
                    histogram.getMaxValue()));
      }
    }
    LineChart chart =
        new LineChart(
            id,
            title,
            words.toString().strip(),
            x,
            "share of pulses, each nine as wide as the last",
            Scale.LogMicros.holding(smallest, largest),
            "since the due time",
            lines,
            List.of());
    add(title, "All valid trials together, measured phases.", chart.svg());
  }

  /// Up to the percentile that the number of values supports.
  private Line tail(VariantSummary variant, Histogram histogram, int nines) {
    double end = Math.min(nines, Math.log10(Math.max(10.0, (double) histogram.getTotalCount())));
    List<Point> points = new ArrayList<>();
    for (int step = 0; step <= PERCENTILE_STEPS; step++) {
      double share = 1 - Math.pow(10, -end * step / PERCENTILE_STEPS);
      points.add(
          new Point(share, Math.max(1.0, (double) histogram.getValueAtPercentile(100 * share))));
    }
    return new Line(variant.name(), variant.color(), false, points);
  }

  private void overTime(
      String id, String title, String unit, ToDoubleFunction<Sample> value, boolean micros) {
    List<Line> faint = new ArrayList<>();
    List<Line> strong = new ArrayList<>();
    for (VariantSummary variant : summary.variants()) {
      TrialResult shown = variant.representative();
      if (shown == null) {
        continue;
      }
      variant.comparable().stream()
          .map(TrialFigures::trial)
          .filter(trial -> trial.order() != shown.order())
          .limit(FAINT_MAX)
          .forEach(trial -> faint.add(series(variant, trial, value, true)));
      strong.add(series(variant, shown, value, false));
    }
    faint.addAll(strong);
    double largest = edge(faint, Math::max, 0);
    double smallest = edge(faint, Math::min, Double.MAX_VALUE);
    if (strong.isEmpty() || smallest == Double.MAX_VALUE) {
      return;
    }
    double end = 0;
    for (Line line : faint) {
      end = line.points().isEmpty() ? end : Math.max(end, line.points().getLast().x());
    }
    LineChart chart =
        new LineChart(
            id,
            title,
            title
                + " of each variant's median trial; between "
                + Numbers.significant(smallest)
                + " and "
                + Numbers.significant(largest)
                + (micros ? " µs." : " " + unit + "."),
            Scale.Linear.exactly(end),
            "seconds",
            micros ? Scale.LogMicros.holding(smallest, largest) : Scale.Linear.upTo(largest),
            unit,
            faint,
            bands());
    add(title, "Strong: the median trial. Faint: the others.", chart.svg());
  }

  private static Line series(
      VariantSummary variant, TrialResult trial, ToDoubleFunction<Sample> value, boolean faint) {
    List<Sample> samples = trial.samples();
    int stride = Math.ceilDiv(Math.max(1, samples.size()), POINTS_MAX);
    List<Point> points = new ArrayList<>();
    for (int from = 0; from < samples.size(); from += stride) {
      List<Sample> some = samples.subList(from, Math.min(samples.size(), from + stride));
      // The worst of what one point stands for: thinning must not hide a spike.
      double worst =
          some.stream()
              .mapToDouble(value)
              .filter(one -> !Double.isNaN(one))
              .max()
              .orElse(Double.NaN);
      points.add(new Point(some.getLast().atSeconds(), worst));
    }
    return new Line(variant.name(), variant.color(), faint, points);
  }

  private static double edge(List<Line> lines, DoubleBinaryOperator pick, double start) {
    double edge = start;
    for (Line line : lines) {
      for (Point point : line.points()) {
        edge = Double.isNaN(point.y()) ? edge : pick.applyAsDouble(edge, point.y());
      }
    }
    return edge;
  }

  /// Faults and unmeasured phases of the first variant's median trial: all variants run the same
  /// script.
  private List<Band> bands() {
    TrialResult trial =
        summary.variants().stream()
            .map(VariantSummary::representative)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    List<Band> bands = new ArrayList<>();
    if (trial != null) {
      for (PhaseResult phase : trial.phases()) {
        if (!phase.measured()) {
          bands.add(
              new Band(
                  phase.fromSeconds(),
                  phase.fromSeconds() + phase.wallSeconds(),
                  phase.name(),
                  "warm"));
        }
      }
      trial
          .faults()
          .forEach(fault ->
              bands.add(new Band(fault.fromSeconds(), fault.toSeconds(), fault.kind(), "fault")));
    }
    return bands;
  }

  private void cpuPerJob() {
    List<StackedBars.Bar> bars = new ArrayList<>();
    StringBuilder words = new StringBuilder();
    for (VariantSummary variant : summary.variants()) {
      if (!variant.cpuUsPerJob().isEmpty()) {
        List<Double> values =
            Cpu.GROUPS.stream()
                .map(group -> variant.cpuUsPerJob().getOrDefault(group, 0.0))
                .toList();
        bars.add(new StackedBars.Bar(variant.name(), values));
        words.append(variant.name()).append(": ");
        variant
            .cpuUsPerJob()
            .forEach((group, value) ->
                words.append(group).append(' ').append(Numbers.significant(value)).append(", "));
      }
    }
    if (!bars.isEmpty()) {
      StackedBars chart =
          new StackedBars(
              "cpu-job",
              "CPU per job by thread group",
              words + "in microseconds.",
              "µs per job",
              Cpu.GROUPS,
              bars);
      add("CPU per job by thread group", "Median of each group over valid trials.", chart.svg());
    }
  }

  private void add(String caption, String note, String svg) {
    drawn.add(new HtmlView.Figure(caption, note, svg));
  }

  private static double cores(Sample sample) {
    return sample.cpuCores().isEmpty()
        ? Double.NaN
        : sample.cpuCores().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
