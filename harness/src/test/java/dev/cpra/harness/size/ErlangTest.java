package dev.cpra.harness.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

final class ErlangTest {
  private static final MathContext EXACT = new MathContext(60);

  /// The textbook's form in 60 digits, with a range of exponents that does not overflow.
  private static double textbook(int workers, double load) {
    BigDecimal a = BigDecimal.valueOf(load);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ZERO;
    for (int k = 0; k < workers; k++) {
      sum = sum.add(term, EXACT);
      term = term.multiply(a, EXACT).divide(BigDecimal.valueOf(k + 1L), EXACT);
    }
    BigDecimal c = BigDecimal.valueOf(workers);
    BigDecimal last = term.multiply(c, EXACT).divide(c.subtract(a), EXACT);
    return last.divide(sum.add(last, EXACT), EXACT).doubleValue();
  }

  @Test
  void agreesWithTheTextbookInSixtyDigits() {
    for (double load : new double[] {0.01, 0.5, 1, 9.7, 99, 700, 1_500}) {
      for (int more : new int[] {1, 2, 7, 40}) {
        int workers = (int) load + more;
        assertThat(Erlang.waits(workers, load))
            .as("%d workers, %s Erlangs", workers, load)
            .isCloseTo(textbook(workers, load), within(1e-10));
      }
    }
  }

  @Test
  void oneWorkerWaitsAsOftenAsItIsBusy() {
    assertThat(Erlang.waits(1, 0.3)).isCloseTo(0.3, within(1e-15));
    assertThat(Erlang.waits(1, 1)).isEqualTo(1);
    assertThat(Erlang.waits(5, 9)).isEqualTo(1);
    assertThat(Erlang.waits(3, 0)).isZero();
  }

  @Test
  void moreWorkersWaitLessAndMoreLoadWaitsMore() {
    for (double load = 0.5; load < 2_000; load *= 3) {
      for (long workers = (long) load + 1; workers < load + 20; workers++) {
        double waits = Erlang.waits(workers, load);
        assertThat(waits).isBetween(0.0, 1.0);
        assertThat(Erlang.waits(workers + 1, load)).isLessThanOrEqualTo(waits);
        assertThat(Erlang.waits(workers + 1, load * 1.01))
            .isGreaterThanOrEqualTo(Erlang.waits(workers + 1, load));
      }
    }
  }

  @Test
  void theFewestWorkersMeetTheObjectiveAndOneLessDoesNot() {
    Objective objective = Objective.parse("p95=200ms");
    for (double load : new double[] {0.1, 3, 50, 1_000}) {
      LaneSize size = LaneSize.of(load / 2, 2, 1, objective);
      assertThat(size.waitSeconds()).isLessThanOrEqualTo(0.2);
      assertThat(late(size.workers(), load)).isLessThanOrEqualTo(0.05 + 1e-12);
      if (size.workers() - 1 > load) {
        assertThat(late(size.workers() - 1, load)).isGreaterThan(0.05);
      }
    }
  }

  /// The share that waits longer than 200 ms when jobs take 2 s.
  private static double late(long workers, double load) {
    return Erlang.waits(workers, load) * Math.exp(-0.2 * (workers - load) / 2);
  }

  @Test
  void equalServiceTimesNeedNoMoreWorkersThanVaryingOnes() {
    Objective objective = Objective.parse("p99=50ms");
    long equal = LaneSize.of(1_000, 0.1, 0, objective).workers();
    long chance = LaneSize.of(1_000, 0.1, 1, objective).workers();
    long wild = LaneSize.of(1_000, 0.1, 4, objective).workers();
    assertThat(equal).isLessThan(chance);
    assertThat(chance).isLessThan(wild);
  }

  @Test
  void aQueueIsFullOnceInAMillion() {
    LaneSize size = LaneSize.of(95, 0.01, 1, Objective.parse("p50=10s"));
    assertThat(size.workers()).isEqualTo(1);
    // One worker at 0.95: 0.95^(n+1) wait behind n or more.
    assertThat(0.95 * Math.pow(0.95, (double) size.queue())).isLessThanOrEqualTo(1e-6);
    assertThat(0.95 * Math.pow(0.95, size.queue() / 2.0 - 1)).isGreaterThan(1e-6);
  }

  @Test
  void aLaneWithoutJobsNeedsNothingAndOneBeyondAllMeasureIsRefused() {
    Objective objective = Objective.parse("p99.9=1s");
    assertThat(objective.share()).isCloseTo(0.999, within(1e-12));
    assertThat(LaneSize.of(0, 5, 1, objective).workers()).isZero();
    assertThatThrownBy(() -> LaneSize.of(1e9, 1, 1, objective))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Erlangs");
  }

  @Test
  void whatIsNoObjectiveIsRefused() {
    for (String text : new String[] {"", "p95", "95=1s", "p0=1s", "p95=0s", "p95=-1s", "p100=1s"}) {
      assertThatThrownBy(() -> Objective.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("p95=200ms");
    }
  }
}
