package dev.cpra.harness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StatisticsTest {

  private static final double CLOSE = 1e-9;

  @Test
  void fewerThanSixValuesSpreadOverTheirRange() {
    Spread spread = Spread.of(new double[] {5, 1, 4, 2});

    assertThat(spread).isEqualTo(new Spread(3, 1, 5, 4, Spread.Kind.RANGE));
  }

  @Test
  void sixValuesAndMoreGetOrderStatisticsOfAtLeast95Percent() {
    // Known ranks: 6 values need the extremes (96.9 %), 9 the second (96.1 %), 20 the sixth (95.9
    // %).
    assertThat(Spread.of(oneTo(6)))
        .isEqualTo(new Spread(3.5, 1, 6, 6, Spread.Kind.ORDER_STATISTICS));
    assertThat(Spread.of(oneTo(9))).isEqualTo(new Spread(5, 2, 8, 9, Spread.Kind.ORDER_STATISTICS));
    assertThat(Spread.of(oneTo(20)))
        .isEqualTo(new Spread(10.5, 6, 15, 20, Spread.Kind.ORDER_STATISTICS));
  }

  @Test
  void holmMultipliesStepwiseAndNeverLetsALaterValueFallBelow() {
    double[] adjusted = Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005});

    assertThat(adjusted).containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(CLOSE));
    assertThat(Holm.adjust(new double[] {0.6, 0.9})).containsExactly(1, 1);
    assertThat(Holm.adjust(new double[0])).isEmpty();
  }

  @Test
  void signFlipsAreCountedExactly() {
    assertThat(PairedTest.SIGN_FLIP.p(new double[] {1, 2, 3})).isEqualTo(2.0 / 8);
    assertThat(PairedTest.SIGN_FLIP.p(new double[] {1, 2, -3})).isEqualTo(1);
    // |sum| >= 4 of {1, 2, 3, -2}: 1+2+3-2 = 4; assignments of ±1 ±2 ±3 ±2 with |sum| >= 4.
    assertThat(PairedTest.SIGN_FLIP.p(new double[] {1, 2, 3, -2})).isEqualTo(8.0 / 16);
    assertThat(PairedTest.SIGN_FLIP.p(new double[] {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}))
        .isEqualTo(2.0 / 512);
  }

  @Test
  void studentsTestGivesTheTextbookValue() {
    // Mean 2, deviation 1, three values: t = 3.4641 with 2 degrees of freedom.
    assertThat(PairedTest.STUDENT.p(new double[] {1, 2, 3})).isCloseTo(0.0741799, within(1e-6));
    assertThat(PairedTest.STUDENT.p(new double[] {0.5, 0.5, 0.5})).isZero();
    assertThat(PairedTest.STUDENT.p(new double[] {0, 0, 0})).isEqualTo(1);
  }

  @Test
  void wilcoxonGivesTheExactValueWithoutTies() {
    double[] values = IntStream.rangeClosed(1, 10).mapToDouble(value -> value).toArray();

    assertThat(PairedTest.WILCOXON.p(values)).isCloseTo(2.0 / 1_024, within(1e-6));
    assertThat(PairedTest.WILCOXON.p(new double[] {0, 0})).isEqualTo(1);
  }

  @Test
  void theTestIsExactWhereExactnessCanReachAlpha() {
    assertThat(PairedTest.forPairs(5, 0.05)).isEqualTo(PairedTest.STUDENT);
    assertThat(PairedTest.forPairs(6, 0.05)).isEqualTo(PairedTest.SIGN_FLIP);
    assertThat(PairedTest.forPairs(8, 0.005)).isEqualTo(PairedTest.STUDENT);
    assertThat(PairedTest.forPairs(9, 0.005)).isEqualTo(PairedTest.SIGN_FLIP);
    assertThat(PairedTest.forPairs(21, 0.005)).isEqualTo(PairedTest.WILCOXON);
  }

  @Test
  void theRatioIsTheMedianOfThePairsRatios() {
    PairedRatio ratio = PairedRatio.of(new double[] {2, 8, 3}, new double[] {1, 2, 1}, 1);

    assertThat(ratio.ratio()).isCloseTo(3, within(CLOSE));
    assertThat(ratio.pairs()).isEqualTo(3);
    assertThat(ratio.low()).isLessThan(2);
    assertThat(ratio.high()).isGreaterThan(4);
  }

  @Test
  void onePairGivesNoIntervalAndTwoGiveTheirRange() {
    PairedRatio one = PairedRatio.of(new double[] {2}, new double[] {1}, 1);
    PairedRatio two = PairedRatio.of(new double[] {2, 8}, new double[] {1, 2}, 1);

    assertThat(one.low()).isNull();
    assertThat(one.smallestEffectPercent(0.05)).isNull();
    assertThat(two.low()).isCloseTo(2, within(CLOSE));
    assertThat(two.high()).isCloseTo(4, within(CLOSE));
    assertThat(two.smallestEffectPercent(0.05)).isNull();
  }

  @Test
  void figuresWithoutALogarithmAreRefused() {
    assertThatThrownBy(() -> PairedRatio.of(new double[] {0}, new double[] {1}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0 and 1.0");
    assertThatThrownBy(() -> PairedRatio.of(new double[0], new double[0], 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSmallestEffectFollowsStudentsQuantiles() {
    // 20 values of alternating sign: deviation 0.1 * sqrt(20 / 19).
    double[] a =
        IntStream.range(0, 20).mapToDouble(i -> Math.exp(i % 2 == 0 ? 0.1 : -0.1)).toArray();
    double[] b = IntStream.range(0, 20).mapToDouble(_ -> 1).toArray();
    double quantiles = 3.17372 + 1.32773;

    Double effect = PairedRatio.of(a, b, 1).smallestEffectPercent(0.005);

    double expected = 100 * Math.expm1(quantiles * 0.1 * Math.sqrt(20.0 / 19) / Math.sqrt(20));
    assertThat(effect).isCloseTo(expected, within(1e-3));
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    double[] a = lognormal(25, 0, 0.3, 3);
    double[] b = lognormal(25, 0, 0.3, 4);

    PairedRatio first = PairedRatio.of(a, b, 7);

    assertThat(first.low()).isEqualTo(PairedRatio.of(a, b, 7).low());
    assertThat(first.low()).isLessThan(first.ratio());
    assertThat(first.high()).isGreaterThan(first.ratio());
  }

  @Test
  void anIntervalOfFewPairsHoldsTheTruthAtLeastAsOftenAsItSays() {
    int held = 0;
    int rounds = 400;
    for (int round = 0; round < rounds; round++) {
      double[] a = lognormal(4, Math.log(1.3), 0.5, 2L * round);
      double[] b = lognormal(4, 0, 0.5, 2L * round + 1);
      PairedRatio ratio = PairedRatio.of(a, b, round);
      Double low = ratio.low();
      Double high = ratio.high();
      held += low != null && high != null && low <= 1.3 && 1.3 <= high ? 1 : 0;
    }
    assertThat(held).isGreaterThan((int) (0.93 * rounds));
  }

  private static double[] oneTo(int last) {
    return IntStream.rangeClosed(1, last).mapToDouble(value -> value).toArray();
  }

  private static double[] lognormal(int count, double mean, double deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, count)
        .mapToDouble(_ -> Math.exp(mean + deviation * random.nextGaussian()))
        .toArray();
  }
}
