package dev.cpra.engine.ecs;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lifecycle;

/// Stores what [Lifecycle] made of an event, and carries out what it asks for beside:
/// interventions, settling, alerts.
final class ApplyEffects {
  /// Yellow goes before red when one event calls for both.
  private static final Code[] ORDER = {Code.YELLOW, Code.RED, Code.GREEN, Code.CYAN, Code.GRAY};

  private final Monitors monitors;
  private final Interventions interventions;
  private final Codes codes;

  ApplyEffects(Monitors monitors, Interventions interventions, Codes codes) {
    this.monitors = monitors;
    this.interventions = interventions;
    this.codes = codes;
  }

  void apply(Pulse of, long before, long result) {
    monitors.store(of, before, Lifecycle.state(result));
    if ((result & Lifecycle.EFFECTS) != 0) {
      carryOut(of, result);
    }
    monitors.tidyIntervention(of);
  }

  private void carryOut(Pulse of, long result) {
    long now = monitors.moment.now;
    if ((result & Lifecycle.INTERVENTION_NOW) != 0) {
      interventions.schedule(of, now);
    } else if ((result & Lifecycle.INTERVENTION_LATER) != 0) {
      interventions.schedule(of, now + of.rules.retryDelayNanos());
    } else if ((result & Lifecycle.SETTLE) != 0) {
      interventions.settle(of, now + of.rules.retryDelayNanos());
    }
    int raised = Lifecycle.raised(result);
    int skipped = Lifecycle.skipped(result);
    if ((raised | skipped) != 0) {
      for (Code code : ORDER) {
        if ((raised & code.bit()) != 0) {
          codes.raise(of, code);
        } else if ((skipped & code.bit()) != 0) {
          codes.skip(of, code);
        }
      }
    }
  }
}
