package dev.cpra.engine.ecs;

import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Transitions;

/// System: deliveries whose deadline has passed end as expired, by handle. Asks the world as
/// [ExpireOverdueInterventions] does.
final class ExpireOverdueCodes {
  private final Monitors monitors;
  private final Codes codes;
  private final Roll roll;
  private final LaneLedger ledger;

  ExpireOverdueCodes(Monitors monitors, Codes codes, Roll roll, LaneLedger ledger) {
    this.monitors = monitors;
    this.codes = codes;
    this.roll = roll;
    this.ledger = ledger;
  }

  /// Returns how many expired.
  int run() {
    return codes.earliestExpiry <= monitors.moment.now ? expire() : 0;
  }

  private int expire() {
    long now = monitors.moment.now;
    long next = Long.MAX_VALUE;
    int overdue = 0;
    roll.callAlertQueues();
    for (int i = 0; i < roll.size(); i++) {
      AlertQueue queue = Monitors.alertQueue(monitors.get(roll.handle(i)));
      if (queue == null || !queue.inFlight()) {
        continue;
      }
      if (queue.nanos <= now) {
        roll.keep(overdue++, roll.handle(i));
      } else {
        next = Math.min(next, queue.nanos);
      }
    }
    codes.earliestExpiry = next;
    roll.trim(overdue);
    for (int i = 0; i < overdue; i++) {
      Pulse of = monitors.get(roll.handle(i));
      AlertQueue queue = monitors.addAlertQueue(of);
      ledger.expired++;
      codes.end(of, queue, Transitions.EXPIRED);
      codes.deliveryFailed(of, queue);
    }
    return overdue;
  }
}
