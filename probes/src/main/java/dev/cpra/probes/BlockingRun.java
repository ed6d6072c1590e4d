package dev.cpra.probes;

import dev.cpra.engine.Lane;
import org.jspecify.annotations.Nullable;

/// An execution that blocks, on a virtual thread of its own once there is room for it. When its
/// time is up it is interrupted, and what it may still do changes nothing.
abstract class BlockingRun extends ProbeRun implements BlockingTasks.Work {
  private BlockingTasks.@Nullable Task task;
  private long timeNanos;

  /// Does the work, off the loop.
  ///
  /// @return what was wrong, null if nothing
  abstract @Nullable Wrong work();

  @Override
  protected final void start() {
    timeNanos = deadlineNanos - loop().nanos();
    task = loop().blocking().start(lane, this);
    if (task == null) {
      waited = true;
      end(Reason.NO_ROOM, Failures.text(Reason.NO_ROOM));
    }
  }

  @Override
  protected final Reason timeoutReason() {
    return task != null && (task.isWaiting() || beganLate(task.waitedNanos()))
        ? Reason.NO_ROOM
        : Reason.TIMEOUT;
  }

  /// A check that waited for more than half its time and was cut off then may be well: it had less
  /// time than its monitor gives it.
  private boolean beganLate(long waitedNanos) {
    return lane == Lane.PULSE && waitedNanos > timeNanos / 2;
  }

  @Override
  protected final void release() {
    if (task != null) {
      waited = task.hasWaited();
      task.cancel();
    }
  }

  /// On the virtual thread.
  @Override
  public final void run() {
    ProbeLoop on = loop();
    Wrong wrong;
    try {
      wrong = work();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      on.execute(() -> broken(e));
      return;
    }
    Reason reason = wrong == null ? Reason.OK : wrong.reason();
    String text = wrong == null ? "" : wrong.text();
    on.execute(() -> end(reason, text));
  }
}
