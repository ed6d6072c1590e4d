package dev.cpra.engine.ecs;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.kit.TimerHeap;

/// System: first alerts that wait are offered to their lane, the longest due first, until it is
/// full.
final class DispatchCodes {
  private final Monitors monitors;
  private final Codes codes;
  private final LaneQueue queue;
  private final LaneLedger ledger;
  private final Transitions listener;

  DispatchCodes(
      Monitors monitors, Codes codes, LaneQueue queue, LaneLedger ledger, Transitions listener) {
    this.monitors = monitors;
    this.codes = codes;
    this.queue = queue;
    this.ledger = ledger;
    this.listener = listener;
  }

  /// Returns how many the lane took.
  int run() {
    int taken = 0;
    TimerHeap waiting = codes.waiting;
    for (; !waiting.isEmpty(); waiting.removeFirst()) {
      Pulse of = monitors.get((int) waiting.firstKey());
      long due = waiting.firstTime();
      if (Codes.isDue(of, due, true)) {
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
    AlertQueue alerts = monitors.addAlertQueue(of);
    int number = codes.lastNumber + 1;
    int colour = Alerts.colour(alerts.alerts, 0);
    long deadline = now + of.rules.codeNanos();
    if (!queue.offer(of.handle, number, due, deadline, colour)) {
      return false;
    }
    codes.lastNumber = number;
    alerts.alerts = Alerts.dispatched(alerts.alerts);
    alerts.booked = false;
    alerts.number = number;
    alerts.dueNanos = due;
    alerts.nanos = deadline;
    codes.mayExpireAt(deadline);
    ledger.waiting--;
    ledger.dispatched++;
    ledger.inFlight++;
    listener.dispatched(Lane.CODE, of.handle, number, colour, due, now);
    return true;
  }
}
