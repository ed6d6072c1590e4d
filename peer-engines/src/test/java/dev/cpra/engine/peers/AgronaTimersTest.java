package dev.cpra.engine.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class AgronaTimersTest {
  private final AgronaTimers timers = new AgronaTimers(100);
  private final DueSlots due = new DueSlots();

  @Test
  void fireInTheirTickAndNotInTheNext() {
    timers.arm(3, 10);
    assertThat(collect(9)).isEmpty();
    assertThat(collect(10)).containsExactly("10/3");
    assertThat(timers.isArmed(3)).isFalse();
  }

  @Test
  void fireAtOnceWhenTheirTickHasPassed() {
    assertThat(collect(50)).isEmpty();
    timers.arm(1, 50);
    timers.arm(2, 7);
    assertThat(collect(50)).containsExactly("7/2", "50/1");
  }

  @Test
  void anArmedTimerReplacesTheOneBefore() {
    timers.arm(1, 10);
    timers.arm(1, 20);
    assertThat(collect(15)).isEmpty();
    timers.disarm(1);
    assertThat(collect(30)).isEmpty();
    assertThat(timers.earliestTick()).isEqualTo(SlotTimers.NEVER);
  }

  /// Against a plain sorted set, with jumps of many turns of the wheel.
  @Test
  void agreeWithASortedSet() {
    Random random = new Random(11);
    TreeSet<Long> model = new TreeSet<>();
    long[] tickOf = new long[100];
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      int monitor = random.nextInt(100);
      if (timers.isArmed(monitor)) {
        model.remove(tickOf[monitor] * 100 + monitor);
      }
      tickOf[monitor] = now + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 80) - 5;
      tickOf[monitor] = Math.max(0, tickOf[monitor]);
      timers.arm(monitor, tickOf[monitor]);
      model.add(tickOf[monitor] * 100 + monitor);
      assertThat(timers.earliestTick()).isLessThanOrEqualTo(model.first() / 100);
      now += random.nextInt(50) == 0 ? random.nextInt(3_000) : random.nextInt(2);
      List<String> expected = new ArrayList<>();
      while (!model.isEmpty() && model.first() / 100 <= now) {
        long first = model.removeFirst();
        expected.add(first / 100 + "/" + first % 100);
      }
      assertThat(collect(now)).as("step %d, tick %d", step, now).isEqualTo(expected);
    }
  }

  private List<String> collect(long tick) {
    timers.collect(tick, due);
    List<String> found = new ArrayList<>();
    while (due.next()) {
      found.add(due.tick() + "/" + due.monitor());
    }
    return found;
  }
}
