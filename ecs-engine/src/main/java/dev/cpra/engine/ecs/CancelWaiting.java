package dev.cpra.engine.ecs;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;

/// System: when the engine drains, everything that waits for a lane is cancelled. Monitors keep
/// their phase, alerts stay in their lists.
final class CancelWaiting {
  private final Monitors monitors;
  private final WaitingLine line;
  private final Interventions interventions;
  private final Codes codes;
  private final Roll roll;
  private final LaneLedger ledger;
  private final Transitions listener;

  CancelWaiting(
      Monitors monitors,
      WaitingLine line,
      Interventions interventions,
      Codes codes,
      Roll roll,
      LaneLedger ledger,
      Transitions listener) {
    this.monitors = monitors;
    this.line = line;
    this.interventions = interventions;
    this.codes = codes;
    this.roll = roll;
    this.ledger = ledger;
    this.listener = listener;
  }

  void run() {
    for (; line.next(); line.remove()) {
      Pulse of = line.pulse();
      ledger.waiting--;
      ledger.cancelled++;
      listener.cancelled(Lane.PULSE, of.handle, of.dueNanos(), monitors.moment.now);
      of.vitals = (int) Lifecycle.pulseGivenUp(of.vitals);
      monitors.forgetDue(of);
    }
    roll.callInterventions();
    roll.trim(roll.size());
    for (int i = 0; i < roll.size(); i++) {
      Pulse of = monitors.get(roll.handle(i));
      interventions.cancelBooked(of, monitors.addIntervention(of));
    }
    roll.callAlertQueues();
    roll.trim(roll.size());
    for (int i = 0; i < roll.size(); i++) {
      Pulse of = monitors.get(roll.handle(i));
      codes.cancelBooked(of, monitors.addAlertQueue(of));
    }
  }
}
