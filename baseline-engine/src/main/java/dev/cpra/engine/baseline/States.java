package dev.cpra.engine.baseline;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;

/// Copies a monitor's state out and in, and repairs what an audit finds broken.
final class States {
  private final Monitors monitors;
  private final HotRecords hot;
  private final RareRecords rare;
  private final Pulses pulses;
  private final Interventions interventions;
  private final Codes codes;

  States(Monitors monitors, Pulses pulses, Interventions interventions, Codes codes) {
    this.monitors = monitors;
    this.hot = monitors.hot;
    this.rare = monitors.rare;
    this.pulses = pulses;
    this.interventions = interventions;
    this.codes = codes;
  }

  void read(int monitor, MonitorState into) {
    long vitals = monitors.vitals(monitor);
    boolean inFlight = Vitals.phase(vitals) == Vitals.PULSE_IN_FLIGHT;
    into.vitals = vitals;
    into.nextSlotNanos = hot.slot(monitor);
    into.pulseNumber = hot.number(monitor);
    into.pulseDueNanos =
        inFlight
            ? monitors.pulseInFlightDue(monitor)
            : Vitals.has(vitals, Vitals.WAITING) ? pulses.waitingDue(monitor) : 0;
    into.pulseDeadlineNanos = inFlight ? pulses.deadlineOf(monitor) : 0;
    boolean has = hot.hasRare(monitor);
    int row = has ? rare.row(monitor) : 0;
    into.interventionNumber = has ? rare.interventionNumber(row) : 0;
    into.interventionNanos = has ? rare.interventionNanos(row) : 0;
    into.alerts = has ? rare.alerts(row) : Alerts.NONE;
    into.codeNumber = has ? rare.codeNumber(row) : 0;
    into.codeNanos = has ? rare.codeNanos(row) : 0;
    into.remindNanos = has ? rare.remindNanos(row) : 0;
  }

  void restore(int monitor, MonitorState from) {
    MonitorRules rules = monitors.rulesOf(monitor);
    long before = monitors.vitals(monitor);
    long result = Lifecycle.restored(from.vitals, rules);
    if (from.nextSlotNanos > 0) {
      monitors.scheduleSlot(monitor, from.nextSlotNanos);
    }
    hot.setNumberAndHot(monitor, from.pulseNumber, hot.hot(monitor));
    interventions.numbersFollow(from.interventionNumber);
    codes.numbersFollow(from.codeNumber);
    monitors.store(monitor, before, Lifecycle.state(result));
    if (Vitals.phase(result) == Vitals.INTERVENTION_DUE) {
      interventions.schedule(monitor, from.interventionNanos);
    } else if ((result & Lifecycle.SETTLE) != 0) {
      interventions.settle(monitor, monitors.now + Monitors.retryDelay(rules));
    } else if (from.interventionNanos > 0 && Vitals.phase(from.vitals) != Vitals.INTERVENTION_DUE) {
      interventions.settle(monitor, from.interventionNanos);
    }
    codes.restore(monitor, from.alerts, from.codeNanos);
    if (from.remindNanos > 0) {
      codes.planReminder(monitor, from.remindNanos);
    }
  }

  /// Repairs a monitor whose invariants do not hold.
  ///
  /// @return whether anything was broken
  boolean repair(int monitor) {
    boolean broken = false;
    if (hot.slot(monitor) <= monitors.lastBookedTime() && !monitors.draining) {
      // Its entry in the wheel is lost: the slot should have been booked. Missed slots are booked
      // then.
      monitors.scheduleSlot(monitor, hot.slot(monitor));
      broken = true;
    }
    if (Vitals.phase(hot.hot(monitor)) == Vitals.PULSE_IN_FLIGHT
        && pulses.deadlineOf(monitor) == 0) {
      pulses.expireAtOnce(monitor);
      broken = true;
    }
    return broken;
  }
}
