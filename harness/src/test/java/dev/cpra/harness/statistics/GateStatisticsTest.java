package dev.cpra.harness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Statistics of gates on data with known answers.
final class GateStatisticsTest {

  @Test
  void sevenValuesOfOneSignHaveTheSmallestPossibleP() {
    double[] values = {1, 2, 3, 4, 5, 6, 7};

    assertThat(ClippedSignFlip.above(values)).isEqualTo(1.0 / 128);
    assertThat(ClippedSignFlip.below(values)).isEqualTo(1);
  }

  @Test
  void signFlipOfFewValuesIsWhatCountingByHandGives() {
    // sums of +-1 +-1 +-1: 3 once, 1 three times, -1 three times, -3 once
    assertThat(ClippedSignFlip.above(new double[] {1, 1, -1})).isEqualTo(4.0 / 8);
    assertThat(ClippedSignFlip.above(new double[] {1, 1, 1})).isEqualTo(1.0 / 8);
    assertThat(ClippedSignFlip.above(new double[] {-1, -1, -1})).isEqualTo(1);
  }

  @Test
  void nothingAndZeroesClaimNothing() {
    assertThat(ClippedSignFlip.above(new double[0])).isEqualTo(1);
    assertThat(ClippedSignFlip.above(new double[10])).isEqualTo(1);
    assertThat(ClippedSignFlip.above(new double[30])).isEqualTo(1);
  }

  @Test
  void onePairThatWentWrongDoesNotDecide() {
    double[] clean = {2, 2.1, 1.9, 2.2, 1.8, 2, 2.1, 1.9, 2, 2.2, 2};
    double[] one = Arrays.copyOf(clean, 12);
    one[11] = -30;

    assertThat(ClippedSignFlip.above(one)).isLessThan(0.01);
  }

  @Test
  void manyValuesAreSampledAndComeOutAsCountingAllWould() {
    double[] values = new double[30];
    Arrays.setAll(values, i -> i % 10 == 0 ? -0.1 : 1 + i * 0.01);
    assertThat(ClippedSignFlip.above(values)).isLessThan(1e-4);
    assertThat(ClippedSignFlip.below(values)).isGreaterThan(0.99);

    // 30 values of one size, 20 of them positive: the upper tail of a binomial distribution
    double[] signs = new double[30];
    Arrays.setAll(signs, i -> i < 20 ? 1 : -1);
    assertThat(ClippedSignFlip.above(signs)).isCloseTo(0.04937, within(0.002));
    double[] nine = Arrays.copyOf(signs, 9);
    assertThat(ClippedSignFlip.above(nine)).isEqualTo(1.0 / 512);
  }

  @Test
  void theIntervalOfClopperAndPearsonIsThatOfTheTables() {
    assertThat(new Binomial(0, 20).low()).isZero();
    assertThat(new Binomial(0, 20).high()).isCloseTo(0.1684, within(1e-4));
    assertThat(new Binomial(18, 20).low()).isCloseTo(0.6830, within(1e-4));
    assertThat(new Binomial(18, 20).high()).isCloseTo(0.9877, within(1e-4));
    assertThat(new Binomial(20, 20).high()).isEqualTo(1);
  }

  @Test
  void theRobustDeviationIsThatOfTheMiddleHalf() {
    double[] normal = new double[2_000];
    SplittableRandom random = new SplittableRandom(4);
    Arrays.setAll(normal, i -> i % 14 == 0 ? 50 * random.nextGaussian() : random.nextGaussian());

    assertThat(Moments.robustDeviation(normal)).isCloseTo(1.1, within(0.1));
    assertThat(Moments.robustDeviation(new double[] {3, 3, 3})).isZero();
  }

  @Test
  void theMedianLiesInItsIntervalAndTheSameSeedGivesTheSame() {
    double[] values = {3, 1, 2, 5, 4, 6, 7, 9, 8};

    MedianInterval interval = MedianInterval.of(values, 5);

    assertThat(interval.median()).isEqualTo(5);
    assertThat(interval.low()).isBetween(1.0, 5.0);
    assertThat(interval.high()).isBetween(5.0, 9.0);
    assertThat(MedianInterval.of(values, 5)).isEqualTo(interval);
    assertThat(MedianInterval.of(new double[] {4}, 5).low()).isNaN();
  }

  @Test
  void aStepIsFoundWhereItIs() {
    SplittableRandom random = new SplittableRandom(1);
    double[] values = new double[40];
    Arrays.setAll(values, i -> (i < 25 ? 100 : 110) + random.nextGaussian());

    assertThat(ChangePoints.in(values, 1)).containsExactly(25);
  }

  @Test
  void twoStepsAreFoundAndNoneInNoise() {
    SplittableRandom random = new SplittableRandom(2);
    double[] steps = new double[60];
    Arrays.setAll(steps, i -> (i < 20 ? 10 : i < 40 ? 14 : 9) + 0.5 * random.nextGaussian());
    assertThat(ChangePoints.in(steps, 1)).containsExactly(20, 40);

    int falseAlarms = 0;
    for (int series = 0; series < 50; series++) {
      double[] noise = new double[30];
      Arrays.setAll(noise, _ -> random.nextGaussian());
      falseAlarms += ChangePoints.in(noise, series).isEmpty() ? 0 : 1;
    }
    assertThat(falseAlarms).isLessThanOrEqualTo(3);
  }

  @Test
  void aSeriesTooShortOrConstantHasNoChange() {
    assertThat(ChangePoints.in(new double[] {1, 1, 1, 9, 9, 9}, 1)).isEmpty();
    assertThat(ChangePoints.in(new double[50], 1)).isEmpty();
  }

  @Test
  void ofALongSeriesTheEndIsLookedAt() {
    double[] values = new double[ChangePoints.LENGTH_MAX + 100];
    Arrays.fill(values, 450, values.length, 7);

    assertThat(ChangePoints.in(values, 1)).containsExactly(450);
  }
}
