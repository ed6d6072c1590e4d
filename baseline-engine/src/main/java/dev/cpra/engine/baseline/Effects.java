package dev.cpra.engine.baseline;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;

/// Carries out what a lifecycle event asks for beside the new state: alerts, interventions,
/// settling.
final class Effects {
  /// Yellow is raised before red when one event calls for both.
  private static final Code[] ORDER = {Code.YELLOW, Code.RED, Code.GREEN, Code.CYAN, Code.GRAY};

  private final Monitors monitors;
  private final Interventions interventions;
  private final Codes codes;

  Effects(Monitors monitors, Interventions interventions, Codes codes) {
    this.monitors = monitors;
    this.interventions = interventions;
    this.codes = codes;
  }

  /// Stores the state of a [Lifecycle] result and carries out its effects.
  void apply(int monitor, long before, long result, MonitorRules rules) {
    monitors.store(monitor, before, Lifecycle.state(result));
    if ((result & Lifecycle.EFFECTS) != 0) {
      carryOut(monitor, result, rules);
    }
    monitors.tidy(monitor);
  }

  private void carryOut(int monitor, long result, MonitorRules rules) {
    int raised = Lifecycle.raised(result);
    int skipped = Lifecycle.skipped(result);
    if ((raised | skipped) != 0) {
      for (Code code : ORDER) {
        if ((raised & code.bit()) != 0) {
          codes.raise(monitor, code, rules);
        } else if ((skipped & code.bit()) != 0) {
          codes.skip(monitor, code);
        }
      }
    }
    if ((result & Lifecycle.INTERVENTION_NOW) != 0) {
      interventions.schedule(monitor, monitors.now);
    } else if ((result & Lifecycle.INTERVENTION_LATER) != 0) {
      interventions.schedule(monitor, monitors.now + Monitors.retryDelay(rules));
    } else if ((result & Lifecycle.SETTLE) != 0) {
      interventions.settle(monitor, monitors.now + Monitors.retryDelay(rules));
    }
  }
}
