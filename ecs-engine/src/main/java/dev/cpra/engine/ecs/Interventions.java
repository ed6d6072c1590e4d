package dev.cpra.engine.ecs;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.TimerHeap;

/// What the systems of the intervention lane share: when interventions are due, which wait, when
/// the next may expire.
///
/// The two heaps are indexes beside the world, ordered by time and handle. Their entries are not
/// cancelled: one counts only while the component still says the same. Entries that wait and no
/// longer count are swept out before that heap grows.
final class Interventions {
  final TimerHeap due = new TimerHeap(4);
  final TimerHeap waiting = new TimerHeap(4);

  /// No intervention expires, and none has waited too long, before this time.
  long earliestExpiry = Long.MAX_VALUE;

  /// The number dispatched last.
  int lastNumber;

  private final Monitors monitors;
  private final LaneLedger ledger;
  private final Transitions listener;

  Interventions(Monitors monitors, LaneLedger ledger, Transitions listener) {
    this.monitors = monitors;
    this.ledger = ledger;
    this.listener = listener;
  }

  /// An intervention becomes due at this time.
  void schedule(Pulse of, long nanos) {
    monitors.addIntervention(of).nanos = nanos;
    due.add(nanos, of.handle, 0);
  }

  /// The target settles until this time.
  void settle(Pulse of, long nanos) {
    monitors.addIntervention(of).nanos = nanos;
  }

  void mayExpireAt(long nanos) {
    earliestExpiry = Math.min(earliestExpiry, nanos);
  }

  /// Whether a monitor's intervention is due at this time, booked or not.
  static boolean isDue(Pulse of, long nanos, boolean booked) {
    Intervention intervention = Monitors.intervention(of);
    return intervention != null
        && of.phase() == Vitals.INTERVENTION_DUE
        && intervention.booked == booked
        && intervention.nanos == nanos;
  }

  /// Gives up a due intervention, accounted as cancelled if its time had come. The caller changes
  /// the phase.
  void giveUp(Pulse of) {
    Intervention intervention = monitors.addIntervention(of);
    cancelBooked(of, intervention);
    intervention.nanos = 0;
  }

  /// Accounts for a booked intervention that its lane did not take.
  void cancelBooked(Pulse of, Intervention intervention) {
    if (intervention.booked) {
      intervention.booked = false;
      ledger.waiting--;
      ledger.cancelled++;
      listener.cancelled(Lane.INTERVENTION, of.handle, intervention.nanos, monitors.moment.now);
    }
  }

  /// Ends the job in flight; the caller counts how.
  void end(Pulse of, Intervention intervention, int how) {
    ledger.inFlight--;
    listener.ended(
        Lane.INTERVENTION,
        of.handle,
        intervention.number,
        how,
        intervention.dueNanos,
        monitors.moment.now);
    intervention.number = 0;
    intervention.nanos = 0;
  }
}
