package dev.cpra.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.EvaluationFixture;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.statistics.Comparison;
import dev.cpra.harness.statistics.Comparisons;
import dev.cpra.harness.statistics.Metric;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is said of three variants.
final class FindingsTest {
  private static final Evaluation THREE = EvaluationFixture.threeVariants(6);

  private static List<Finding> findings(List<TrialResult> trials, boolean ramp) {
    List<TrialFigures> figures = trials.stream().map(TrialFigures::of).toList();
    List<VariantSummary> variants = new ArrayList<>();
    THREE.variants().forEach(one -> variants.add(VariantSummary.of(one, variants.size(), figures)));
    List<Comparison> comparisons = Comparisons.of(THREE.variants(), figures, ramp, 1);
    return Findings.of(variants, comparisons, ramp);
  }

  private static Finding of(List<Finding> findings, Metric metric) {
    return findings.stream().filter(one -> one.metric() == metric).findFirst().orElseThrow();
  }

  @Test
  void nobodyIsBestAtWhatWasNotCompared() {
    List<Finding> rates =
        findings(THREE.trials(), true).stream()
            .filter(one -> one.metric().dependsOnRate())
            .toList();

    assertThat(rates).extracting(Finding::metric).contains(Metric.LATENESS_P99);
    assertThat(rates)
        .extracting(Finding::sentence)
        .containsOnly("Not compared: each ran at the highest rate that it kept.");
    assertThat(rates).extracting(Finding::winner).containsOnlyNulls();
  }

  @Test
  void whoDidNotKeepUpIsNotAmongThoseWhoseBestIsNamed() {
    String last = THREE.variants().getLast().name();
    List<TrialResult> trials =
        THREE.trials().stream()
            .map(one -> one.variant().equals(last) ? EvaluationFixture.saturated(one) : one)
            .toList();

    assertThat(of(findings(trials, false), Metric.LATENESS_P99).sentence())
        .contains(" of those that kept up");
    assertThat(of(findings(trials, false), Metric.CPU_US_PER_JOB).sentence())
        .doesNotContain("kept up");
  }

  @Test
  void eachReasonIsToldOnce() {
    List<TrialResult> trials = THREE.trials().stream().map(EvaluationFixture::saturated).toList();

    String sentence = of(findings(trials, false), Metric.LATENESS_P99).sentence();

    assertThat(sentence).startsWith("Not compared: ");
    for (var variant : THREE.variants()) {
      assertThat(sentence).containsOnlyOnce(variant.name() + " was saturated");
    }
  }
}
