package dev.cpra.harness.report;

import dev.cpra.harness.result.StateChange;
import dev.cpra.harness.result.TargetCheck;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the monitors of scripted targets went through: the interventions and alerts of each, in
/// order, for each variant. Monitors that saw nothing but a healthy target have no row.
final class StoryTable {
  private static final String RAISED = "raised ";

  private StoryTable() {}

  static List<HtmlView.Story> of(Summary summary) {
    Map<String, List<HtmlView.Story>> byMonitor = new TreeMap<>();
    for (VariantSummary variant : summary.variants()) {
      Map<String, Story> stories = new TreeMap<>();
      for (TrialFigures figures : variant.trials()) {
        for (TargetCheck check : figures.trial().targets()) {
          tell(check)
              .forEach((monitor, words) ->
                  stories
                      .computeIfAbsent(monitor, _ -> new Story(check.name()))
                      .add(words, Boolean.FALSE.equals(check.agrees())));
        }
      }
      stories.forEach((monitor, story) ->
          byMonitor
              .computeIfAbsent(story.target + " " + monitor, _ -> new ArrayList<>())
              .add(story.row(monitor, variant)));
    }
    return byMonitor.values().stream().flatMap(List::stream).toList();
  }

  /// The monitor that a change seen at a target is about.
  static String monitor(StateChange seen) {
    int colon = seen.state().indexOf(": ");
    return colon < 0 ? "" : seen.state().substring(0, colon);
  }

  /// The words of each monitor of a target, in order of time.
  private static Map<String, String> tell(TargetCheck check) {
    Map<String, String> told = new LinkedHashMap<>();
    for (StateChange seen : check.seen()) {
      String word = seen.state().substring(monitor(seen).length()).replaceFirst("^: ", "");
      String brief = word.startsWith(RAISED) ? word.substring(RAISED.length()) : word;
      told.merge(monitor(seen), brief, (before, next) -> before + " \u2192 " + next);
    }
    return told;
  }

  private static final class Story {
    private final String target;
    private final List<String> words = new ArrayList<>();
    private int differing;

    Story(String target) {
      this.target = target;
    }

    void add(String told, boolean differs) {
      words.add(told);
      differing += differs ? 1 : 0;
    }

    HtmlView.Story row(String monitor, VariantSummary variant) {
      long different = words.stream().distinct().count();
      String trials =
          differing > 0
              ? "not as demanded in %d of %d trials".formatted(differing, words.size())
              : "as demanded in %d of %d trials".formatted(words.size(), words.size());
      return new HtmlView.Story(
          target,
          monitor,
          variant.name(),
          variant.color(),
          different == 1 ? words.getFirst() : String.join("; ", words.stream().distinct().toList()),
          trials,
          differing > 0);
    }
  }
}
