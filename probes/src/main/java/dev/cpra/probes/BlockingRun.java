package dev.cpra.probes;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// An execution that blocks, on a virtual thread of its own. When its time is up it is interrupted,
/// and what it may still do changes nothing.
abstract class BlockingRun extends ProbeRun {
  private @Nullable Future<?> task;

  /// Does the work, off the loop.
  ///
  /// @return what was wrong, null if nothing
  abstract @Nullable Wrong work();

  @Override
  protected final void start() {
    ProbeLoop on = loop();
    task = on.blocking().start(() -> report(on));
    if (task == null) {
      end(Reason.LOCAL_LIMIT, "too many blocking jobs at once");
    }
  }

  @Override
  protected final Reason timeoutReason() {
    return Reason.TIMEOUT;
  }

  @Override
  protected final void release() {
    if (task != null) {
      task.cancel(true);
    }
  }

  private void report(ProbeLoop on) {
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
