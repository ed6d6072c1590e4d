package dev.cpra.harness.report;

import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.statistics.Comparison;
import dev.cpra.harness.statistics.Comparisons;
import dev.cpra.harness.statistics.Metric;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An evaluation worked out once: every report is written from this and computes nothing of its
/// own.
///
/// @param evaluation what was observed
/// @param variants summed up, in the evaluation's order
/// @param comparisons of every pair of variants
/// @param headline the verdict in one sentence
/// @param findings one sentence per question
/// @param threats what limits the validity, most serious first
public record Summary(
    Evaluation evaluation,
    List<VariantSummary> variants,
    List<Comparison> comparisons,
    String headline,
    List<Finding> findings,
    List<String> threats) {

  /// The bootstrap's seed: the same trials always give the same report.
  private static final long SEED = 0x43505241;

  private static final String RAMP = "ramp";

  /// So many colours the style sheet has.
  private static final int COLORS = 8;

  /// Sums up an evaluation.
  public static Summary of(Evaluation evaluation) {
    List<TrialFigures> figures = evaluation.trials().stream().map(TrialFigures::of).toList();
    List<VariantSummary> variants = new ArrayList<>();
    for (Variant variant : evaluation.variants()) {
      variants.add(VariantSummary.of(variant, variants.size() % COLORS, figures));
    }
    List<Comparison> comparisons =
        Comparisons.of(evaluation.variants(), figures, ramp(evaluation), SEED);
    List<Finding> findings = Findings.of(variants, comparisons, ramp(evaluation));
    return new Summary(
        evaluation,
        List.copyOf(variants),
        comparisons,
        Headline.of(variants, findings),
        findings,
        Threats.of(evaluation, variants));
  }

  /// Whether every trial was run to its end and every ledger balances: what the exit code is about.
  public boolean valid() {
    return variants.stream().allMatch(VariantSummary::isSound);
  }

  /// Whether the offered rate climbed, and the figure of work done is the highest rate kept.
  boolean ramp() {
    return ramp(evaluation);
  }

  static boolean ramp(Evaluation evaluation) {
    return evaluation.drive().equals(RAMP);
  }

  /// What a reader calls the metric in this evaluation.
  String label(Metric metric) {
    return ramp() && metric == Metric.JOBS_PER_SECOND ? "Highest rate kept" : metric.label();
  }

  /// Whether any variant has the metric.
  boolean has(Metric metric) {
    return variants.stream().anyMatch(variant -> variant.spread(metric) != null);
  }

  @Nullable Comparison comparison(Metric metric, String a, String b) {
    for (Comparison comparison : comparisons) {
      if (comparison.metric() == metric && comparison.a().equals(a) && comparison.b().equals(b)) {
        return comparison;
      }
    }
    return null;
  }
}
