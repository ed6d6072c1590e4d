package dev.cpra.engine.ecs;

import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;

/// System: interventions whose deadline has passed end as expired, and those that no lane took in
/// time are given up, by handle.
///
/// The world is asked only when the earliest of these times has come; asking finds the next one.
final class ExpireOverdueInterventions {
  private final Monitors monitors;
  private final Interventions interventions;
  private final ApplyEffects effects;
  private final Roll roll;
  private final LaneLedger ledger;

  ExpireOverdueInterventions(
      Monitors monitors,
      Interventions interventions,
      ApplyEffects effects,
      Roll roll,
      LaneLedger ledger) {
    this.monitors = monitors;
    this.interventions = interventions;
    this.effects = effects;
    this.roll = roll;
    this.ledger = ledger;
  }

  /// Returns how many jobs expired.
  int run() {
    return interventions.earliestExpiry <= monitors.moment.now ? expire() : 0;
  }

  private int expire() {
    long now = monitors.moment.now;
    long next = Long.MAX_VALUE;
    int overdue = 0;
    roll.callInterventions();
    for (int i = 0; i < roll.size(); i++) {
      long at = expiryOf(monitors.get(roll.handle(i)));
      if (at <= now) {
        roll.keep(overdue++, roll.handle(i));
      } else {
        next = Math.min(next, at);
      }
    }
    interventions.earliestExpiry = next;
    roll.trim(overdue);
    int expired = 0;
    for (int i = 0; i < overdue; i++) {
      expired += expire(monitors.get(roll.handle(i)));
    }
    return expired;
  }

  private static long expiryOf(Pulse of) {
    Intervention intervention = Monitors.intervention(of);
    if (intervention == null) {
      return Long.MAX_VALUE;
    }
    if (of.phase() == Vitals.INTERVENTION_IN_FLIGHT) {
      return intervention.nanos;
    }
    return intervention.booked ? intervention.nanos + of.rules.interventionNanos() : Long.MAX_VALUE;
  }

  private int expire(Pulse of) {
    Intervention intervention = monitors.addIntervention(of);
    long before = Monitors.vitals(of);
    if (of.phase() == Vitals.INTERVENTION_IN_FLIGHT) {
      ledger.expired++;
      interventions.end(of, intervention, Transitions.EXPIRED);
      effects.apply(of, before, Lifecycle.interventionExpired(before, of.rules.monitor));
      return 1;
    }
    interventions.giveUp(of);
    effects.apply(of, before, Lifecycle.interventionNotTaken(before, of.rules.monitor));
    return 0;
  }
}
