package dev.cpra.engine.ecs;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;

/// System: pulses in flight whose deadline has passed end as expired, by handle.
final class ExpireOverduePulses {
  private final Monitors monitors;
  private final ApplyEffects effects;
  private final LaneLedger ledger;
  private final Transitions listener;

  ExpireOverduePulses(
      Monitors monitors, ApplyEffects effects, LaneLedger ledger, Transitions listener) {
    this.monitors = monitors;
    this.effects = effects;
    this.ledger = ledger;
    this.listener = listener;
  }

  /// Returns how many expired.
  int run() {
    long now = monitors.moment.now;
    Deadlines deadlines = monitors.deadlines;
    int count = deadlines.collect(now);
    for (int i = 0; i < count; i++) {
      Pulse of = monitors.get(deadlines.monitor(i));
      ledger.inFlight--;
      ledger.expired++;
      listener.ended(Lane.PULSE, of.handle, of.number, Transitions.EXPIRED, of.dueNanos(), now);
      monitors.marks.end(of);
      monitors.forgetDue(of);
      long before = Monitors.vitals(of);
      effects.apply(of, before, Lifecycle.pulseExpired(before, of.rules.monitor));
    }
    return count;
  }
}
