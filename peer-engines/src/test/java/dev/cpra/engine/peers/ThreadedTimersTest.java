package dev.cpra.engine.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ThreadedTimersTest {
  private static final long MS = 1_000_000;

  /// Timers of the worst kind: each fires in the moment it is started.
  private static final class Hasty extends ThreadedTimers {
    int started;

    Hasty() {
      super(MS);
    }

    @Override
    Slot slot(int monitor) {
      return new Slot(monitor);
    }

    @Override
    void start(Slot slot, long delayNanos) {
      started++;
      slot.run();
    }

    @Override
    void stop(Slot slot) {}

    @Override
    public void close() {}
  }

  /// Kills a loop until the queue is empty: a timer that fires before its tick, armed again, may
  /// have fired again before the loop looks for the next one.
  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void timersThatKeepFiringEarlyDoNotHoldTheOwner() {
    DueSlots due = new DueSlots();
    try (Hasty timers = new Hasty()) {
      timers.begin(0);
      timers.arm(7, 5);
      timers.arm(8, 1);

      timers.collect(1, due);

      assertThat(due.next()).isTrue();
      assertThat(due.monitor()).isEqualTo(8);
      assertThat(due.next()).isFalse();
      assertThat(timers.started).isEqualTo(3);
      assertThat(timers.earliestTick()).isZero();
      assertThat(timers.isArmed(7)).isTrue();

      timers.collect(5, due);
      assertThat(due.next()).isTrue();
      assertThat(due.monitor()).isEqualTo(7);
      assertThat(timers.earliestTick()).isEqualTo(SlotTimers.NEVER);
    }
  }
}
