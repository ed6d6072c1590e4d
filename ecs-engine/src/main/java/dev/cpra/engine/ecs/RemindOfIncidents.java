package dev.cpra.engine.ecs;

import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Vitals;

/// System: an open incident's red is repeated when its time has come, nothing is undelivered and
/// the monitor is not paused. Asks the world as [ExpireOverdueInterventions] does.
final class RemindOfIncidents {
  private final Monitors monitors;
  private final Codes codes;
  private final ApplyEffects effects;
  private final Roll roll;

  RemindOfIncidents(Monitors monitors, Codes codes, ApplyEffects effects, Roll roll) {
    this.monitors = monitors;
    this.codes = codes;
    this.effects = effects;
    this.roll = roll;
  }

  void run() {
    if (codes.earliestReminder <= monitors.moment.now) {
      remind();
    }
  }

  private void remind() {
    long now = monitors.moment.now;
    long next = Long.MAX_VALUE;
    int due = 0;
    roll.callIncidents();
    for (int i = 0; i < roll.size(); i++) {
      Pulse of = monitors.get(roll.handle(i));
      long at = reminderOf(of);
      if (at <= now) {
        roll.keep(due++, of.handle);
      } else {
        next = Math.min(next, at);
      }
    }
    codes.earliestReminder = next;
    roll.trim(due);
    for (int i = 0; i < due; i++) {
      Pulse of = monitors.get(roll.handle(i));
      long before = Monitors.vitals(of);
      effects.apply(of, before, Lifecycle.remind(before, of.rules.monitor));
    }
  }

  /// When a monitor may be reminded of; when it next may is noted by whatever makes that so.
  private static long reminderOf(Pulse of) {
    Incident incident = Monitors.incident(of);
    if (incident == null
        || incident.remindNanos == 0
        || Monitors.alertQueue(of) != null
        || of.has(Vitals.PAUSED)) {
      return Long.MAX_VALUE;
    }
    return incident.remindNanos;
  }
}
