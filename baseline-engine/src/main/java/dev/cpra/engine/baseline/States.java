package dev.cpra.engine.baseline;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;
import java.util.Arrays;

/// Copies a monitor's state out and in, and repairs what an audit finds broken.
final class States {
  private static final int SETTLES = 1;
  private static final int LANDS = 2;

  private final Monitors monitors;
  private final HotRecords hot;
  private final RareRecords rare;
  private final Pulses pulses;
  private final Interventions interventions;
  private final Codes codes;

  /// Monitors restored since the last tick whose state counts from the next, and what does: that in
  /// the high half, the handle in the low one.
  private long[] restored = new long[16];

  private int restoredCount;

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
    long result = Lifecycle.restored(from.vitals, rules);
    if (from.nextSlotNanos > 0) {
      monitors.scheduleSlot(monitor, from.nextSlotNanos);
    }
    int number = Math.max(hot.number(monitor), from.pulseNumber);
    hot.setNumberAndHot(monitor, number, hot.hot(monitor));
    interventions.numbersFollow(from.interventionNumber);
    codes.numbersFollow(from.codeNumber);
    monitors.storeSilently(monitor, monitors.vitals(monitor), Lifecycle.state(result));
    boolean settles = (result & Lifecycle.SETTLE) != 0;
    if (Vitals.phase(result) == Vitals.INTERVENTION_DUE) {
      interventions.schedule(monitor, from.interventionNanos);
    } else if (Vitals.phase(from.vitals) < Vitals.INTERVENTION_DUE && from.interventionNanos > 0) {
      interventions.settle(monitor, from.interventionNanos);
    }
    codes.restore(monitor, from.alerts, from.codeNanos);
    if (from.remindNanos > 0 && Codes.reminds(rules)) {
      codes.planReminder(monitor, from.remindNanos);
    }
    if (settles || Alerts.inFlight(from.alerts)) {
      if (restoredCount == restored.length) {
        restored = Arrays.copyOf(restored, 2 * restoredCount);
      }
      long what = (settles ? SETTLES : 0) | (Alerts.inFlight(from.alerts) ? LANDS : 0);
      restored[restoredCount++] = what << 32 | monitor;
    }
  }

  /// Carries out, at the start of a tick, what restored states count from its time.
  void carryOutRestored() {
    for (int i = 0; i < restoredCount; i++) {
      int monitor = (int) restored[i];
      long what = restored[i] >>> 32;
      if ((what & SETTLES) != 0) {
        long delay = Monitors.retryDelay(monitors.rulesOf(monitor));
        interventions.settle(monitor, monitors.now + delay);
      }
      if ((what & LANDS) != 0) {
        codes.restoredIsDue(monitor);
      }
    }
    restoredCount = 0;
  }

  /// Repairs a monitor whose invariants do not hold.
  ///
  /// @return whether anything was broken
  boolean repair(int monitor) {
    boolean broken = false;
    if (hot.slot(monitor) <= monitors.lastBookedTime()
        && !monitors.draining
        && !monitors.wheel.isOverdue(monitor)) {
      // Its entry in the wheel is lost: the slot should have been booked. Missed slots are booked
      // then.
      monitors.scheduleSlot(monitor, hot.slot(monitor));
      broken = true;
    }
    // A lost deadline does no harm before its time, and looking for one is linear.
    if (Vitals.phase(hot.hot(monitor)) == Vitals.PULSE_IN_FLIGHT
        && pulses.mayBeOverdue(monitor)
        && pulses.deadlineOf(monitor) == 0) {
      pulses.expireAtOnce(monitor);
      broken = true;
    }
    return broken;
  }
}
