package dev.cpra.engine.ecs;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;

/// System: what workers report of deliveries is applied, in the order in which it arrived.
final class ApplyCodeOutcomes {
  private final Monitors monitors;
  private final Codes codes;
  private final LaneQueue queue;
  private final LaneLedger ledger;
  private final Transitions listener;

  ApplyCodeOutcomes(
      Monitors monitors, Codes codes, LaneQueue queue, LaneLedger ledger, Transitions listener) {
    this.monitors = monitors;
    this.codes = codes;
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
    AlertQueue alerts = of == null ? null : Monitors.alertQueue(of);
    if (of == null
        || alerts == null
        || !alerts.inFlight()
        || alerts.number != number
        || outcome == Outcome.DISCARDED) {
      ledger.stale++;
      listener.stale(Lane.CODE, monitor, number, monitors.moment.now);
    } else if (outcome == Outcome.OK) {
      ledger.ok++;
      codes.end(of, alerts, Transitions.OK);
      codes.delivered(of, alerts);
    } else {
      ledger.failed++;
      codes.end(of, alerts, Transitions.FAILED);
      codes.deliveryFailed(of, alerts);
    }
  }
}
