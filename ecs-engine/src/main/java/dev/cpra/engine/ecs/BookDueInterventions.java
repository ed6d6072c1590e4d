package dev.cpra.engine.ecs;

import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.kit.TimerHeap;

/// System: interventions whose time has come are due and wait for their lane.
final class BookDueInterventions {
  private final Monitors monitors;
  private final Interventions interventions;
  private final LaneLedger ledger;
  private final TimerHeap.Meant isWaiting;

  BookDueInterventions(Monitors monitors, Interventions interventions, LaneLedger ledger) {
    this.monitors = monitors;
    this.interventions = interventions;
    this.ledger = ledger;
    isWaiting = (nanos, key) -> Interventions.isDue(monitors.get((int) key), nanos, true);
  }

  void run() {
    TimerHeap due = interventions.due;
    while (due.firstTime() <= monitors.moment.now) {
      long nanos = due.firstTime();
      Pulse of = monitors.get((int) due.firstKey());
      due.removeFirst();
      if (Interventions.isDue(of, nanos, false)) {
        monitors.addIntervention(of).booked = true;
        ledger.due++;
        ledger.waiting++;
        interventions.waiting.add(nanos, of.handle, 0, isWaiting);
        interventions.mayExpireAt(nanos + of.rules.interventionNanos());
      }
    }
  }
}
