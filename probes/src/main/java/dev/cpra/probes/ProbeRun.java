package dev.cpra.probes;

import dev.cpra.engine.Lane;
import org.jspecify.annotations.Nullable;

/// One execution of a [Probe]: started once, ended once. Every method is called on the thread of
/// the loop it runs on.
public abstract class ProbeRun {

  /// Who is told, on the loop's thread, that a run has ended. Called exactly once per run.
  interface Listener {
    void ended(ProbeRun run, CheckResult result);
  }

  // The job, as it came.
  Lane lane = Lane.PULSE;
  int monitor;
  int number;
  int detail;
  long dueNanos;

  // Where the run stands in its loop's table.
  int slot = -1;
  long deadlineNanos;

  // What it has used so far.
  int status;
  boolean waited;
  int connections;
  long bytesRead;
  long bytesWritten;
  long dnsNanos;
  long connectNanos;
  long tlsNanos;
  long firstByteNanos;
  long certificateExpiresSeconds;

  private @Nullable ProbeLoop loop;
  private @Nullable Listener listener;
  private long startNanos;
  private boolean ended;

  /// The job's monitor, a handle.
  protected final int monitor() {
    return monitor;
  }

  /// The job's detail: an alert's colour, an intervention's attempt.
  protected final int detail() {
    return detail;
  }

  /// The loop this runs on.
  protected final ProbeLoop loop() {
    ProbeLoop l = loop;
    if (l == null) {
      throw new IllegalStateException("the run has not begun");
    }
    return l;
  }

  /// Whether it has ended: callbacks that arrive later change nothing.
  protected final boolean hasEnded() {
    return ended;
  }

  /// Begins the work. It may [end][#end] before it returns; it must not block.
  protected abstract void start() throws Exception;

  /// What it waits for, if time runs out now.
  protected abstract Reason timeoutReason();

  /// Frees what the run holds. Called exactly once, when it ends.
  protected abstract void release();

  /// Ends the run. Without effect if it has ended already.
  protected final void end(Reason reason, String text) {
    if (ended) {
      return;
    }
    ended = true;
    ProbeLoop on = loop();
    on.runs().remove(this);
    try {
      release();
    } catch (RuntimeException e) {
      on.contained(e);
    }
    Listener told = listener;
    listener = null;
    if (told != null) {
      told.ended(
          this,
          new CheckResult(
              reason,
              text,
              status,
              connections,
              bytesRead,
              bytesWritten,
              dnsNanos,
              connectNanos,
              tlsNanos,
              firstByteNanos,
              on.nanos() - startNanos,
              certificateExpiresSeconds));
    }
  }

  /// Ends the run because of a defect: contained here, told as a failure.
  protected final void broken(Throwable defect) {
    if (!ended) {
      loop().contained(defect);
      end(Reason.EXCEPTION, "internal error: " + defect.getClass().getSimpleName());
    }
  }

  final void begin(ProbeLoop on, long nowNanos, long deadline, Listener whom) {
    loop = on;
    listener = whom;
    startNanos = nowNanos;
    deadlineNanos = deadline;
    on.runs().add(this);
    try {
      start();
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      broken(e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // whose it is, not what it equals
  final boolean belongsTo(Listener whom) {
    return listener == whom;
  }

  final void timeUp() {
    Reason reason = timeoutReason();
    end(reason, Failures.text(reason));
  }
}
