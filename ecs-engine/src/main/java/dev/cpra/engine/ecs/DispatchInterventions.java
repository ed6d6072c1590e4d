package dev.cpra.engine.ecs;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.TimerHeap;

/// System: interventions that wait are offered to their lane, the longest due first, until it is
/// full.
final class DispatchInterventions {
  private static final int DETAIL_MAX = 127;

  private final Monitors monitors;
  private final Interventions interventions;
  private final LaneQueue queue;
  private final LaneLedger ledger;
  private final Transitions listener;

  DispatchInterventions(
      Monitors monitors,
      Interventions interventions,
      LaneQueue queue,
      LaneLedger ledger,
      Transitions listener) {
    this.monitors = monitors;
    this.interventions = interventions;
    this.queue = queue;
    this.ledger = ledger;
    this.listener = listener;
  }

  /// Returns how many the lane took.
  int run() {
    int taken = 0;
    TimerHeap waiting = interventions.waiting;
    for (; !waiting.isEmpty(); waiting.removeFirst()) {
      Pulse of = monitors.get((int) waiting.firstKey());
      long due = waiting.firstTime();
      if (Interventions.isDue(of, due, true)) {
        if (!dispatch(of, due)) {
          break;
        }
        taken++;
      }
    }
    return taken;
  }

  private boolean dispatch(Pulse of, long due) {
    long now = monitors.moment.now;
    long before = Monitors.vitals(of);
    long after = Lifecycle.interventionDispatched(before);
    int number = interventions.lastNumber + 1;
    int detail = Math.min(Vitals.attempts(after), DETAIL_MAX);
    long deadline = now + of.rules.interventionNanos();
    if (!queue.offer(of.handle, number, due, deadline, detail)) {
      return false;
    }
    interventions.lastNumber = number;
    Intervention intervention = monitors.addIntervention(of);
    intervention.booked = false;
    intervention.number = number;
    intervention.dueNanos = due;
    intervention.nanos = deadline;
    interventions.mayExpireAt(deadline);
    ledger.waiting--;
    ledger.dispatched++;
    ledger.inFlight++;
    listener.dispatched(Lane.INTERVENTION, of.handle, number, detail, due, now);
    monitors.store(of, before, after);
    return true;
  }
}
