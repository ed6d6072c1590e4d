package dev.cpra.daemon.core;

import dev.cpra.probes.Probe;
import dev.cpra.probes.ProbeRun;
import dev.cpra.probes.Reason;

/// Looks whether interventions are frozen. Immutable.
record BreakerProbe(Safeguard safeguard, long timeoutNanos) implements Probe {
  @Override
  public ProbeRun newRun() {
    return new ProbeRun() {
      @Override
      protected void start() {
        String frozen = safeguard.frozen();
        if (frozen == null) {
          end(Reason.OK, "");
        } else {
          end(Reason.HELD_BACK, frozen);
        }
      }

      @Override
      protected Reason timeoutReason() {
        return Reason.TIMEOUT;
      }

      @Override
      protected void release() {
        // Nothing is held.
      }
    };
  }
}
