package dev.cpra.engine.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DueSlotsTest {
  private final DueSlots slots = new DueSlots();

  @Test
  void comeByTickAndThenByHandleWhateverOrderTheyFiredIn() {
    slots.add(7, 3);
    slots.add(5, 9);
    slots.add(7, 1);
    slots.add(5, 99_999_999);

    assertThat(all()).containsExactly("5/9", "5/99999999", "7/1", "7/3");
    assertThat(all()).isEmpty();
  }

  @Test
  void areAllThereAfterAStallOfAnyLength() {
    slots.add(1L << 50, 2);
    slots.add(3, 4);
    slots.add(1L << 40, 1);

    assertThat(all()).containsExactly("3/4", (1L << 40) + "/1", (1L << 50) + "/2");
  }

  @Test
  void growAndAreUsedAgain() {
    for (int round = 0; round < 3; round++) {
      for (int i = 999; i >= 0; i--) {
        slots.add(round, i);
      }
      List<String> found = all();
      assertThat(found).hasSize(1_000).startsWith(round + "/0").endsWith(round + "/999");
    }
  }

  private List<String> all() {
    List<String> found = new ArrayList<>();
    while (slots.next()) {
      found.add(slots.tick() + "/" + slots.monitor());
    }
    return found;
  }
}
