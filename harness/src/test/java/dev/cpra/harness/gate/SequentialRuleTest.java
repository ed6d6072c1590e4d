package dev.cpra.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The rule on synthetic pairs: how often it is wrong where it may be wrong at all, and how often
/// it is right where it should be. Pairs scatter as real ones do: one in fourteen is far off.
final class SequentialRuleTest {
  private static final int GATES = 2_000;
  private static final int PAIRS = 16;
  private static final double ALPHA = 0.05;
  private static final double SCATTER = 0.015;
  private static final double SCATTER_OF_OUTLIERS = 0.06;
  private static final double OUTLIERS = 1.0 / 14;

  private final SplittableRandom random = new SplittableRandom(11);

  private double pair(double centre) {
    double scatter = random.nextDouble() < OUTLIERS ? SCATTER_OF_OUTLIERS : SCATTER;
    return centre + scatter * random.nextGaussian();
  }

  /// Runs one gate of some limits whose excesses have these centres.
  private SequentialRule run(int contests, double... centres) {
    SequentialRule rule = new SequentialRule(ALPHA, centres.length, contests);
    List<List<Double>> seen = new ArrayList<>();
    Arrays.stream(centres).forEach(_ -> seen.add(new ArrayList<>()));
    for (int pair = 1; pair <= PAIRS && !rule.isClear(); pair++) {
      for (int limit = 0; limit < centres.length; limit++) {
        seen.get(limit).add(pair(centres[limit]));
      }
      boolean last = pair == PAIRS;
      if (last || SequentialRule.isLook(pair)) {
        rule.look(
            seen.stream()
                .map(its -> its.stream().mapToDouble(Double::doubleValue).toArray())
                .toList(),
            last);
      }
    }
    return rule;
  }

  private int count(Decision decision, int contests, double... centres) {
    int found = 0;
    for (int gate = 0; gate < GATES; gate++) {
      SequentialRule rule = run(contests, centres);
      boolean any = false;
      boolean all = true;
      for (int limit = 0; limit < centres.length; limit++) {
        any |= rule.decision(limit) == decision;
        all &= rule.decision(limit) == decision;
      }
      found += decision == Decision.PASS ? (all ? 1 : 0) : (any ? 1 : 0);
    }
    return found;
  }

  @Test
  void exactlyAtTheBoundNoMoreThanAlphaFail() {
    assertThat(count(Decision.REGRESSION, 1, 0, 0, 0)).isLessThanOrEqualTo((int) (ALPHA * GATES));
  }

  @Test
  void exactlyAtTheBoundNoMoreThanAlphaPass() {
    assertThat(count(Decision.PASS, 1, 0)).isLessThanOrEqualTo((int) (ALPHA * GATES));
  }

  @Test
  void oneLimitAtItsBoundKeepsAGateFromPassingThoughAllOthersHold() {
    assertThat(count(Decision.PASS, 1, 0, -0.05, -0.05)).isLessThanOrEqualTo((int) (ALPHA * GATES));
  }

  @Test
  void aBuildThatIsTheSamePassesTheMarginMostly() {
    assertThat(count(Decision.PASS, 1, -0.018, -0.018)).isGreaterThan((int) (0.9 * GATES));
    assertThat(count(Decision.REGRESSION, 1, -0.018, -0.018))
        .isLessThanOrEqualTo((int) (0.001 * GATES));
  }

  @Test
  void fivePerCentAgainstTheMarginFailsMostly() {
    double excess = Math.log(1 / 0.95) - Math.log(1.018);
    assertThat(count(Decision.REGRESSION, 1, excess, -0.1, -0.1))
        .isGreaterThan((int) (0.9 * GATES));
  }

  @Test
  void whatWasDecidedStaysDecided() {
    SequentialRule rule = new SequentialRule(ALPHA, 1, 1);
    double[] good = new double[7];
    Arrays.fill(good, -1);
    rule.look(List.of(good), false);
    assertThat(rule.decision(0)).isEqualTo(Decision.PASS);

    double[] bad = new double[9];
    Arrays.fill(bad, 1);
    rule.look(List.of(bad), false);
    assertThat(rule.decision(0)).isEqualTo(Decision.PASS);
    assertThat(rule.isClear()).isTrue();
  }

  @Test
  void afterTheLastLookNothingIsDecidedAnyMore() {
    SequentialRule rule = new SequentialRule(ALPHA, 1, 1);
    rule.look(List.of(new double[] {1, -1, 1, -1}), true);
    double[] bad = new double[12];
    Arrays.fill(bad, 1);
    rule.look(List.of(bad), false);

    assertThat(rule.decision(0)).isEqualTo(Decision.INCONCLUSIVE);
  }

  @Test
  void theLooksTogetherSpendNoMoreThanAlpha() {
    assertThat(SequentialRule.LOOKS.size() * SequentialRule.LOOK_SHARE).isLessThan(1);
  }
}
