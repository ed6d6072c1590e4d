package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Lane;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class BlockingTasksTest {
  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void noMoreRunThanAllowedAndTheOthersWaitInTheirOrder() {
    try (BlockingTasks tasks = new BlockingTasks(2, 8)) {
      CountDownLatch end = new CountDownLatch(1);
      AtomicInteger running = new AtomicInteger();
      AtomicInteger most = new AtomicInteger();
      List<Integer> order = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 6; i++) {
        int each = i;
        assertThat(
                tasks.start(
                    Lane.PULSE,
                    () -> {
                      most.accumulateAndGet(running.incrementAndGet(), Math::max);
                      if (each < 2) {
                        await(end);
                      } else {
                        order.add(each);
                      }
                      running.decrementAndGet();
                    }))
            .isNotNull();
      }
      Await.until("two run", () -> running.get() == 2);
      assertThat(order).isEmpty();
      end.countDown();
      Await.until("the others ran too", () -> order.size() == 4);
      assertThat(most.get()).isLessThanOrEqualTo(2);
      assertThat(order.getFirst()).isLessThanOrEqualTo(3); // of two at once either may be first
    }
  }

  /// Kills room that all lanes share.
  @Test
  void aLaneWithoutRoomLeavesTheOthersTheirs() {
    try (BlockingTasks tasks = new BlockingTasks(1, 8)) {
      CountDownLatch end = new CountDownLatch(1);
      var slow = tasks.start(Lane.PULSE, () -> await(end));
      var waits = tasks.start(Lane.PULSE, () -> {});
      CountDownLatch repaired = new CountDownLatch(1);
      CountDownLatch told = new CountDownLatch(1);
      assertThat(tasks.start(Lane.INTERVENTION, repaired::countDown)).isNotNull();
      assertThat(tasks.start(Lane.CODE, told::countDown)).isNotNull();
      Await.until("repairs and alerts run", () -> repaired.getCount() + told.getCount() == 0);
      assertThat(slow).isNotNull().extracting(BlockingTasks.Task::hasWaited).isEqualTo(false);
      assertThat(waits).isNotNull().extracting(BlockingTasks.Task::hasWaited).isEqualTo(true);
      assertThat(waits).extracting(BlockingTasks.Task::isWaiting).isEqualTo(true);
      end.countDown();
    }
  }

  @Test
  void noMoreWaitThanAllowedAndWhatIsTakenBackNeverRuns() {
    try (BlockingTasks tasks = new BlockingTasks(1, 2)) {
      CountDownLatch end = new CountDownLatch(1);
      AtomicInteger ran = new AtomicInteger();
      assertThat(tasks.start(Lane.CODE, () -> await(end))).isNotNull();
      var first = tasks.start(Lane.CODE, ran::incrementAndGet);
      var second = tasks.start(Lane.CODE, ran::incrementAndGet);
      assertThat(tasks.start(Lane.CODE, ran::incrementAndGet)).isNull();
      if (first == null || second == null) {
        throw new AssertionError("there was no room to wait");
      }
      first.cancel();
      var third = tasks.start(Lane.CODE, ran::incrementAndGet);
      assertThat(third).isNotNull();
      end.countDown();
      Await.until("both that are left ran", () -> ran.get() == 2);
      assertThat(first.isWaiting()).isTrue();
    }
  }

  /// Kills room that is given back while something still goes on.
  @Test
  void whatLingersKeepsItsRoom() {
    try (BlockingTasks tasks = new BlockingTasks(1, 8)) {
      CountDownLatch gone = new CountDownLatch(1);
      AtomicBoolean worked = new AtomicBoolean();
      var work =
          new BlockingTasks.Work() {
            @Override
            public void run() {
              worked.set(true);
            }

            @Override
            public void linger() throws InterruptedException {
              gone.await();
            }
          };
      var lingers = tasks.start(Lane.PULSE, work);
      if (lingers == null) {
        throw new AssertionError("there was no room");
      }
      Await.until("its work is done", worked::get);
      lingers.cancel(); // interrupts the work at most
      AtomicBoolean next = new AtomicBoolean();
      var waits = tasks.start(Lane.PULSE, () -> next.set(true));
      assertThat(waits).isNotNull().extracting(BlockingTasks.Task::hasWaited).isEqualTo(true);
      gone.countDown();
      Await.until("there is room again", next::get);
    }
  }

  /// Kills a close that leaves the killing of programs to threads that end with the process.
  @Test
  void closingWaitsForWhatIsInterrupted() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    AtomicBoolean cleaned = new AtomicBoolean();
    try (BlockingTasks tasks = new BlockingTasks(1, 1)) {
      BlockingTasks.Work cleansUp =
          () -> {
            began.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException _) {
              LockSupport.parkNanos(200_000_000); // as long as killing takes
              cleaned.set(true);
            }
          };
      assertThat(tasks.start(Lane.PULSE, cleansUp)).isNotNull();
      began.await();
    }
    assertThat(cleaned).isTrue();
  }

  @Test
  void aTaskThatIsCancelledBeforeItRunsMakesRoomToo() {
    try (BlockingTasks tasks = new BlockingTasks(1, 1)) {
      for (int i = 0; i < 2_000; i++) {
        Await.until(
            "there is room",
            () -> {
              var started = tasks.start(Lane.PULSE, () -> {});
              if (started != null) {
                started.cancel();
              }
              return started != null && !started.hasWaited();
            });
      }
    }
  }
}
