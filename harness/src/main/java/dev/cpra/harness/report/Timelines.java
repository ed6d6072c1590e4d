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
import java.util.TreeSet;
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
    if (rows.isEmpty()) {
      return List.of();
    }
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

  /// For each target whose script changes it, the script, then its monitors in every variant; then
  /// other monitors that changed. What the rest saw is nothing.
  private static void targets(List<Row> rows, Map<VariantSummary, TrialResult> shown, double end) {
    Map<String, Row> scripts = new TreeMap<>();
    Map<String, TreeSet<String>> monitors = new TreeMap<>();
    TreeSet<String> others = new TreeSet<>();
    shown.forEach((_, trial) -> {
      for (TargetCheck target : trial.targets()) {
        if (target.demanded().size() > 1) {
          scripts.putIfAbsent(
              target.name(), new Row(target.name() + ", script", spans(target.demanded(), end)));
        }
        TreeSet<String> own = monitors.computeIfAbsent(target.name(), _ -> new TreeSet<>());
        target.seen().forEach(seen -> own.add(StoryTable.monitor(seen)));
      }
      trial
          .journal()
          .forEach((monitor, changes) -> {
            if (!changes.isEmpty()) {
              others.add(monitor);
            }
          });
    });
    scripts.forEach((target, script) -> {
      rows.add(script);
      for (String monitor : monitors.getOrDefault(target, new TreeSet<>())) {
        addMonitor(rows, monitor, shown, end);
        others.remove(monitor);
      }
    });
    others.forEach(monitor -> addMonitor(rows, monitor, shown, end));
  }

  private static void addMonitor(
      List<Row> rows, String monitor, Map<VariantSummary, TrialResult> shown, double end) {
    shown.forEach((variant, trial) -> {
      List<StateChange> changes = trial.journal().getOrDefault(monitor, List.of());
      rows.add(new Row(monitor + ", " + variant.name(), spans(states(changes), end)));
    });
  }

  /// The states of a monitor, which begins healthy; alerts are no states.
  private static List<StateChange> states(List<StateChange> journal) {
    List<StateChange> states = new ArrayList<>();
    states.add(new StateChange(0, "idle"));
    for (StateChange change : journal) {
      if (!change.state().startsWith("raised ")) {
        states.add(change);
      }
    }
    return states;
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
