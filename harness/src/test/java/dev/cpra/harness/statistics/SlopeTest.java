package dev.cpra.harness.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cpra.harness.result.EvaluationFixture;
import dev.cpra.harness.result.HeapPoint;
import dev.cpra.harness.result.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SlopeTest {
  private static final double CLOSE = 1e-9;

  @Test
  void aLineHasItsSlopeAndNoSpread() {
    Slope slope = slope(20, i -> 5 - 3.0 * i);

    assertThat(slope).isEqualTo(new Slope(-3, -3, -3, 20));
  }

  @Test
  void aFewPointsFarOffDoNotBendIt() {
    Slope slope = slope(40, i -> i % 13 == 5 ? 1e6 : 2.0 * i);

    assertThat(slope.value()).isCloseTo(2, within(CLOSE));
    assertThat(slope.low()).isLessThanOrEqualTo(2);
    assertThat(slope.high()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void theIntervalHoldsTheTruthAsOftenAsItSays() {
    SplittableRandom random = new SplittableRandom(5);
    int held = 0;
    for (int series = 0; series < 1_000; series++) {
      Slope slope = slope(60, i -> 0.01 * i + random.nextGaussian());
      held += slope.low() <= 0.01 && 0.01 <= slope.high() ? 1 : 0;
    }

    assertThat(held).isBetween(930, 975);
  }

  @Test
  void manyPointsAreThinnedAndFewHaveNone() {
    Slope slope = slope(4_000, i -> 2.0 * i);

    assertThat(slope).isEqualTo(new Slope(2, 2, 2, 1_000));
    assertThat(Slope.of(new double[] {1, 2, 3, 4, 5, 6, 7}, new double[7])).isNull();
  }

  @Test
  void theHeapsGrowthCountsMeasuredPhasesOnly() {
    // The fixture's measured phase is from second 5 to 25.
    List<HeapPoint> points = new ArrayList<>();
    for (int second = 0; second <= 30; second++) {
      boolean measured = second >= 5 && second <= 25;
      points.add(new HeapPoint(second, measured ? 100 + second / 3_600.0 : 1_000));
    }
    TrialResult trial =
        EvaluationFixture.watched(
            EvaluationFixture.twoVariants(1).trials().getFirst(), points, null);

    HeapTrend trend = HeapTrend.of(trial);

    assertThat(trend).isNotNull();
    if (trend != null) {
      assertThat(trend.firstMib()).isEqualTo(100 + 5 / 3_600.0);
      assertThat(trend.lastMib()).isEqualTo(100 + 25 / 3_600.0);
      assertThat(trend.mibPerHour().value()).isCloseTo(1, within(1e-6));
      assertThat(trend.mibPerHour().samples()).isEqualTo(21);
    }
    assertThat(TrialFigures.of(trial).get(Metric.HEAP_GROWTH)).isCloseTo(1, within(1e-6));
  }

  private interface Value {
    double at(int i);
  }

  private static Slope slope(int points, Value value) {
    double[] times = new double[points];
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      times[i] = i;
      values[i] = value.at(i);
    }
    Slope slope = Slope.of(times, values);
    if (slope == null) {
      throw new AssertionError("there are points enough");
    }
    return slope;
  }
}
