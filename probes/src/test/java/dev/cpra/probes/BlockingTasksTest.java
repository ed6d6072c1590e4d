package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class BlockingTasksTest {
  @Test
  void noMoreRunThanAllowed() {
    try (BlockingTasks tasks = new BlockingTasks(2)) {
      CountDownLatch end = new CountDownLatch(1);
      Runnable waits =
          () -> {
            try {
              end.await();
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          };
      assertThat(tasks.start(waits)).isNotNull();
      assertThat(tasks.start(waits)).isNotNull();
      assertThat(tasks.start(waits)).isNull();
      end.countDown();
      Await.until("there is room again", () -> tasks.start(() -> {}) != null);
    }
  }

  /// Kills a close that leaves the killing of programs to threads that end with the process.
  @Test
  void closingWaitsForWhatIsInterrupted() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    AtomicBoolean cleaned = new AtomicBoolean();
    try (BlockingTasks tasks = new BlockingTasks(1)) {
      Runnable cleansUp =
          () -> {
            began.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException _) {
              LockSupport.parkNanos(200_000_000); // as long as killing takes
              cleaned.set(true);
            }
          };
      assertThat(tasks.start(cleansUp)).isNotNull();
      began.await();
    }
    assertThat(cleaned).isTrue();
  }

  @Test
  void aTaskThatIsCancelledBeforeItRunsMakesRoomToo() {
    try (BlockingTasks tasks = new BlockingTasks(1)) {
      for (int i = 0; i < 2_000; i++) {
        Await.until(
            "there is room",
            () -> {
              Future<?> started = tasks.start(() -> {});
              if (started != null) {
                var _ = started.cancel(true);
              }
              return started != null;
            });
      }
    }
  }
}
