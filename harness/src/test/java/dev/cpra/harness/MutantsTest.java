package dev.cpra.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cpra.harness.size.LaneSize;
import dev.cpra.harness.size.Objective;
import java.util.function.DoubleToLongFunction;
import org.junit.jupiter.api.Test;

/// M25, put back: a sizing by the direct form of Erlang's formula.
final class MutantsTest {
  private static final Objective OBJECTIVE = new Objective(0.95, 200_000_000);
  private static final double SERVICE_SECONDS = 0.05;

  private static long ours(double load) {
    LaneSize size = LaneSize.of(load / SERVICE_SECONDS, SERVICE_SECONDS, 1, OBJECTIVE);
    assertThat(size.waits()).isBetween(0.0, 1.0);
    assertThat(size.waitSeconds()).isBetween(0.0, 0.2);
    assertThat(size.queue()).isBetween(1L, 1L << 40);
    return size.workers();
  }

  /// Powers over factorials: both overflow, and no comparison with NaN holds.
  private static long direct(double load) {
    for (int workers = (int) load + 1; workers < 1_000_000; workers++) {
      double sum = 0;
      double term = 1;
      for (int k = 0; k < workers && k < 20_000; k++) {
        sum += term;
        term = Math.pow(load, k + 1) / factorial(k + 1);
      }
      double last = term * workers / (workers - load);
      double waits = last / (sum + last);
      double free = (workers - load) / SERVICE_SECONDS;
      if (waits * Math.exp(-free * 0.2) <= 0.05) {
        return workers;
      }
      if (Double.isNaN(waits)) {
        return 1_000_000; // it never ends otherwise
      }
    }
    return 1_000_000;
  }

  private static double factorial(int n) {
    double product = 1;
    for (int i = 2; i <= n; i++) {
      product *= i;
    }
    return product;
  }

  /// Finite, enough, not wasteful, and never fewer workers for more load.
  private static void holds(DoubleToLongFunction sizing, double... loads) {
    long before = 0;
    for (double load : loads) {
      long workers = sizing.applyAsLong(load);
      assertThat(workers).as("%s Erlangs", load).isGreaterThan((long) load);
      assertThat((double) workers)
          .as("%s Erlangs", load)
          .isLessThanOrEqualTo(load + 4 * Math.sqrt(load) + 4);
      assertThat(workers).as("%s Erlangs", load).isGreaterThanOrEqualTo(before);
      before = workers;
    }
  }

  @Test
  void theSizingOverflowsToNaNOrAMillionWorkers() { // M25
    assertThatCode(() ->
            holds(MutantsTest::ours, 0.001, 1, 10, 150, 700, 701, 1e4, 1e5, 1e6, 1e6 + 1, 1e7))
        .doesNotThrowAnyException();
    assertThatCode(() -> holds(MutantsTest::direct, 0.001, 1, 10)).doesNotThrowAnyException();
    assertThat(catchThrowable(() -> holds(MutantsTest::direct, 0.001, 1, 10, 800)))
        .isInstanceOf(AssertionError.class);
  }
}
