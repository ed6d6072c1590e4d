package dev.cpra.simulator;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.contract.OracleEngine;
import dev.cpra.engine.contract.OracleMonitor;

/// Bugs in what becomes of a monitor's alerts.
final class AlertMutants {
  private AlertMutants() {}

  static final class Overwriting extends OracleEngine {
    Overwriting(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected void raise(OracleMonitor m, Code code) {
      if (code == Code.RED && !Alerts.inFlight(m.state.alerts)) {
        m.state.alerts = Alerts.NONE;
      }
      super.raise(m, code);
    }
  }

  static final class Unconfigured extends OracleEngine {
    Unconfigured(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected void skip(OracleMonitor m, Code code) {
      if ((m.rules.alerts().codes() & code.bit()) == 0) {
        raise(m, code);
      } else {
        super.skip(m, code);
      }
    }
  }

  static final class Stubborn extends OracleEngine {
    Stubborn(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected void deliveryFailed(OracleMonitor m) {
      m.state.alerts = Alerts.restored(m.state.alerts);
      m.state.codeNanos = 0;
    }
  }

  static final class Greenless extends OracleEngine {
    Greenless(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected void raise(OracleMonitor m, Code code) {
      if (code != Code.GREEN) {
        super.raise(m, code);
      }
    }
  }
}
