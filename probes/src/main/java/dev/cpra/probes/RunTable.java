package dev.cpra.probes;

import io.netty.util.concurrent.Future;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The runs in flight on one loop, and the one timer that ends those whose time is up.
///
/// One lazy timer instead of one per run: most runs end long before their deadline, so arming and
/// cancelling a timer each would be pure cost. The timer stands at the earliest deadline known when
/// it was armed; when it fires it ends what is over and moves on to the earliest that is left.
/// Owned by the loop's thread.
final class RunTable implements Runnable {
  private final ProbeLoop loop;
  private ProbeRun[] runs = new ProbeRun[64];
  private int size;
  private long armedNanos = Long.MAX_VALUE;
  private @Nullable Future<?> timer;

  RunTable(ProbeLoop loop) {
    this.loop = loop;
  }

  int size() {
    return size;
  }

  void add(ProbeRun run) {
    if (size == runs.length) {
      runs = Arrays.copyOf(runs, size * 2);
    }
    run.slot = size;
    runs[size++] = run;
    if (run.deadlineNanos < armedNanos) {
      arm(run.deadlineNanos);
    }
  }

  @SuppressWarnings("NullAway") // freed places hold null, and nothing beyond size is read
  void remove(ProbeRun run) {
    int slot = run.slot;
    if (slot < 0) {
      return;
    }
    ProbeRun last = runs[--size];
    runs[slot] = last;
    last.slot = slot;
    runs[size] = null;
    run.slot = -1;
  }

  /// Ends what is over.
  @Override
  public void run() {
    timer = null;
    armedNanos = Long.MAX_VALUE;
    long now = loop.nanos();
    long earliest = Long.MAX_VALUE;
    // Downwards: a run that ends is replaced by the last one, which was seen already.
    for (int i = size - 1; i >= 0; i--) {
      if (i >= size) {
        continue;
      }
      ProbeRun run = runs[i];
      if (run.deadlineNanos <= now) {
        run.timeUp();
      } else {
        earliest = Math.min(earliest, run.deadlineNanos);
      }
    }
    if (earliest < armedNanos) {
      arm(earliest);
    }
  }

  /// Ends all runs of one listener that are still going.
  void abort(ProbeRun.Listener listener) {
    for (ProbeRun run : Arrays.copyOf(runs, size)) {
      if (run.belongsTo(listener)) {
        run.end(Reason.ABORTED, "the runner closed");
      }
    }
  }

  private void arm(long deadlineNanos) {
    if (timer != null) {
      timer.cancel(false);
    }
    armedNanos = deadlineNanos;
    long delay = Math.max(0, deadlineNanos - loop.nanos());
    timer = loop.eventLoop().schedule(this, delay, TimeUnit.NANOSECONDS);
  }
}
