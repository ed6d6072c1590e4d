package dev.cpra.harness.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.result.AlertCounts;
import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.EvaluationFixture;
import dev.cpra.harness.result.FaultResult;
import dev.cpra.harness.result.LaneCounts;
import dev.cpra.harness.result.LedgerCounts;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.result.Variant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class ComparisonsTest {

  private static final LedgerCounts UNBALANCED =
      new LedgerCounts(
          new LaneCounts(10, 9, 0, 0, 0, 9, 0, 0, 0, 0, 0, 9),
          LaneCounts.NONE,
          LaneCounts.NONE,
          AlertCounts.NONE,
          0,
          0,
          0);

  @Test
  void aClearDifferenceIsClaimedForTheBetterWhicheverWayIsBetter() {
    List<Comparison> comparisons = compare(EvaluationFixture.twoVariants(8));

    assertThat(find(comparisons, Metric.BYTES_PER_MONITOR).verdict()).isEqualTo(Verdict.A_BETTER);
    assertThat(find(comparisons, Metric.BYTES_PER_MONITOR).ratio()).isLessThan(1);
    assertThat(find(comparisons, Metric.LOAD_MONITORS_PER_SECOND).verdict())
        .isEqualTo(Verdict.A_BETTER);
    assertThat(find(comparisons, Metric.LOAD_MONITORS_PER_SECOND).ratio()).isGreaterThan(1);
  }

  @Test
  void equalFiguresShowNoDifferenceAndSayWhatCouldHaveBeenSeen() {
    Comparison response = find(compare(EvaluationFixture.twoVariants(8)), Metric.RESPONSE_P99);

    assertThat(response.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
    assertThat(response.winner()).isNull();
    assertThat(response.smallestEffectPercent()).isGreaterThan(1);
    assertThat(response.pAdjusted()).isGreaterThan(0.05);
  }

  @Test
  void twoPairsClaimNothingHoweverLargeTheDifference() {
    for (Comparison comparison : compare(EvaluationFixture.twoVariants(2))) {
      assertThat(comparison.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
      assertThat(comparison.note()).contains("needs three");
      assertThat(comparison.pAdjusted()).isNull();
      assertThat(comparison.low()).isNotNull();
    }
  }

  @Test
  void onePairHasARatioAndNoInterval() {
    Comparison comparison =
        find(compare(EvaluationFixture.twoVariants(1)), Metric.BYTES_PER_MONITOR);

    assertThat(comparison.ratio()).isNotNull();
    assertThat(comparison.low()).isNull();
    assertThat(comparison.verdict()).isEqualTo(Verdict.NO_DIFFERENCE_SHOWN);
  }

  @Test
  void oneSaturatedTrialLeavesTheLatenciesUncomparedAndTheRestCompared() {
    List<Comparison> comparisons =
        compare(changed(8, ofRound("ecs", 3), EvaluationFixture::saturated));

    Comparison lateness = find(comparisons, Metric.LATENESS_P99);
    assertThat(lateness.verdictText())
        .isEqualTo("not compared (ecs was saturated in 1 of 8 trials)");
    assertThat(lateness.ratio()).isNull();
    assertThat(find(comparisons, Metric.RESPONSE_P50).verdict()).isEqualTo(Verdict.NOT_COMPARED);
    assertThat(find(comparisons, Metric.BYTES_PER_MONITOR).pairs()).isEqualTo(8);
  }

  @Test
  void aRampComparesNeitherLatenciesNorCpuSinceEachRanAtARateOfItsOwn() {
    List<Comparison> comparisons = compare(EvaluationFixture.twoVariants(8), true);

    for (Metric metric : List.of(Metric.LATENESS_P50, Metric.RESPONSE_P99, Metric.CPU_US_PER_JOB)) {
      assertThat(find(comparisons, metric).verdictText())
          .isEqualTo("not compared (each ran at the highest rate that it kept)");
      assertThat(find(comparisons, metric).ratio()).isNull();
    }
    assertThat(find(comparisons, Metric.JOBS_PER_SECOND).verdict())
        .isNotEqualTo(Verdict.NOT_COMPARED);
    assertThat(find(comparisons, Metric.BYTES_PER_MONITOR).verdict()).isEqualTo(Verdict.A_BETTER);
  }

  @Test
  void aRampThatWasNotKeptWhereItWasMeasuredLeavesAllocationUncompared() {
    Evaluation evaluation = changed(8, ofRound("ecs", 3), EvaluationFixture::saturated);

    assertThat(find(compare(evaluation, true), Metric.ALLOCATED_BYTES_PER_JOB).verdictText())
        .isEqualTo("not compared (ecs was saturated in 1 of 8 trials)");
    assertThat(find(compare(evaluation, false), Metric.ALLOCATED_BYTES_PER_JOB).verdict())
        .isNotEqualTo(Verdict.NOT_COMPARED);
  }

  @Test
  void oneFaultThatWasNeverRecoveredFromLeavesRecoveryUncompared() {
    FaultResult lasting = new FaultResult("worker-hang", 1, 2, null);
    List<Comparison> comparisons =
        compare(
            changed(
                8, ofRound("ecs", 3), trial -> EvaluationFixture.with(trial, List.of(lasting))));

    Comparison recovery = find(comparisons, Metric.RECOVERY_MS);
    assertThat(recovery.verdictText())
        .isEqualTo(
            "not compared (ecs was not seen back on schedule after a fault in 1 of 8 trials)");
    assertThat(recovery.ratio()).isNull();
  }

  @Test
  void anUnbalancedTrialIsNeverPartOfAPair() {
    List<Comparison> comparisons =
        compare(
            changed(
                8,
                ofRound("ecs", 3),
                trial -> EvaluationFixture.with(trial, Status.COMPLETE, UNBALANCED)));

    assertThat(comparisons).allMatch(comparison -> comparison.pairs() == 7);
  }

  @Test
  void aTrialThatIsNotCompleteIsNeverPartOfAPair() {
    List<Comparison> comparisons =
        compare(
            changed(
                8,
                trial -> trial.variant().equals("baseline"),
                trial ->
                    EvaluationFixture.with(
                        trial, Status.invalid("a slot was missed"), LedgerCounts.NONE)));

    assertThat(comparisons)
        .isNotEmpty()
        .allMatch(comparison -> comparison.verdict() == Verdict.NOT_COMPARED)
        .allMatch(comparison -> comparison.ratio() == null);
  }

  @Test
  void figuresNearNothingAreRaisedToTheFloorAndSaySo() {
    Comparison allocated =
        find(compare(EvaluationFixture.twoVariants(8)), Metric.ALLOCATED_BYTES_PER_JOB);

    // 22.4 B against 0.0003 B: the ratio is taken to the floor of 0.1 B.
    assertThat(allocated.ratio()).isBetween(0.1 / 22.5, 0.1 / 22.3);
    assertThat(allocated.note()).contains("below 0.1 B counts as 0.1");
  }

  @Test
  void everyPairOfVariantsIsCompared() {
    List<Comparison> comparisons = compare(EvaluationFixture.threeVariants(3));

    assertThat(comparisons)
        .extracting(comparison -> comparison.a() + "/" + comparison.b())
        .contains("baseline/ecs", "baseline/jdk-executor", "ecs/jdk-executor");
  }

  @Test
  void identicalVariantsAreRarelyToldApart() {
    Evaluation shape = EvaluationFixture.twoVariants(6);
    int claims = 0;
    int rounds = 200;
    for (int round = 0; round < rounds; round++) {
      claims += claims(noise(shape, 0, round)) > 0 ? 1 : 0;
    }

    // At most 5 % is promised over all metrics; 8 % of 200 allows for chance.
    assertThat(claims).isLessThanOrEqualTo(16);
  }

  @Test
  void aPlantedDifferenceIsFound() {
    Evaluation shape = EvaluationFixture.twoVariants(8);
    int found = 0;
    for (int round = 0; round < 50; round++) {
      found += claims(noise(shape, Math.log(3), round)) == 4 ? 1 : 0;
    }

    assertThat(found).isGreaterThan(45);
  }

  /// Log-normal figures of two variants in four metrics, the second shifted.
  private static List<TrialFigures> noise(Evaluation shape, double shift, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TrialFigures> figures = new ArrayList<>();
    for (TrialResult trial : shape.trials()) {
      Map<Metric, Double> values = new EnumMap<>(Metric.class);
      for (Metric metric :
          List.of(
              Metric.CPU_US_PER_JOB,
              Metric.PEAK_RSS_MIB,
              Metric.JOBS_PER_SECOND,
              Metric.RECOVERY_MS)) {
        double log = Math.log(1_000) + 0.3 * random.nextGaussian();
        values.put(metric, Math.exp(trial.variant().equals("ecs") ? log + shift : log));
      }
      figures.add(new TrialFigures(trial, values, null, null));
    }
    return figures;
  }

  private static long claims(List<TrialFigures> figures) {
    List<Variant> variants = List.of(EvaluationFixture.BASELINE, EvaluationFixture.ECS);
    return Comparisons.of(variants, figures, false, 1).stream()
        .filter(comparison -> comparison.winner() != null)
        .count();
  }

  private static Predicate<TrialResult> ofRound(String variant, int round) {
    return trial -> trial.variant().equals(variant) && trial.round() == round;
  }

  private static Evaluation changed(
      int rounds, Predicate<TrialResult> which, UnaryOperator<TrialResult> change) {
    Evaluation whole = EvaluationFixture.twoVariants(rounds);
    return EvaluationFixture.evaluation(
        whole.load(),
        whole.variants(),
        whole.trials().stream()
            .map(trial -> which.test(trial) ? change.apply(trial) : trial)
            .toList());
  }

  private static List<Comparison> compare(Evaluation evaluation) {
    return compare(evaluation, false);
  }

  private static List<Comparison> compare(Evaluation evaluation, boolean ramp) {
    List<TrialFigures> figures = evaluation.trials().stream().map(TrialFigures::of).toList();
    return Comparisons.of(evaluation.variants(), figures, ramp, 1);
  }

  private static Comparison find(List<Comparison> comparisons, Metric metric) {
    return comparisons.stream()
        .filter(comparison -> comparison.metric() == metric)
        .findFirst()
        .orElseThrow();
  }
}
