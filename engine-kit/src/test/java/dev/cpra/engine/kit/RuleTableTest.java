package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.LimitReachedException;
import dev.cpra.engine.MonitorRules;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RuleTableTest {
  private static final long TICK = 1_000_000;

  private static MonitorRules rules(int which) {
    return MonitorRules.of((which + 1) * TICK, 1_000);
  }

  @Test
  void behavesAsACountedSet() {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int max = random.nextInt(1, 30);
      RuleTable table = new RuleTable(max);
      MonitorRules[] kept = new MonitorRules[40];
      for (int i = 0; i < kept.length; i++) {
        kept[i] = rules(i);
      }
      Map<Integer, Integer> users = new HashMap<>();
      int[] idOf = new int[kept.length];
      for (int step = 0; step < 2_000; step++) {
        int which = random.nextInt(kept.length);
        if (users.containsKey(which) && random.nextInt(5) < 3) {
          table.release(idOf[which]);
          users.merge(which, -1, Integer::sum);
          users.remove(which, 0);
        } else {
          MonitorRules wanted = random.nextBoolean() ? kept[which] : rules(which);
          if (users.containsKey(which) || users.size() < max) {
            int id = table.acquire(wanted);
            assertThat(id).isBetween(0, max - 1);
            if (users.containsKey(which)) {
              assertThat(id).as("seed %d", seed).isEqualTo(idOf[which]);
            }
            idOf[which] = id;
            users.merge(which, 1, Integer::sum);
          } else {
            assertThatThrownBy(() -> table.acquire(wanted))
                .isInstanceOf(LimitReachedException.class)
                .hasMessageContaining("max rules is " + max);
          }
        }
        check(table, users.keySet(), idOf, seed);
      }
    }
  }

  private static void check(RuleTable table, Iterable<Integer> live, int[] idOf, int seed) {
    HashSet<Integer> seen = new HashSet<>();
    for (int which : live) {
      int id = idOf[which];
      assertThat(seen.add(id)).as("seed %d: each has its own id", seed).isTrue();
      assertThat(table.get(id)).as("seed %d", seed).isEqualTo(rules(which));
    }
  }

  @Test
  void theSameObjectAgainAfterItsIdWentToOthersGetsAnIdOfItsOwn() {
    RuleTable table = new RuleTable(3);
    MonitorRules first = rules(1);
    MonitorRules other = rules(2);
    int id = table.acquire(first);
    table.release(id);
    assertThat(table.acquire(other)).isEqualTo(id);
    int again = table.acquire(first);
    assertThat(again).isNotEqualTo(id);
    assertThat(table.get(again)).isEqualTo(first);
    table.release(again);
    assertThat(table.acquire(first)).isEqualTo(again);
    assertThat(table.get(again)).isEqualTo(first);
  }

  @Test
  void rulesWithoutAUserAreUnknown() {
    RuleTable table = new RuleTable(3);
    int id = table.acquire(rules(1));
    assertThat(table.acquire(rules(1))).isEqualTo(id);
    table.release(id);
    assertThat(table.get(id)).isEqualTo(rules(1));
    table.release(id);
    assertThatThrownBy(() -> table.get(id))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("rules " + id + " have no user");
  }
}
