package dev.cpra.harness.report;

import dev.cpra.harness.report.chart.Timeline;
import dev.cpra.harness.report.chart.Timeline.Row;
import dev.cpra.harness.report.chart.Timeline.Span;
import dev.cpra.harness.result.PhaseResult;
import dev.cpra.harness.result.StateChange;
import dev.cpra.harness.result.TargetCheck;
import dev.cpra.harness.result.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Draws what the targets were told to be over what the monitors took them for.
final class Timelines {

  private static final int ROWS_MAX = 60;

  private Timelines() {}

  static List<HtmlView.Figure> of(Summary summary) {
    Map<VariantSummary, TrialResult> shown = new LinkedHashMap<>();
    double end = 0;
    for (VariantSummary variant : summary.variants()) {
      TrialResult trial = trial(variant);
      if (trial != null) {
        shown.put(variant, trial);
        end = Math.max(end, end(trial));
      }
    }
    if (shown.isEmpty()) {
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    targets(rows, shown, end);
    monitors(rows, shown, end);
    int drawn = Math.min(ROWS_MAX, rows.size());
    Timeline timeline =
        new Timeline(
            "states",
            "States over time",
            "What the script demanded of each target, and how each variant saw its monitors.",
            end,
            rows.subList(0, drawn));
    String note =
        drawn == rows.size()
            ? "Median trials. The taller the band, the worse the state."
            : "The first %d of %d rows. The taller the band, the worse the state."
                .formatted(drawn, rows.size());
    return List.of(new HtmlView.Figure("States over time", note, timeline.svg()));
  }

  /// The variant's median trial, if it kept a journal.
  private static @Nullable TrialResult trial(VariantSummary variant) {
    TrialResult trial = variant.representative();
    if (trial == null) {
      return null;
    }
    boolean scripted = trial.targets().stream().anyMatch(target -> !target.demanded().isEmpty());
    return scripted || !trial.journal().isEmpty() ? trial : null;
  }

  private static double end(TrialResult trial) {
    double end = 0;
    for (PhaseResult phase : trial.phases()) {
      end = Math.max(end, phase.fromSeconds() + phase.wallSeconds());
    }
    return end;
  }

  private static void targets(List<Row> rows, Map<VariantSummary, TrialResult> shown, double end) {
    Map<String, List<Row>> byTarget = new TreeMap<>();
    shown.forEach((variant, trial) -> {
      for (TargetCheck target : trial.targets()) {
        List<Row> own = byTarget.computeIfAbsent(target.name(), _ -> new ArrayList<>());
        if (own.isEmpty() && !target.demanded().isEmpty()) {
          own.add(new Row(target.name() + ", script", spans(target.demanded(), end)));
        }
        if (!target.seen().isEmpty()) {
          own.add(new Row(target.name() + ", " + variant.name(), spans(target.seen(), end)));
        }
      }
    });
    byTarget.values().forEach(rows::addAll);
  }

  private static void monitors(List<Row> rows, Map<VariantSummary, TrialResult> shown, double end) {
    Map<String, List<Row>> byMonitor = new TreeMap<>();
    shown.forEach((variant, trial) ->
        trial
            .journal()
            .forEach((monitor, changes) ->
                byMonitor
                    .computeIfAbsent(monitor, _ -> new ArrayList<>())
                    .add(new Row(monitor + ", " + variant.name(), spans(changes, end)))));
    byMonitor.values().forEach(rows::addAll);
  }

  /// Neighbours that look the same are one span: a pulse in flight is no news.
  private static List<Span> spans(List<StateChange> changes, double end) {
    List<Span> spans = new ArrayList<>();
    for (int index = 0; index < changes.size(); index++) {
      StateChange change = changes.get(index);
      double to = index + 1 < changes.size() ? changes.get(index + 1).atSeconds() : end;
      Span last = spans.isEmpty() ? null : spans.getLast();
      if (last != null && Timeline.Kind.of(last.state()) == Timeline.Kind.of(change.state())) {
        spans.set(spans.size() - 1, new Span(last.from(), to, last.state()));
      } else {
        spans.add(new Span(change.atSeconds(), to, change.state()));
      }
    }
    return spans;
  }
}
