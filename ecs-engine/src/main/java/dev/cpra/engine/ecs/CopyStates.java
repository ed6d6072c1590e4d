package dev.cpra.engine.ecs;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;
import org.agrona.collections.IntArrayList;

/// Copies a monitor's state out of its components, and back into them.
final class CopyStates {
  private final Monitors monitors;
  private final Interventions interventions;
  private final Codes codes;

  /// Monitors whose restored state depends on the time of the next tick.
  private IntArrayList settling = new IntArrayList();

  private IntArrayList undelivered = new IntArrayList();

  private boolean restored;

  CopyStates(Monitors monitors, Interventions interventions, Codes codes) {
    this.monitors = monitors;
    this.interventions = interventions;
    this.codes = codes;
  }

  void read(Pulse of, MonitorState into) {
    boolean inFlight = of.phase() == Vitals.PULSE_IN_FLIGHT;
    into.vitals = Monitors.vitals(of);
    into.nextSlotNanos = of.slotNanos;
    into.pulseDueNanos = of.hasPulse() ? of.dueNanos() : 0;
    into.pulseNumber = of.number;
    into.pulseDeadlineNanos = inFlight ? monitors.deadlines.deadlineOf(of.handle, of.number) : 0;
    Intervention intervention = Monitors.intervention(of);
    into.interventionNumber = intervention == null ? 0 : intervention.number;
    into.interventionNanos = intervention == null ? 0 : intervention.nanos;
    AlertQueue queue = Monitors.alertQueue(of);
    into.alerts = queue == null ? Alerts.NONE : queue.alerts;
    into.codeNumber = queue == null ? 0 : queue.number;
    into.codeNanos = queue == null ? 0 : queue.nanos;
    Incident incident = Monitors.incident(of);
    into.remindNanos = incident == null ? 0 : incident.remindNanos;
  }

  void restore(Pulse of, MonitorState from) {
    long before = Monitors.vitals(of);
    if (of.rare != null || Vitals.phase(before) != Vitals.IDLE || of.has(Vitals.WAITING)) {
      throw new IllegalStateException(
          "restore: expected monitor "
              + of.handle
              + " as it was added, found "
              + Vitals.describe(before));
    }
    restored = true;
    if (from.nextSlotNanos > 0) {
      monitors.schedule(of, from.nextSlotNanos);
    }
    of.number = Math.max(of.number, from.pulseNumber);
    interventions.lastNumber = Math.max(interventions.lastNumber, from.interventionNumber);
    codes.lastNumber = Math.max(codes.lastNumber, from.codeNumber);
    long result = Lifecycle.restored(from.vitals, of.rules.monitor);
    monitors.storeSilently(of, before, Lifecycle.state(result));
    restoreIntervention(of, from, result);
    restoreAlerts(of, from);
    Incident incident = Monitors.incident(of);
    if (incident != null && Codes.reminds(of.rules.monitor.alerts())) {
      incident.remindNanos = from.remindNanos;
      codes.checkReminder(of);
    }
  }

  private void restoreIntervention(Pulse of, MonitorState from, long result) {
    if ((result & Lifecycle.SETTLE) != 0) {
      monitors.addIntervention(of);
      settling.addInt(of.handle);
    } else if (Vitals.phase(result) == Vitals.INTERVENTION_DUE) {
      interventions.schedule(of, from.interventionNanos);
    } else if (from.interventionNanos > 0 && Vitals.phase(from.vitals) <= Vitals.PULSE_IN_FLIGHT) {
      interventions.settle(of, from.interventionNanos);
    }
  }

  private void restoreAlerts(Pulse of, MonitorState from) {
    if (Alerts.count(from.alerts) == 0) {
      return;
    }
    AlertQueue queue = monitors.addAlertQueue(of);
    queue.alerts = Alerts.restored(from.alerts);
    if (Alerts.inFlight(from.alerts)) {
      undelivered.addInt(of.handle);
    } else {
      codes.firstIsDue(of, queue, from.codeNanos);
    }
    codes.restored(of, from.alerts);
  }

  /// System: what was restored since the last tick counts from this one.
  ///
  /// @return whether anything was restored
  boolean run() {
    if (!restored) {
      return false;
    }
    restored = false;
    if (!settling.isEmpty()) {
      for (int i = 0; i < settling.size(); i++) {
        Pulse of = monitors.get(settling.getInt(i));
        interventions.settle(of, monitors.moment.now + of.rules.retryDelayNanos());
      }
      settling = new IntArrayList();
    }
    if (!undelivered.isEmpty()) {
      for (int i = 0; i < undelivered.size(); i++) {
        Pulse of = monitors.get(undelivered.getInt(i));
        codes.firstIsDue(of, monitors.addAlertQueue(of), monitors.moment.now);
      }
      undelivered = new IntArrayList();
    }
    return true;
  }
}
