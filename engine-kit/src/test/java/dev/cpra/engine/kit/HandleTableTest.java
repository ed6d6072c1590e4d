package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.LimitReachedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HandleTableTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 128, 129, 1_000})
  void behavesAsAStackOfFreedHandles(int max) {
    for (int seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      HandleTable table = new HandleTable(max);
      List<Integer> used = new ArrayList<>();
      List<Integer> retired = new ArrayList<>();
      ArrayDeque<Integer> freed = new ArrayDeque<>();
      int end = 0;
      for (int step = 0; step < 4 * max + 50; step++) {
        int what = random.nextInt(step / max % 2 == 0 ? 6 : 3);
        if (what == 0 && !used.isEmpty()) {
          int handle = removeAny(used, random);
          table.retire(handle);
          retired.add(handle);
        } else if (what == 1 && !retired.isEmpty()) {
          int handle = removeAny(retired, random);
          table.free(handle);
          freed.push(handle);
        } else if (freed.isEmpty() && end == max) {
          assertThatThrownBy(table::allocate)
              .isInstanceOf(LimitReachedException.class)
              .hasMessageContaining("max monitors is " + max);
        } else {
          int expected = freed.isEmpty() ? end++ : freed.pop();
          assertThat(table.allocate()).as("seed %d", seed).isEqualTo(expected);
          used.add(expected);
        }
        assertThat(table.end()).as("seed %d", seed).isEqualTo(end);
        assertThat(table.usedCount()).as("seed %d", seed).isEqualTo(used.size());
      }
      for (int handle = -2; handle < max + 70; handle++) {
        assertThat(table.isUsed(handle)).as("seed %d", seed).isEqualTo(used.contains(handle));
      }
    }
  }

  private static int removeAny(List<Integer> handles, SplittableRandom random) {
    Collections.swap(handles, random.nextInt(handles.size()), handles.size() - 1);
    return handles.removeLast();
  }

  @Test
  void aRetiredHandleIsNeitherInUseNorFree() {
    HandleTable table = new HandleTable(2);
    assertThat(table.allocate()).isZero();
    assertThat(table.allocate()).isEqualTo(1);
    table.retire(0);
    assertThat(table.isUsed(0)).isFalse();
    assertThatThrownBy(table::allocate).isInstanceOf(LimitReachedException.class);
    table.free(0);
    assertThat(table.isUsed(0)).isFalse();
    assertThat(table.allocate()).isZero();
    assertThat(table.isUsed(0)).isTrue();
  }

  @Test
  void aHandleThatIsNotInUseIsRefused() {
    HandleTable table = new HandleTable(10);
    table.require(table.allocate());
    for (int handle : new int[] {-1, 1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> table.require(handle))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("monitor: expected a handle in use, found " + handle + " (1 in use)");
    }
  }
}
