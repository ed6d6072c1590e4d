package dev.cpra.engine.peers;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lifecycle;

/// Carries out what an event of the lifecycle asks for beside the new state.
final class Consequences {
  /// Yellow is raised before red when one event calls for both.
  private static final Code[] ORDER = {Code.YELLOW, Code.RED, Code.GREEN, Code.CYAN, Code.GRAY};

  private final Register register;
  private final InterventionLane interventions;
  private final CodeLane codes;

  Consequences(Register register, InterventionLane interventions, CodeLane codes) {
    this.register = register;
    this.interventions = interventions;
    this.codes = codes;
  }

  /// Stores the state of a [Lifecycle] result and carries out its effects.
  void apply(Watched one, long result) {
    register.store(one, Lifecycle.state(result));
    if ((result & Lifecycle.EFFECTS) != 0) {
      alert(one, Lifecycle.raised(result), Lifecycle.skipped(result));
      if ((result & Lifecycle.INTERVENTION_NOW) != 0) {
        interventions.schedule(one, register.now);
      } else if ((result & Lifecycle.INTERVENTION_LATER) != 0) {
        interventions.schedule(one, register.now + Register.retryDelay(one.rules));
      } else if ((result & Lifecycle.SETTLE) != 0) {
        one.trouble().interventionNanos = register.now + Register.retryDelay(one.rules);
      }
    }
    one.tidy();
  }

  private void alert(Watched one, int raised, int skipped) {
    if ((raised | skipped) == 0) {
      return;
    }
    for (Code code : ORDER) {
      if ((raised & code.bit()) != 0) {
        codes.raise(one, code);
      } else if ((skipped & code.bit()) != 0) {
        codes.skip(one, code);
      }
    }
  }
}
