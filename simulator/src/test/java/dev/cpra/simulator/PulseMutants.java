package dev.cpra.simulator;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.contract.OracleEngine;
import dev.cpra.engine.contract.OracleMonitor;

/// Bugs in what becomes of a monitor's pulses.
final class PulseMutants {
  private PulseMutants() {}

  static final class PendingForEver extends OracleEngine {
    PendingForEver(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected void pulseEnded(OracleMonitor m, boolean ok) {
      super.pulseEnded(m, ok);
      m.state.vitals = Vitals.withPhase(m.state.vitals, Vitals.PULSE_IN_FLIGHT);
      m.state.pulseDeadlineNanos = Long.MAX_VALUE;
    }
  }

  static final class Deadless extends OracleEngine {
    Deadless(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected boolean hasPassed(long deadline) {
      return false;
    }
  }

  static final class Gullible extends OracleEngine {
    Gullible(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected boolean isOfJobInFlight(OracleMonitor m, Lane lane, int number) {
      return m.inFlight(lane);
    }
  }

  static final class Impatient extends OracleEngine {
    Impatient(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected void pulseEnded(OracleMonitor m, boolean ok) {
      super.pulseEnded(m, ok);
      if (!ok) {
        m.state.nextSlotNanos -= m.rules.intervalNanos();
      }
    }
  }

  static final class Meddling extends OracleEngine {
    Meddling(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected boolean mayPulse(OracleMonitor m) {
      return super.mayPulse(m) || m.phase() == Vitals.INTERVENTION_IN_FLIGHT;
    }

    @Override
    protected long settlesUntil(OracleMonitor m) {
      return m.phase() == Vitals.INTERVENTION_IN_FLIGHT ? 0 : super.settlesUntil(m);
    }
  }

  static final class Hasty extends OracleEngine {
    Hasty(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected long settlesUntil(OracleMonitor m) {
      return 0;
    }
  }

  static final class Forgiving extends OracleEngine {
    Forgiving(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected void pulseEnded(OracleMonitor m, boolean ok) {
      int streak = Vitals.streak(m.state.vitals);
      super.pulseEnded(m, ok);
      for (int i = 0; i < streak && !ok && m.phase() == Vitals.IDLE; i++) {
        m.state.vitals =
            Lifecycle.state(Lifecycle.pulseOk(m.state.vitals, m.rules.withThresholds(1, 9)));
      }
    }
  }

  static final class Drifting extends OracleEngine {
    private long now;

    Drifting(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    public int tick(long nowNanos) {
      now = Math.max(now, nowNanos);
      return super.tick(nowNanos);
    }

    @Override
    protected void pulseEnded(OracleMonitor m, boolean ok) {
      super.pulseEnded(m, ok);
      m.state.nextSlotNanos = now + m.rules.intervalNanos();
    }
  }
}
