package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GridTest {
  private static final long SECOND = 1_000_000_000;
  private static final long START = 1_800_000_000L * SECOND + 123_456_789;

  @Test
  void aRestartFindsTheSameGrid() {
    long first = Grid.firstDue("web-1", 30 * SECOND, START);
    long later = Grid.firstDue("web-1", 30 * SECOND, START + 1_000_000 * SECOND + 7);
    assertThat(Math.floorMod(later - first, 30 * SECOND)).isZero();
  }

  @Test
  void theFirstSlotLiesWithinOneIntervalOfTheStart() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(Grid.firstDue("m" + i, 7 * SECOND, START))
          .isBetween(START, START + 7 * SECOND - 1);
    }
  }

  @Test
  void aStartOnASlotIsThatSlot() {
    long slot = Grid.firstDue("web-1", 30 * SECOND, START);
    assertThat(Grid.firstDue("web-1", 30 * SECOND, slot)).isEqualTo(slot);
    assertThat(Grid.firstDue("web-1", 30 * SECOND, slot + 1)).isEqualTo(slot + 30 * SECOND);
  }

  /// Kills a start at which what fell due while a million were loaded is all late.
  @Test
  void theFirstSlotsOfVeryManyLieBehindTheTimeThatLoadingTakes() {
    assertThat(Grid.loadedNanos(9_999, START)).isEqualTo(START);
    assertThat(Grid.loadedNanos(1_000_000, START)).isEqualTo(START + 2 * SECOND + SECOND / 2);
  }

  /// Kills a hash whose last step is left out: neighbours would be checked together.
  @Test
  void namesInSequenceSpreadOverTheInterval() {
    Set<Long> tenths = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      tenths.add((Grid.firstDue("web-" + i, 10 * SECOND, START) - START) / SECOND);
    }
    assertThat(tenths).hasSize(10);
  }
}
