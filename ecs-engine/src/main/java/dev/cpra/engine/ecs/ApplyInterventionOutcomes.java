package dev.cpra.engine.ecs;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;

/// System: what workers report of interventions is applied, in the order in which it arrived.
final class ApplyInterventionOutcomes {
  private final Monitors monitors;
  private final Interventions interventions;
  private final ApplyEffects effects;
  private final LaneQueue queue;
  private final LaneLedger ledger;
  private final Transitions listener;

  ApplyInterventionOutcomes(
      Monitors monitors,
      Interventions interventions,
      ApplyEffects effects,
      LaneQueue queue,
      LaneLedger ledger,
      Transitions listener) {
    this.monitors = monitors;
    this.interventions = interventions;
    this.effects = effects;
    this.queue = queue;
    this.ledger = ledger;
    this.listener = listener;
  }

  /// Returns how many outcomes there were.
  int run() {
    int applied = 0;
    for (Batch batch; (batch = queue.pollOutcomes()) != null; ) {
      for (int i = 0; i < batch.size(); i++) {
        apply(batch.monitor(i), batch.number(i), batch.outcome(i));
      }
      applied += batch.size();
      queue.recycle(batch);
    }
    return applied;
  }

  private void apply(int monitor, int number, byte outcome) {
    ledger.outcomes++;
    Pulse of = monitors.find(monitor);
    Intervention intervention = of == null ? null : Monitors.intervention(of);
    if (of == null
        || intervention == null
        || of.phase() != Vitals.INTERVENTION_IN_FLIGHT
        || intervention.number != number
        || outcome == Outcome.DISCARDED) {
      ledger.stale++;
      listener.stale(Lane.INTERVENTION, monitor, number, monitors.moment.now);
      return;
    }
    long before = Monitors.vitals(of);
    if (outcome == Outcome.OK) {
      ledger.ok++;
      interventions.end(of, intervention, Transitions.OK);
      effects.apply(of, before, Lifecycle.interventionOk(before, of.rules.monitor));
    } else {
      ledger.failed++;
      interventions.end(of, intervention, Transitions.FAILED);
      effects.apply(of, before, Lifecycle.interventionFailed(before, of.rules.monitor));
    }
  }
}
