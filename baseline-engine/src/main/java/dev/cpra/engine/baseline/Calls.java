package dev.cpra.engine.baseline;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.CallBuffer;

/// Carries out, at the start of a tick, what was called since the last one.
final class Calls {
  private final Monitors monitors;
  private final HotRecords hot;
  private final RareRecords rare;
  private final Ledger ledger;
  private final Transitions listener;
  private final Pulses pulses;
  private final Interventions interventions;
  private final Codes codes;

  Calls(Monitors monitors, Pulses pulses, Interventions interventions, Codes codes) {
    this.monitors = monitors;
    this.hot = monitors.hot;
    this.rare = monitors.rare;
    this.ledger = monitors.ledger;
    this.listener = monitors.listener;
    this.pulses = pulses;
    this.interventions = interventions;
    this.codes = codes;
  }

  /// Carries all of them out, in order.
  ///
  /// @return how many there were
  int carryOut(CallBuffer calls) {
    int count = calls.size();
    for (int i = 0; i < count; i++) {
      int monitor = calls.monitor(i);
      if (!monitors.handles.isUsed(monitor)) {
        skip(calls.kind(i), calls.argument(i)); // an earlier call removed it
        continue;
      }
      switch (calls.kind(i)) {
        case CallBuffer.UPDATE -> update(monitor, (int) calls.argument(i));
        case CallBuffer.REMOVE -> remove(monitor);
        case CallBuffer.PAUSE -> pause(monitor);
        case CallBuffer.RESUME -> resume(monitor);
        case CallBuffer.RUN_NOW -> pulses.runNow(monitor, calls.argument(i));
        default -> throw new IllegalStateException("call kind " + calls.kind(i));
      }
    }
    calls.clear();
    return count;
  }

  private void skip(byte kind, long argument) {
    if (kind == CallBuffer.RUN_NOW) {
      ledger.runNowIgnored++;
    } else if (kind == CallBuffer.UPDATE) {
      monitors.rules.release((int) argument);
    }
  }

  private void update(int monitor, int rule) {
    int oldRule = hot.rule(monitor);
    long oldInterval = monitors.interval(oldRule);
    long newInterval = monitors.interval(rule);
    if (Vitals.phase(hot.hot(monitor)) == Vitals.PULSE_IN_FLIGHT && oldInterval != newInterval) {
      monitors.keepPulseDue(monitor, monitors.pulseInFlightDue(monitor));
    }
    MonitorRules oldRules = monitors.rules.get(oldRule);
    hot.setRule(monitor, rule);
    monitors.rules.release(oldRule);
    long slot = hot.slot(monitor);
    long regridded = Lifecycle.regrid(slot, oldInterval, newInterval, monitors.now);
    if (oldInterval != newInterval && regridded != slot) {
      monitors.scheduleSlot(monitor, regridded);
    }
    MonitorRules rules = monitors.rules.get(rule);
    if (rules.intervention() == null && Vitals.phase(hot.hot(monitor)) == Vitals.INTERVENTION_DUE) {
      long before = monitors.vitals(monitor);
      interventions.giveUp(monitor);
      monitors.store(monitor, before, Lifecycle.interventionGivenUp(before));
      monitors.tidy(monitor);
    }
    interventions.rulesChanged(monitor, oldRules, rules);
    if (!Codes.reminds(rules) && hot.hasRare(monitor)) {
      rare.setRemindNanos(rare.row(monitor), 0);
      monitors.tidy(monitor);
    }
  }

  private void remove(int monitor) {
    cancelPulse(monitor);
    cancelIntervention(monitor);
    if (hot.hasRare(monitor)) {
      codes.drop(monitor, rare.row(monitor));
      rare.free(monitor);
    }
    monitors.rules.release(hot.rule(monitor));
    hot.reset(monitor, HotRecords.NO_SLOT);
    monitors.handles.retire(monitor);
    monitors.handles.free(monitor);
    listener.removed(monitor, monitors.now);
  }

  private void cancelPulse(int monitor) {
    long vitals = hot.hot(monitor);
    if (Vitals.has(vitals, Vitals.WAITING)) {
      long due = pulses.takeBackWaiting(monitor);
      ledger.pulse.cancelled++;
      listener.cancelled(Lane.PULSE, monitor, due, monitors.now);
    } else if (Vitals.phase(vitals) == Vitals.PULSE_IN_FLIGHT) {
      ledger.pulse.cancelledInFlight++;
      ledger.pulse.inFlight--;
      listener.ended(
          Lane.PULSE,
          monitor,
          hot.number(monitor),
          Transitions.CANCELLED,
          monitors.pulseInFlightDue(monitor),
          monitors.now);
    }
  }

  private void cancelIntervention(int monitor) {
    switch (Vitals.phase(hot.hot(monitor))) {
      case Vitals.INTERVENTION_DUE -> interventions.giveUp(monitor);
      case Vitals.INTERVENTION_IN_FLIGHT -> interventions.cancelInFlight(monitor);
      default -> {}
    }
  }

  private void pause(int monitor) {
    long before = monitors.vitals(monitor);
    if (Vitals.has(before, Vitals.PAUSED)) {
      return;
    }
    if (Vitals.has(before, Vitals.WAITING)) {
      long due = pulses.takeBackWaiting(monitor);
      ledger.pulse.missed++;
      listener.missed(monitor, due, 1, monitors.now);
    }
    if (Vitals.phase(before) == Vitals.INTERVENTION_DUE) {
      interventions.giveUp(monitor);
    }
    monitors.store(monitor, before, Lifecycle.pause(before));
    monitors.tidy(monitor);
  }

  private void resume(int monitor) {
    long before = monitors.vitals(monitor);
    if (!Vitals.has(before, Vitals.PAUSED)) {
      return;
    }
    monitors.store(monitor, before, Lifecycle.resume(before));
    if (hot.hasRare(monitor)) {
      if (Alerts.count(rare.alerts(rare.row(monitor))) == 0) {
        codes.checkReminder(monitor, rare.row(monitor));
      }
      monitors.tidy(monitor);
    }
  }
}
