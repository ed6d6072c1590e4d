package dev.cpra.engine.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgronaTimersTest {
  private final AgronaTimers few = new AgronaTimers(100);
  private final DueSlots due = new DueSlots();

  @Test
  void fireInTheirTickAndNotInTheNext() {
    few.arm(3, 10);
    assertThat(collect(9)).isEmpty();
    assertThat(collect(10)).containsExactly("10/3");
    assertThat(few.isArmed(3)).isFalse();
  }

  @Test
  void fireAtOnceWhenTheirTickHasPassed() {
    assertThat(collect(50)).isEmpty();
    few.arm(1, 50);
    few.arm(2, 7);
    assertThat(collect(50)).containsExactly("7/2", "50/1");
  }

  @Test
  void anArmedTimerReplacesTheOneBefore() {
    few.arm(1, 10);
    few.arm(1, 20);
    assertThat(collect(15)).isEmpty();
    few.disarm(1);
    assertThat(collect(30)).isEmpty();
    assertThat(few.earliestTick()).isEqualTo(SlotTimers.NEVER);
  }

  /// Against a plain sorted set, with jumps of many turns of the wheel.
  @ParameterizedTest
  @ValueSource(ints = {100, 2_000})
  void agreeWithASortedSet(int monitors) {
    AgronaTimers timers = new AgronaTimers(monitors);
    timers.arm(monitors - 1, 0); // all have their places from the beginning
    timers.disarm(monitors - 1);
    Random random = new Random(11);
    TreeSet<Long> model = new TreeSet<>();
    long[] tickOf = new long[monitors];
    long now = 0;
    for (int step = 0; step < 20_000; step++) {
      int monitor = random.nextInt(monitors);
      if (timers.isArmed(monitor)) {
        model.remove(tickOf[monitor] * monitors + monitor);
      }
      tickOf[monitor] = now + random.nextInt(random.nextInt(10) == 0 ? 5_000 : 80) - 5;
      tickOf[monitor] = Math.max(0, tickOf[monitor]);
      timers.arm(monitor, tickOf[monitor]);
      model.add(tickOf[monitor] * monitors + monitor);
      assertThat(timers.earliestTick()).isLessThanOrEqualTo(model.first() / monitors);
      now += random.nextInt(50) == 0 ? random.nextInt(3_000) : random.nextInt(2);
      List<String> expected = new ArrayList<>();
      while (!model.isEmpty() && model.first() / monitors <= now) {
        long first = model.removeFirst();
        expected.add(first / monitors + "/" + first % monitors);
      }
      assertThat(collect(timers, now)).as("step %d, tick %d", step, now).isEqualTo(expected);
    }
  }

  private List<String> collect(long tick) {
    return collect(few, tick);
  }

  private List<String> collect(AgronaTimers from, long tick) {
    from.collect(tick, due);
    List<String> found = new ArrayList<>();
    while (due.next()) {
      found.add(due.tick() + "/" + due.monitor());
    }
    return found;
  }
}
