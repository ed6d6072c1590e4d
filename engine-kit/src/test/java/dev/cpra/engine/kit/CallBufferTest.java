package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Ledger;
import dev.cpra.engine.LimitReachedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CallBufferTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 100})
  void keepsCallsInOrderUpToItsLimit(int max) {
    Ledger ledger = new Ledger();
    CallBuffer calls = new CallBuffer(max, ledger);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < max; i++) {
        assertThatCode(calls::require).doesNotThrowAnyException();
        calls.add((byte) (i % 5), i, -1L - i);
      }
      assertThatThrownBy(calls::require)
          .isInstanceOf(LimitReachedException.class)
          .hasMessageContaining("max calls between two ticks is " + max);
      assertThatThrownBy(() -> calls.add(CallBuffer.REMOVE, 1, 1))
          .isInstanceOf(LimitReachedException.class);
      assertThat(ledger.limitsReached).as("refusals").isEqualTo(2L * (round + 1));
      assertThat(calls.size()).isEqualTo(max);
      for (int i = 0; i < max; i++) {
        assertThat(calls.kind(i)).isEqualTo((byte) (i % 5));
        assertThat(calls.monitor(i)).isEqualTo(i);
        assertThat(calls.argument(i)).isEqualTo(-1L - i);
      }
      calls.clear();
      assertThat(calls.size()).isZero();
    }
  }

  @Test
  void theKindsOfCallsDiffer() {
    assertThat(
            new byte[] {
              CallBuffer.UPDATE,
              CallBuffer.REMOVE,
              CallBuffer.PAUSE,
              CallBuffer.RESUME,
              CallBuffer.RUN_NOW
            })
        .doesNotHaveDuplicates();
  }
}
