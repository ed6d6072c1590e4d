package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class WaitingPulsesTest {
  @Test
  void behavesAsAMapInOrderOfInsertion() {
    for (int seed = 0; seed < 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int monitors = 1 << random.nextInt(1, 12);
      WaitingPulses pulses = new WaitingPulses();
      LinkedHashMap<Integer, Long> model = new LinkedHashMap<>();
      for (int step = 0; step < 4_000; step++) {
        // Phases of filling, of emptying, and with or without anybody looking for a pulse.
        int taking = step / 1_000 % 2 == 0 ? 3 : 6;
        int looking = step / 700 % 2 == 0 ? 9 : 0;
        int monitor = random.nextInt(monitors);
        int what = random.nextInt(10 + taking + looking);
        if (what < 10) {
          if (!model.containsKey(monitor)) {
            pulses.add(monitor, step + 1);
            model.put(monitor, step + 1L);
          }
        } else if (what < 10 + taking) {
          take(pulses, model);
        } else if (what % 3 == 0) {
          assertThat(pulses.dueOf(monitor))
              .as("seed %d", seed)
              .isEqualTo(model.getOrDefault(monitor, 0L));
        } else if (model.containsKey(monitor)) {
          assertThat(pulses.giveUp(monitor)).as("seed %d", seed).isEqualTo(model.remove(monitor));
          assertThat(pulses.dueOf(monitor)).as("seed %d", seed).isZero();
        }
        assertThat(pulses.size()).as("seed %d", seed).isEqualTo(model.size());
      }
      while (!model.isEmpty()) {
        take(pulses, model);
      }
      assertThat(pulses.first()).isEqualTo(-1);
    }
  }

  private static void take(WaitingPulses pulses, SequencedMap<Integer, Long> model) {
    Map.Entry<Integer, Long> expected = model.firstEntry();
    assertThat(pulses.first()).isEqualTo(expected == null ? -1 : expected.getKey());
    if (expected != null) {
      assertThat(pulses.firstDue()).isEqualTo(expected.getValue());
      pulses.removeFirst();
      model.remove(expected.getKey());
    }
  }

  @Test
  void aMonitorMayWaitAgainBehindItsTombstones() {
    WaitingPulses pulses = new WaitingPulses();
    pulses.add(7, 10);
    pulses.add(8, 11);
    assertThat(pulses.giveUp(7)).isEqualTo(10);
    pulses.add(7, 20);
    assertThat(pulses.giveUp(7)).isEqualTo(20);
    pulses.add(7, 30);
    assertThat(pulses.dueOf(7)).isEqualTo(30);
    assertThat(pulses.size()).isEqualTo(2);
    assertThat(pulses.first()).isEqualTo(8);
    pulses.removeFirst();
    assertThat(pulses.first()).isEqualTo(7);
    assertThat(pulses.firstDue()).isEqualTo(30);
  }

  @Test
  void givingUpWhatDoesNotWaitIsRefused() {
    WaitingPulses pulses = new WaitingPulses();
    pulses.add(1, 5);
    assertThatThrownBy(() -> pulses.giveUp(2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("monitor 2: expected a waiting pulse, found none");
    assertThat(pulses.size()).isEqualTo(1);
  }

  @Test
  void givingUpManyOfVeryManyCostsAFewStepsEach() {
    int waiting = 300_000;
    WaitingPulses pulses = new WaitingPulses();
    for (int i = 0; i < waiting; i++) {
      pulses.add(i, i + 1);
    }
    for (int i = waiting - 1; i > 0; i -= 3) {
      assertThat(pulses.giveUp(i)).isEqualTo(i + 1);
    }
    assertThat(pulses.work()).isLessThan(12L * waiting);
    assertThat(pulses.size()).isEqualTo(waiting - waiting / 3);
  }

  /// The queue never empties, and pauses are as far apart as hurts most.
  @Test
  void lookingSeldomInALongQueueCostsAFewStepsPerPulse() {
    for (int pause : new int[] {1, 10, 1_000, 4_096, 5_000, 30_000, 60_000}) {
      int waiting = 4_000;
      int handles = 20_000;
      WaitingPulses pulses = new WaitingPulses();
      int adds = 1_000_000;
      int looks = 0;
      for (int i = 0; i < adds; i++) {
        if (pulses.size() == waiting) {
          assertThat(pulses.first()).isNotNegative();
          pulses.removeFirst();
        }
        pulses.add(i % handles, i + 1);
        if (i % pause == 0) {
          assertThat(pulses.giveUp(i % handles)).isEqualTo(i + 1);
          looks++;
        }
      }
      assertThat(pulses.work())
          .as("a look every %d pulses", pause)
          .isLessThan(12L * (adds + looks + handles));
    }
  }

  @Test
  void tombstonesDoNotMakeItGrow() {
    WaitingPulses pulses = new WaitingPulses();
    pulses.add(0, 1); // nobody takes it
    pauseAndResume(pulses, 10_000); // until the index is there to stay
    assertThat(Allocations.of(() -> pauseAndResume(pulses, 100_000))).isLessThan(2_000);
    assertThat(pulses.size()).isEqualTo(1);
    assertThat(pulses.first()).isZero();
  }

  private static void pauseAndResume(WaitingPulses pulses, int times) {
    for (int i = 0; i < times; i++) {
      pulses.add(1, i);
      pulses.giveUp(1);
    }
  }

  @Test
  void whoNeverLooksPaysNothing() {
    WaitingPulses pulses = new WaitingPulses();
    passThrough(pulses, 1);
    assertThat(Allocations.of(() -> passThrough(pulses, 100))).isZero();
    assertThat(pulses.work()).isZero();
  }

  private static void passThrough(WaitingPulses pulses, int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < 1_000; i++) {
        pulses.add(i, i);
      }
      while (pulses.first() >= 0) {
        pulses.removeFirst();
      }
    }
  }
}
