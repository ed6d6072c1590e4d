package dev.cpra.probes;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Looks when a job was last heard of. Nothing is sent.
final class HeartbeatProbe implements Probe {
  private final AtomicLong lastNanos;
  private final long graceNanos;
  private final long timeoutNanos;
  private final LongSupplier clock;

  HeartbeatProbe(AtomicLong lastNanos, long graceNanos, long timeoutNanos, LongSupplier clock) {
    this.lastNanos = lastNanos;
    this.graceNanos = graceNanos;
    this.timeoutNanos = timeoutNanos;
    this.clock = clock;
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public ProbeRun newRun() {
    return new ProbeRun() {
      @Override
      protected void start() {
        long silent = clock.getAsLong() - lastNanos.get();
        if (silent <= graceNanos) {
          end(Reason.OK, "");
        } else {
          end(
              Reason.SILENT,
              "silent for "
                  + TimeUnit.NANOSECONDS.toSeconds(silent)
                  + " s, expected a call within "
                  + TimeUnit.NANOSECONDS.toSeconds(graceNanos));
        }
      }

      @Override
      protected Reason timeoutReason() {
        return Reason.TIMEOUT;
      }

      @Override
      protected void release() {}
    };
  }
}
