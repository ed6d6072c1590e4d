package dev.cpra.harness.report;

import dev.cpra.harness.result.Environment;
import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.FlameLinks;
import dev.cpra.harness.result.Jvm;
import dev.cpra.harness.result.Noise;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.statistics.Metric;
import dev.cpra.harness.statistics.TrialFigures;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Puts a summary into words for the page.
final class HtmlViews {

  /// The columns of the table of trials.
  private static final List<Metric> TRIAL_METRICS =
      List.of(
          Metric.JOBS_PER_SECOND,
          Metric.LATENESS_P99,
          Metric.RESPONSE_P99,
          Metric.CPU_US_PER_JOB,
          Metric.PEAK_RSS_MIB);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HtmlViews() {}

  static HtmlView of(Summary summary, List<FlameLinks.Link> flames) {
    Evaluation evaluation = summary.evaluation();
    String question = evaluation.question();
    return new HtmlView(
        evaluation.load(),
        question == null ? "" : question,
        meta(evaluation),
        summary.valid(),
        summary.headline(),
        summary.findings().stream().map(finding -> finding(finding, summary)).toList(),
        summary.variants().stream().map(HtmlViews::variant).toList(),
        Scorecard.scores(summary),
        Scorecard.comparisons(summary),
        LedgerTables.of(summary),
        figures(summary),
        Timelines.of(summary),
        TargetTable.of(summary),
        StoryTable.of(summary),
        flames.stream().map(HtmlViews::flame).toList(),
        trialHeadings(summary),
        trials(summary),
        summary.threats(),
        environment(summary),
        evaluation.command(),
        evaluation.source().text(),
        evaluation.source().path(),
        flags(summary));
  }

  private static List<HtmlView.Figure> figures(Summary summary) {
    List<HtmlView.Figure> figures = new ArrayList<>(Figures.of(summary));
    figures.addAll(HeapReport.figures(summary));
    return figures;
  }

  private static HtmlView.Flame flame(FlameLinks.Link link) {
    String recording = link.recording();
    return new HtmlView.Flame(
        link.caption(), href(link.graph()), recording == null ? "" : href(recording));
  }

  private static String href(String file) {
    return FlameLinks.FOLDER
        + "/"
        + URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String meta(Evaluation evaluation) {
    Duration took = Duration.between(evaluation.started(), evaluation.ended());
    return "%s · %d min %02d s · drive %s · %d trials"
        .formatted(
            TIME.format(evaluation.started()),
            took.toMinutes(),
            took.toSecondsPart(),
            evaluation.drive(),
            evaluation.trials().size());
  }

  private static HtmlView.Finding finding(Finding finding, Summary summary) {
    String style = finding.compared() ? "open" : "none";
    for (VariantSummary variant : summary.variants()) {
      if (variant.name().equals(finding.winner())) {
        style = "s" + variant.color();
      }
    }
    return new HtmlView.Finding(finding.question(), finding.sentence(), style);
  }

  private static HtmlView.Variant variant(VariantSummary variant) {
    String options = String.join(", ", variant.variant().settings());
    int run = variant.trials().size();
    int valid = variant.comparable().size();
    String trials = run == valid ? run + " trials" : valid + " of " + run + " trials valid";
    long saturated = variant.saturated();
    return new HtmlView.Variant(
        variant.name(),
        variant.color(),
        variant.variant().engine(),
        options.isEmpty() ? "defaults" : options,
        saturated == 0 ? trials : trials + ", " + saturated + " saturated");
  }

  private static List<HtmlView.Trial> trials(Summary summary) {
    List<UnitScale> scales =
        TRIAL_METRICS.stream().map(metric -> UnitScale.of(metric, summary.variants())).toList();
    List<TrialFigures> ordered = new ArrayList<>();
    summary.variants().forEach(variant -> ordered.addAll(variant.trials()));
    ordered.sort(Comparator.comparingInt(figures -> figures.trial().order()));
    return ordered.stream().map(figures -> trial(figures, scales, summary)).toList();
  }

  private static HtmlView.Trial trial(
      TrialFigures figures, List<UnitScale> scales, Summary summary) {
    TrialResult trial = figures.trial();
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < scales.size(); column++) {
      cells.add(scales.get(column).textOrDash(figures.get(TRIAL_METRICS.get(column))));
    }
    Noise noise = trial.noise();
    cells.add(rounded(noise.hiccupP99Us()));
    cells.add(rounded(noise.stealPercent()));
    int color =
        summary.variants().stream()
            .filter(variant -> variant.name().equals(trial.variant()))
            .mapToInt(VariantSummary::color)
            .findFirst()
            .orElse(0);
    String style = !trial.comparable() ? "bad" : trial.saturated() ? "warn" : "";
    return new HtmlView.Trial(
        Integer.toString(trial.order() + 1),
        trial.variant(),
        color,
        Integer.toString(trial.round() + 1),
        TrialStatus.text(trial),
        style,
        cells);
  }

  private static List<String> trialHeadings(Summary summary) {
    List<String> headings = new ArrayList<>();
    for (Metric metric : TRIAL_METRICS) {
      headings.add(summary.label(metric) + ", " + UnitScale.of(metric, summary.variants()).unit());
    }
    headings.add("Hiccup p99, µs");
    headings.add("Steal, %");
    return headings;
  }

  private static List<HtmlView.Entry> environment(Summary summary) {
    Environment environment = summary.evaluation().environment();
    List<HtmlView.Entry> entries = new ArrayList<>();
    add(entries, "Processor", environment.cpuModel());
    add(entries, "Cores", Integer.toString(environment.cores()));
    Long memory = environment.memoryMib();
    add(entries, "Memory", memory == null ? null : Numbers.count(memory) + " MiB");
    add(entries, "Kernel", environment.kernel());
    add(entries, "JVM", environment.jvm());
    add(entries, "Sleep", SleepText.words(summary));
    add(entries, "Governor", Objects.requireNonNullElse(environment.governor(), "not readable"));
    String commit = environment.gitCommit();
    boolean dirty = Boolean.TRUE.equals(environment.gitDirty());
    add(entries, "Commit", commit == null ? null : commit + (dirty ? ", with changes" : ""));
    Noise noise = environment.noise();
    add(
        entries,
        "Control thread's hiccups",
        "p99 "
            + rounded(noise.hiccupP99Us())
            + " µs, worst "
            + rounded(noise.hiccupMaxUs())
            + " µs");
    add(entries, "Steal", rounded(noise.stealPercent()) + " %");
    return entries;
  }

  private static void add(List<HtmlView.Entry> entries, String name, @Nullable String value) {
    if (value != null) {
      entries.add(new HtmlView.Entry(name, value));
    }
  }

  private static List<HtmlView.Entry> flags(Summary summary) {
    List<HtmlView.Entry> entries = new ArrayList<>();
    for (VariantSummary variant : summary.variants()) {
      variant.trials().stream()
          .map(figures -> figures.trial().jvm())
          .filter(Objects::nonNull)
          .findFirst()
          .ifPresent(jvm -> entries.add(new HtmlView.Entry(variant.name(), words(jvm))));
    }
    return entries;
  }

  private static String words(Jvm jvm) {
    String gc = jvm.gc() == null ? "" : jvm.gc() + ": ";
    return gc + String.join(" ", jvm.flags());
  }

  private static String rounded(@Nullable Double value) {
    return value == null ? "–" : Numbers.significant(value);
  }
}
