package dev.cpra.engine.contract;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;

/// A monitor of the [OracleEngine]: its rules, its state, and what the state does not say.
public final class OracleMonitor {
  /// What the engine calls it.
  public final int handle;

  /// Live; a mutant may write to it.
  public final MonitorState state = new MonitorState();

  /// What it lives by.
  public MonitorRules rules;

  /// A due intervention, or the first alert, stands in the ledger as due and waiting.
  boolean interventionBooked;

  boolean codeBooked;

  /// The due times of the jobs in flight.
  long interventionDue;

  long codeDue;

  /// What a restore does with the time of the next tick.
  boolean settlesFromNextTick;

  boolean alertDueFromNextTick;

  OracleMonitor(int handle, MonitorRules rules) {
    this.handle = handle;
    this.rules = rules;
  }

  /// The phase of its vitals.
  public int phase() {
    return Vitals.phase(state.vitals);
  }

  /// Whether a job of this lane is in flight.
  public boolean inFlight(Lane lane) {
    return switch (lane) {
      case PULSE -> phase() == Vitals.PULSE_IN_FLIGHT;
      case INTERVENTION -> phase() == Vitals.INTERVENTION_IN_FLIGHT;
      case CODE -> Alerts.inFlight(state.alerts);
    };
  }

  boolean waitsFor(Lane lane) {
    return switch (lane) {
      case PULSE -> Vitals.has(state.vitals, Vitals.WAITING);
      case INTERVENTION -> interventionBooked;
      case CODE -> codeBooked;
    };
  }

  boolean alertWaits() {
    return state.alerts != Alerts.NONE && !inFlight(Lane.CODE);
  }

  boolean mayRemind() {
    return state.remindNanos > 0
        && state.alerts == Alerts.NONE
        && !Vitals.has(state.vitals, Vitals.PAUSED);
  }

  /// When the next thing but a slot becomes due: an intervention, an alert, a reminder. What waits
  /// for its lane already is due since earlier and offered at every tick.
  long nextDueNanos() {
    long at = mayRemind() ? state.remindNanos : Long.MAX_VALUE;
    if (phase() == Vitals.INTERVENTION_DUE && !interventionBooked) {
      at = Math.min(at, state.interventionNanos);
    }
    return alertWaits() && !codeBooked ? Math.min(at, state.codeNanos) : at;
  }

  int number(Lane lane) {
    return switch (lane) {
      case PULSE -> state.pulseNumber;
      case INTERVENTION -> state.interventionNumber;
      case CODE -> state.codeNumber;
    };
  }

  long deadline(Lane lane) {
    return switch (lane) {
      case PULSE -> state.pulseDeadlineNanos;
      case INTERVENTION -> state.interventionNanos;
      case CODE -> state.codeNanos;
    };
  }

  /// The due time of the job in flight or waiting.
  long due(Lane lane) {
    return switch (lane) {
      case PULSE -> state.pulseDueNanos;
      case INTERVENTION -> inFlight(lane) ? interventionDue : state.interventionNanos;
      case CODE -> inFlight(lane) ? codeDue : state.codeNanos;
    };
  }

  long timeout(Lane lane) {
    return switch (lane) {
      case PULSE -> rules.timeoutNanos();
      case INTERVENTION -> intervention().timeoutNanos();
      case CODE -> rules.alerts().timeoutNanos();
    };
  }

  long retryDelay() {
    InterventionRules intervention = rules.intervention();
    return intervention == null ? 0 : intervention.retryDelayNanos();
  }

  InterventionRules intervention() {
    InterventionRules intervention = rules.intervention();
    if (intervention == null) {
      throw new AssertionError(
          "monitor " + handle + " has an intervention due and none in its rules");
    }
    return intervention;
  }

  static void copy(MonitorState from, MonitorState into) {
    into.vitals = from.vitals;
    into.nextSlotNanos = from.nextSlotNanos;
    into.pulseDueNanos = from.pulseDueNanos;
    into.pulseNumber = from.pulseNumber;
    into.pulseDeadlineNanos = from.pulseDeadlineNanos;
    into.interventionNumber = from.interventionNumber;
    into.interventionNanos = from.interventionNanos;
    into.alerts = from.alerts;
    into.codeNumber = from.codeNumber;
    into.codeNanos = from.codeNanos;
    into.remindNanos = from.remindNanos;
  }
}
