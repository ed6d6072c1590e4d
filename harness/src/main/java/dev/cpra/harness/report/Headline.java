package dev.cpra.harness.report;

import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.ArrayList;
import java.util.List;

/// The verdict of an evaluation in one sentence. What makes it invalid comes before who is ahead.
final class Headline {

  private Headline() {}

  static String of(List<VariantSummary> variants, List<Finding> findings) {
    List<String> invalid =
        variants.stream().filter(variant -> !variant.isSound()).map(Headline::whatIsWrong).toList();
    String ahead = ahead(variants, findings);
    return invalid.isEmpty() ? ahead : "Invalid: " + String.join("; ", invalid) + ". " + ahead;
  }

  /// A trial that was cut short has no account to balance; that is another thing than one that is
  /// wrong.
  private static String whatIsWrong(VariantSummary variant) {
    int trials = variant.trials().size();
    long cutShort = variant.trials().stream().filter(Headline::isCutShort).count();
    long unbalanced =
        variant.trials().stream().filter(figures -> !figures.trial().balanced()).count() - cutShort;
    long unsound =
        variant.trials().stream()
            .map(TrialFigures::trial)
            .filter(trial -> trial.balanced() && !trial.comparable())
            .count();
    List<String> parts = new ArrayList<>();
    if (unsound > 0) {
      parts.add("was not valid in %d of %d trials".formatted(unsound, trials));
    }
    if (unbalanced > 0) {
      parts.add("left no balanced ledger in %d of %d trials".formatted(unbalanced, trials));
    }
    if (cutShort > 0) {
      parts.add("was cut short in %d of %d trials".formatted(cutShort, trials));
    }
    return variant.name() + " " + (trials == 0 ? "has no trial" : String.join(", ", parts));
  }

  private static boolean isCutShort(TrialFigures figures) {
    TrialResult trial = figures.trial();
    return trial.ledger() == null && trial.status().kind() == Status.Kind.PARTIAL;
  }

  private static String ahead(List<VariantSummary> variants, List<Finding> findings) {
    if (variants.size() < 2) {
      return "One variant ran: nothing to compare.";
    }
    List<String> parts = new ArrayList<>();
    for (VariantSummary variant : variants) {
      long won =
          findings.stream().filter(finding -> variant.name().equals(finding.winner())).count();
      if (won > 0) {
        parts.add(
            (parts.isEmpty() ? "%s is better on %d of %d questions" : "%s on %d")
                .formatted(variant.name(), won, findings.size()));
      }
    }
    long open = findings.stream().filter(one -> one.compared() && one.winner() == null).count();
    long uncompared = findings.stream().filter(one -> !one.compared()).count();
    if (parts.isEmpty()) {
      parts.add("No variant was shown to be better");
    }
    if (open > 0) {
      parts.add("no clear winner on " + open);
    }
    if (uncompared > 0) {
      parts.add(uncompared + " not compared");
    }
    return String.join(", ", parts) + ".";
  }
}
