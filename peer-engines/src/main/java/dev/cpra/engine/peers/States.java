package dev.cpra.engine.peers;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;
import java.util.ArrayList;
import java.util.List;

/// Copies monitors' states out and in.
final class States {
  private final Register register;
  private final PulseLane pulses;
  private final InterventionLane interventions;
  private final CodeLane codes;

  /// Monitors restored since the last tick whose target settles from the next on.
  private final List<Watched> settling = new ArrayList<>();

  /// Likewise, those whose alert in flight is due at the next.
  private final List<Watched> landing = new ArrayList<>();

  States(Register register, PulseLane pulses, InterventionLane interventions, CodeLane codes) {
    this.register = register;
    this.pulses = pulses;
    this.interventions = interventions;
    this.codes = codes;
  }

  static void read(Watched one, MonitorState into) {
    boolean inFlight = one.phase() == Vitals.PULSE_IN_FLIGHT;
    into.vitals = one.vitals;
    into.nextSlotNanos = one.slot;
    into.pulseNumber = one.pulseNumber;
    into.pulseDueNanos = one.pulseDue;
    into.pulseDeadlineNanos = inFlight ? one.pulseDeadline : 0;
    Trouble trouble = one.trouble;
    into.interventionNumber = trouble == null ? 0 : trouble.interventionNumber;
    into.interventionNanos = trouble == null ? 0 : trouble.interventionNanos;
    into.alerts = trouble == null ? Alerts.NONE : trouble.alerts;
    into.codeNumber = trouble == null ? 0 : trouble.codeNumber;
    into.codeNanos = trouble == null ? 0 : trouble.codeNanos;
    into.remindNanos = trouble == null ? 0 : trouble.remindNanos;
  }

  void restore(Watched one, MonitorState from) {
    long result = Lifecycle.restored(from.vitals, one.rules);
    if (from.nextSlotNanos > 0) {
      pulses.schedule(one, from.nextSlotNanos);
    }
    one.pulseNumber = Math.max(one.pulseNumber, from.pulseNumber);
    interventions.numbersFollow(from.interventionNumber);
    codes.numbersFollow(from.codeNumber);
    one.vitals = Lifecycle.state(result);
    if (Vitals.phase(result) == Vitals.INTERVENTION_DUE) {
      interventions.schedule(one, from.interventionNanos);
    } else if (Vitals.phase(from.vitals) < Vitals.INTERVENTION_DUE && from.interventionNanos > 0) {
      one.trouble().interventionNanos = from.interventionNanos;
    }
    codes.restore(one, from.alerts, from.codeNanos);
    if (from.remindNanos > 0 && CodeLane.reminds(one.rules)) {
      codes.planReminder(one, from.remindNanos);
    }
    if ((result & Lifecycle.SETTLE) != 0) {
      settling.add(one);
    }
    if (Alerts.inFlight(from.alerts)) {
      landing.add(one);
    }
  }

  /// Carries out, at the start of a tick, what restored states count from its time.
  void carryOutRestored() {
    if (!settling.isEmpty()) {
      settling.forEach(
          one -> one.trouble().interventionNanos = register.now + Register.retryDelay(one.rules));
      settling.clear();
    }
    if (!landing.isEmpty()) {
      landing.forEach(codes::restoredIsDue);
      landing.clear();
    }
  }
}
