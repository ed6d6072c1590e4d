package dev.cpra.simulator;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.contract.OracleEngine;
import dev.cpra.engine.contract.OracleMonitor;

/// Bugs in what an engine's owner asks of it: its account, draining, pausing.
final class OwnerMutants {
  private OwnerMutants() {}

  /// As the report had it that counted successes as processed: 348 ok, 612 failed, -75.86 %.
  static final class Miscounting extends OracleEngine {
    Miscounting(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    public Ledger ledger() {
      Ledger told = super.ledger().copy();
      told.pulse.dispatched = told.pulse.ok;
      return told;
    }
  }

  static final class Cancelling extends OracleEngine {
    Cancelling(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    public void drain(long nowNanos) {
      super.drain(nowNanos);
      for (OracleMonitor m : all()) {
        if (m.inFlight(Lane.PULSE)) {
          m.state.vitals = Vitals.withPhase(m.state.vitals, Vitals.IDLE);
        }
      }
    }
  }

  static final class Restless extends OracleEngine {
    Restless(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    public void pause(int monitor, boolean paused) {}
  }
}
