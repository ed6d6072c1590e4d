package dev.cpra.engine.ecs;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.CallBuffer;

/// System: what was called since the last tick takes effect, in call order.
final class ApplyCalls {
  private final Monitors monitors;
  private final WaitingLine line;
  private final Interventions interventions;
  private final Codes codes;
  private final ApplyEffects effects;
  private final Ledger ledger;
  private final Transitions listener;

  ApplyCalls(
      Monitors monitors,
      WaitingLine line,
      Interventions interventions,
      Codes codes,
      ApplyEffects effects,
      Ledger ledger,
      Transitions listener) {
    this.monitors = monitors;
    this.line = line;
    this.interventions = interventions;
    this.codes = codes;
    this.effects = effects;
    this.ledger = ledger;
    this.listener = listener;
  }

  void run(CallBuffer calls) {
    for (int i = 0; i < calls.size(); i++) {
      apply(calls.kind(i), calls.monitor(i), calls.argument(i));
    }
    calls.clear();
  }

  private void apply(byte kind, int monitor, long argument) {
    if (!monitors.handles.isUsed(monitor)) {
      applyToRemoved(kind, argument);
      return;
    }
    Pulse of = monitors.get(monitor);
    switch (kind) {
      case CallBuffer.UPDATE -> update(of, monitors.rules.get((int) argument));
      case CallBuffer.REMOVE -> remove(of);
      case CallBuffer.PAUSE -> pause(of);
      case CallBuffer.RESUME -> resume(of);
      default -> runNow(of, argument);
    }
  }

  /// An earlier call of the same tick removed the monitor.
  private void applyToRemoved(byte kind, long argument) {
    if (kind == CallBuffer.UPDATE) {
      monitors.rules.release((int) argument);
    } else if (kind == CallBuffer.RUN_NOW) {
      ledger.runNowIgnored++;
    }
  }

  private void update(Pulse of, Rules rules) {
    Rules old = of.rules;
    if (of.hasPulse()) {
      monitors.keepDue(of, of.dueNanos());
    }
    of.rules = rules;
    long slot = of.slotNanos;
    long now = monitors.moment.now;
    long regridded = Lifecycle.regrid(slot, old.intervalNanos, rules.intervalNanos, now);
    if (rules.intervalNanos != old.intervalNanos && regridded != slot) {
      monitors.schedule(of, regridded);
    }
    monitors.rules.release(old.id);
    if (of.phase() == Vitals.INTERVENTION_DUE) {
      if (rules.monitor.intervention() == null) {
        interventions.giveUp(of);
        long before = Monitors.vitals(of);
        effects.apply(of, before, Lifecycle.interventionGivenUp(before));
      } else {
        interventions.mayExpireAt(monitors.moment.now);
      }
    }
    Incident incident = Monitors.incident(of);
    AlertRules alerts = rules.monitor.alerts();
    if (incident != null && !Codes.reminds(alerts)) {
      incident.remindNanos = 0;
    }
  }

  private void pause(Pulse of) {
    if (of.has(Vitals.PAUSED)) {
      return;
    }
    if (of.has(Vitals.WAITING)) {
      ledger.pulse.waiting--;
      ledger.pulse.missed++;
      listener.missed(of.handle, of.dueNanos(), 1, monitors.moment.now);
      monitors.forgetDue(of);
    }
    if (of.phase() == Vitals.INTERVENTION_DUE) {
      interventions.giveUp(of);
    }
    long before = Monitors.vitals(of);
    effects.apply(of, before, Lifecycle.pause(before));
  }

  private void resume(Pulse of) {
    if (of.has(Vitals.PAUSED)) {
      long before = Monitors.vitals(of);
      effects.apply(of, before, Lifecycle.resume(before));
      codes.checkReminder(of);
    }
  }

  private void runNow(Pulse of, long dueNanos) {
    if (monitors.moment.draining || !Lifecycle.hearsRunNow(of.vitals)) {
      ledger.runNowIgnored++;
      return;
    }
    ledger.pulse.due++;
    ledger.pulse.waiting++;
    of.vitals = (int) Lifecycle.pulseWaits(of.vitals);
    monitors.keepDue(of, dueNanos);
    line.add(of.handle, dueNanos);
  }

  // --- remove

  private void remove(Pulse of) {
    long now = monitors.moment.now;
    removePulse(of, now);
    Intervention intervention = Monitors.intervention(of);
    if (intervention != null) {
      if (of.phase() == Vitals.INTERVENTION_IN_FLIGHT) {
        ledger.intervention.cancelledInFlight++;
        interventions.end(of, intervention, Transitions.CANCELLED);
      } else {
        interventions.cancelBooked(of, intervention);
      }
    }
    AlertQueue queue = Monitors.alertQueue(of);
    if (queue != null) {
      if (queue.inFlight()) {
        ledger.code.cancelledInFlight++;
        codes.end(of, queue, Transitions.CANCELLED);
      } else {
        codes.cancelBooked(of, queue);
      }
      codes.drop(of, queue);
    }
    monitors.delete(of);
    listener.removed(of.handle, now);
  }

  private void removePulse(Pulse of, long now) {
    LaneLedger pulse = ledger.pulse;
    if (of.has(Vitals.WAITING)) {
      pulse.waiting--;
      pulse.cancelled++;
      listener.cancelled(Lane.PULSE, of.handle, of.dueNanos(), now);
    } else if (of.phase() == Vitals.PULSE_IN_FLIGHT) {
      pulse.inFlight--;
      pulse.cancelledInFlight++;
      monitors.marks.end(of);
      listener.ended(Lane.PULSE, of.handle, of.number, Transitions.CANCELLED, of.dueNanos(), now);
    }
  }
}
