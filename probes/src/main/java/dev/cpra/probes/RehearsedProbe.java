package dev.cpra.probes;

import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Does nothing for as long as its script says, then answers as it says.
///
/// @param failure share of its jobs that fail
record RehearsedProbe(Rehearsal script, double failure, long timeoutNanos) implements Probe {
  @Override
  public ProbeRun newRun() {
    return new Run(this);
  }

  private static final class Run extends ProbeRun implements Runnable {
    private final RehearsedProbe probe;
    private @Nullable Future<?> timer;
    private long hash;

    Run(RehearsedProbe probe) {
      this.probe = probe;
    }

    @Override
    protected void start() {
      hash = probe.script.hash(monitor, number);
      long latency = probe.script.latencyNanos(hash);
      timer = loop().eventLoop().schedule(this, latency, TimeUnit.NANOSECONDS);
    }

    /// The time the script gives it is over.
    @Override
    public void run() {
      timer = null;
      if (Rehearsal.fails(hash, probe.failure)) {
        end(Reason.STATUS, "failed, as the rehearsal's script has it");
      } else {
        end(Reason.OK, "");
      }
    }

    @Override
    protected Reason timeoutReason() {
      return Reason.TIMEOUT;
    }

    @Override
    protected void release() {
      if (timer != null) {
        timer.cancel(false);
      }
    }
  }
}
