package dev.cpra.engine.peers;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The JDK's `ScheduledThreadPoolExecutor` with one thread: a binary heap behind a lock. A timer
/// that is cancelled leaves the heap at once, as its documents advise for many timers.
final class JdkTimers extends ThreadedTimers {
  private final class JdkSlot extends Slot {
    private @Nullable ScheduledFuture<?> future;

    JdkSlot(int monitor) {
      super(monitor);
    }
  }

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("timer-jdk").factory());

  JdkTimers(long tickNanos) {
    super(tickNanos);
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  Slot slot(int monitor) {
    return new JdkSlot(monitor);
  }

  @Override
  void start(Slot slot, long delayNanos) {
    ((JdkSlot) slot).future = executor.schedule(slot, delayNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  void stop(Slot slot) {
    ScheduledFuture<?> future = ((JdkSlot) slot).future;
    if (future != null) {
      future.cancel(false);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
