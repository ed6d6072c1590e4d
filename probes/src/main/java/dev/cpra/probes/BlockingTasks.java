package dev.cpra.probes;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Virtual threads for work that blocks, at most so many at once. Thread-safe.
final class BlockingTasks implements AutoCloseable {
  private static final long CLOSE_SECONDS_MAX = 5;

  private final Semaphore room;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  BlockingTasks(int most) {
    room = new Semaphore(most);
  }

  /// Starts a task.
  ///
  /// @return null if too many run already
  @Nullable Future<?> start(Runnable task) {
    if (!room.tryAcquire()) {
      return null;
    }
    try {
      FutureTask<?> future = new FutureTask<>(task, null);
      // Around it: one that is cancelled before it runs makes room too.
      threads.execute(() -> {
        try {
          future.run();
        } finally {
          room.release();
        }
      });
      return future;
    } catch (RejectedExecutionException _) {
      room.release();
      return null;
    }
  }

  /// Interrupts what still runs and waits, within a bound, until it has cleaned up: the programs of
  /// checks are killed by these threads, and would outlive a process that ended first.
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      var _ = threads.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
