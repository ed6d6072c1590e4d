package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditSlicesTest {
  private final AuditSlices slices = new AuditSlices();

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 2_400, 2_401, 1_000_000})
  void aRoundLooksAtEveryHandleOnceAndEndsInTime(int handles) {
    int[] seen = new int[handles];
    int[] longest = {0};
    long now = 0;
    while (slices.rounds() == 0) {
      slices.step(
          (from, count) -> {
            longest[0] = Math.max(longest[0], count);
            for (int i = from; i < from + count; i++) {
              seen[i]++;
            }
            return 0;
          },
          handles,
          now);
      now += AuditSlices.PACE_NANOS;
    }
    assertThat(seen).containsOnly(1);
    assertThat(slices.audited()).isEqualTo(handles);
    assertThat(now).isLessThanOrEqualTo(AuditSlices.ROUND_NANOS);
    assertThat(longest[0]).as("a slice is short").isLessThanOrEqualTo(handles / 2_400 + 1);
  }

  @Test
  void aSliceIsDueOnlyAfterItsPace() {
    int[] calls = {0};
    AuditSlices.Audit audit =
        (_, _) -> {
          calls[0]++;
          return 0;
        };
    slices.step(audit, 100, 5);
    slices.step(audit, 100, 5 + AuditSlices.PACE_NANOS - 1);
    assertThat(calls[0]).isEqualTo(1);
    slices.step(audit, 100, 5 + AuditSlices.PACE_NANOS);
    assertThat(calls[0]).isEqualTo(2);
  }

  @Test
  void whatIsBrokenIsSaid() {
    assertThat(slices.step((_, _) -> 3, 10, 0)).isEqualTo(3);
    assertThat(slices.step((_, _) -> 3, 0, AuditSlices.PACE_NANOS)).as("nobody there").isZero();
  }

  @Test
  void aRoundEndsWhereHandlesEndNow() {
    int[] last = {-1, -1};
    AuditSlices.Audit audit =
        (from, count) -> {
          last[0] = from;
          last[1] = count;
          return 0;
        };
    slices.step(audit, 10_000, 0);
    slices.step(audit, 10_000, AuditSlices.PACE_NANOS);
    assertThat(last).containsExactly(5, 5);
    slices.step(audit, 3, 2 * AuditSlices.PACE_NANOS);
    assertThat(last).as("the rest is gone: from the start").containsExactly(0, 1);
  }
}
