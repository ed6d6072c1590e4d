package dev.cpra.probes;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Looks when a job was last heard of. Nothing is sent. The job may call from [#attach] on.
final class HeartbeatProbe implements Probe {
  private final Heartbeats heartbeats;
  private final String id;
  private final long graceNanos;
  private final long timeoutNanos;
  private final LongSupplier clock;
  private volatile AtomicLong lastNanos;

  HeartbeatProbe(
      Heartbeats heartbeats, String id, long graceNanos, long timeoutNanos, LongSupplier clock) {
    this.heartbeats = heartbeats;
    this.id = id;
    this.graceNanos = graceNanos;
    this.timeoutNanos = timeoutNanos;
    this.clock = clock;
    this.lastNanos = heartbeats.last(id);
  }

  @Override
  public void attach() {
    lastNanos = heartbeats.register(id);
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
