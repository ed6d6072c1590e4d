package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RateSearchTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.003, 0.9, 1, 1.9, 2, 57.3, 4_000})
  void comesWithinFivePercentBelowTheCapacity(double capacity) {
    RateSearch search = new RateSearch(1);
    int steps = 0;
    while (!search.isDone()) {
      search.tried(search.rate() <= capacity);
      steps++;
    }
    assertThat(search.best())
        .isLessThanOrEqualTo(capacity)
        .isGreaterThanOrEqualTo(capacity / RateSearch.PRECISION);
    assertThat(steps).isLessThan(40);
  }

  @Test
  void oneHiccupDoesNotDecide() {
    RateSearch search = new RateSearch(1);
    search.tried(false);
    assertThat(search.rate()).as("the same again").isEqualTo(1);
    search.tried(true);
    assertThat(search.best()).isEqualTo(1);
    search.tried(false);
    search.tried(true);
    assertThat(search.best()).as("a hiccup at every first try").isEqualTo(2);
  }

  @Test
  void givesUpWhereNothingIsKeptAndWhereEverythingIs() {
    RateSearch none = new RateSearch(1);
    RateSearch all = new RateSearch(1);
    for (int i = 0; i < 50; i++) {
      if (!none.isDone()) {
        none.tried(false);
      }
      if (!all.isDone()) {
        all.tried(true);
      }
    }
    assertThat(none.isDone()).isTrue();
    assertThat(none.best()).isZero();
    assertThat(all.isDone()).isTrue();
    assertThat(all.best()).isGreaterThan(500_000);
  }
}
