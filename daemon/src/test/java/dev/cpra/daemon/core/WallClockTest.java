package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WallClockTest {
  private static final long SECOND = 1_000_000_000;

  private long now = 1_800_000_000L * SECOND;
  private long ahead;
  private final WallClock clock = new WallClock(() -> DaemonClock.instant(now + ahead), () -> now);

  /// Kills a line for each look, one for what every clock drifts, and silence when they part
  /// further.
  @Test
  void itIsToldOnceWhenTheClocksPartAndWhenTheyAgreeAgain() {
    assertThat(clock.look()).isFalse();
    ahead = 4 * SECOND;
    assertThat(clock.look()).isFalse();
    ahead = -30 * SECOND;
    assertThat(clock.look()).isTrue();
    now += 60 * SECOND;
    assertThat(clock.look()).isFalse();
    ahead = -60 * SECOND;
    assertThat(clock.look()).isTrue();
    ahead = 0;
    assertThat(clock.look()).isTrue();
    assertThat(clock.look()).isFalse();
  }

  @Test
  void howFarTheWallIsAhead() {
    assertThat(clock.aheadNanos()).isZero();
    ahead = -1_500_000_001L;
    assertThat(clock.aheadNanos()).isEqualTo(-1_500_000_001L);
    assertThat(clock.now()).isEqualTo(DaemonClock.instant(now + ahead));
  }
}
