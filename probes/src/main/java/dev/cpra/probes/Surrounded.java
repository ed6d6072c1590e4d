package dev.cpra.probes;

import org.jspecify.annotations.Nullable;

/// A probe with a [Ceremony] around each execution. Immutable.
///
/// @param act what is done in the middle
/// @param ceremonies what is done around it
public record Surrounded(Probe act, Ceremony.Maker ceremonies) implements Probe {
  /// What the ceremony may take beside the act's own time; the job's deadline has room for it.
  private static final long ALLOWANCE_NANOS = 1_000_000_000;

  @Override
  public long timeoutNanos() {
    return act.timeoutNanos() + ALLOWANCE_NANOS;
  }

  @Override
  public ProbeRun newRun() {
    return new Run(this);
  }

  private static final class Run extends ProbeRun {
    private final Surrounded probe;
    private @Nullable Ceremony ceremony;
    private BlockingTasks.@Nullable Task before;
    private @Nullable ProbeRun act;

    Run(Surrounded probe) {
      this.probe = probe;
    }

    @Override
    protected void start() {
      ProbeLoop on = loop();
      Ceremony made = probe.ceremonies.make(monitor, number, detail);
      ceremony = made;
      if (made.isReady()) {
        act(made);
        return;
      }
      before = on.blocking().start(lane, () -> before(on, made));
      if (before == null) {
        waited = true;
        end(Reason.NO_ROOM, Failures.text(Reason.NO_ROOM));
      }
    }

    private void before(ProbeLoop on, Ceremony made) {
      Ceremony.Refusal refusal;
      try {
        refusal = made.before();
      } catch (InterruptedException _) {
        return; // the run has ended
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        on.execute(() -> broken(e));
        return;
      }
      on.execute(() -> {
        if (refusal != null) {
          end(refusal.reason(), refusal.text());
        } else if (hasEnded()) {
          made.after(null);
        } else {
          act(made);
        }
      });
    }

    private void act(Ceremony made) {
      ProbeRun run;
      try {
        run = probe.act.newRun();
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        made.after(null);
        broken(e);
        return;
      }
      run.lane = lane;
      run.monitor = monitor;
      run.number = number;
      run.detail = probe.act.detail(detail);
      run.dueNanos = dueNanos;
      act = run;
      long now = loop().nanos();
      long own = now + probe.act.timeoutNanos();
      run.begin(loop(), now, Math.min(deadlineNanos, own), this::actEnded);
    }

    private void actEnded(ProbeRun run, CheckResult result) {
      Ceremony made = ceremony;
      if (made != null) {
        made.after(result);
      }
      status = run.status;
      connections = run.connections;
      bytesRead = run.bytesRead;
      bytesWritten = run.bytesWritten;
      end(result.reason(), result.text());
    }

    @Override
    protected Reason timeoutReason() {
      if (act != null) {
        return act.timeoutReason();
      }
      return before != null && before.isWaiting() ? Reason.NO_ROOM : Reason.TIMEOUT;
    }

    @Override
    protected void release() {
      if (before != null) {
        waited = before.hasWaited();
        before.cancel();
      }
      if (act != null) {
        act.end(Reason.ABORTED, "cut off");
        waited |= act.waited;
      }
    }
  }
}
