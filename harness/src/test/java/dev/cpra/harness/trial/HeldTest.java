package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class HeldTest {
  private static final long PER_SECOND = 100_000;

  @Test
  void aScheduleIsKeptUpToEveryBoundAndNotBeyond() {
    assertThat(broken(200_000, 0, 0, 900.0)).isNull();
    assertThat(broken(180_000, 0, 0, 900.0)).isNull();
    assertThat(broken(179_000, 0, 0, 900.0)).contains("179000 of 200000");
    assertThat(broken(200_000, 200, 0, 900.0)).isNull();
    assertThat(broken(200_000, 201, 0, 900.0)).contains("201 of 200000 slots were missed");
    assertThat(broken(200_000, 0, 25_000, 900.0)).isNull();
    assertThat(broken(200_000, 0, 25_001, 900.0)).contains("25001 pulses waited");
    assertThat(broken(200_000, 0, 0, 250_000.0)).isNull();
    assertThat(broken(200_000, 0, 0, 251_000.0)).contains("251 ms late");
  }

  /// An engine that hangs books nothing, and so has nothing late, missed or waiting.
  @Test
  void anEngineThatDoesNotComeRoundToItsSlotsKeepsNothing() {
    assertThat(broken(0, 0, 0, null)).contains("only 0 of 200000");
  }

  @Test
  void aRateOfAFewIsNotJudgedByOneSlotMoreOrLess() {
    assertThat(new Held(2, 2, 3, 3, 0, 1, 10.0).broken()).isNull();
  }

  private static @Nullable String broken(
      long due, long missed, long waiting, @Nullable Double late) {
    return new Held(PER_SECOND, 2, due, due, missed, waiting, late).broken();
  }
}
