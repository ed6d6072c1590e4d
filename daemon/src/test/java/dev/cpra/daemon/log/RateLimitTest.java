package dev.cpra.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RateLimitTest {
  private final RateLimit limit = new RateLimit(2, 100);

  @Test
  void whatIsBeyondTheLimitIsCountedAndToldWithTheNextLine() {
    assertThat(limit.admit("a", 0)).isZero();
    assertThat(limit.admit("a", 1)).isZero();
    assertThat(limit.admit("a", 2)).isEqualTo(RateLimit.SUPPRESSED);
    assertThat(limit.admit("a", 99)).isEqualTo(RateLimit.SUPPRESSED);
    assertThat(limit.admit("a", 100)).isEqualTo(2);
    assertThat(limit.admit("a", 101)).isZero();
    assertThat(limit.total()).isEqualTo(2);
  }

  @Test
  void keysDoNotShareTheirLimit() {
    limit.admit("a", 0);
    limit.admit("a", 0);
    assertThat(limit.admit("a", 0)).isEqualTo(RateLimit.SUPPRESSED);
    assertThat(limit.admit("b", 0)).isZero();
  }

  @Test
  void countsOfSilentKeysAreToldOnceTheirWindowIsOver() {
    limit.admit("a", 0);
    limit.admit("a", 0);
    limit.admit("a", 0);
    limit.admit("quiet", 0);
    assertThat(limit.overdue(99)).isEmpty();
    assertThat(limit.overdue(100)).containsExactly(new RateLimit.Suppressed("a", 1));
    assertThat(limit.overdue(100)).isEmpty();
    assertThat(limit.admit("a", 101)).as("a new window, nothing to tell").isZero();
  }

  @Test
  void beyondTheMostKeysTheRestShareOne() {
    for (int i = 0; i < RateLimit.KEYS_MAX; i++) {
      assertThat(limit.admit("key" + i, 0)).isZero();
    }
    assertThat(limit.admit("x", 0)).isZero();
    assertThat(limit.admit("y", 0)).isZero();
    assertThat(limit.admit("z", 0)).isEqualTo(RateLimit.SUPPRESSED);
    assertThat(limit.admit("key7", 0)).as("a known key keeps its own").isZero();
    limit.overdue(100);
    assertThat(limit.admit("z", 101)).as("room again").isZero();
  }
}
