package dev.cpra.harness.work;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Wakes one sleeping worker thread. [#ring] may be called by any thread, [#sleep] by the worker
/// only.
public final class Doorbell {
  private volatile @Nullable Thread sleeper;

  /// Wakes the worker if it sleeps. What was published before is seen by the worker.
  public void ring() {
    // Queues publish with ordered stores: without this fence the read below could overtake them.
    VarHandle.fullFence();
    Thread thread = sleeper;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /// Sleeps until rung or until the time is over, unless there is work already.
  ///
  /// @param nanos at most this long
  /// @param work whether there is something to do, asked once before sleeping
  public void sleep(long nanos, BooleanSupplier work) {
    sleeper = Thread.currentThread();
    VarHandle.fullFence();
    try {
      if (!work.getAsBoolean()) {
        LockSupport.parkNanos(this, nanos);
      }
    } finally {
      sleeper = null;
    }
  }
}
