package dev.cpra.simulator.oracle;

import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;

/// What there is to know of one monitor, where it begins, and when something happens to it by
/// itself. What happens is told by [MonitorOracle].
abstract class MonitorFields {
  enum Phase {
    IDLE,
    PULSE_IN_FLIGHT,
    INTERVENTION_DUE,
    INTERVENTION_IN_FLIGHT
  }

  /// "Counters saturate."
  private static final int SATURATED = 1_023;

  final int handle;
  final AlertsOracle alerts;
  final LaneJob pulse = new LaneJob();
  final LaneJob intervention = new LaneJob();
  final Moment moment;
  final ExpectedEvents expected;

  /// "Its handle is in use."
  boolean inUse;

  MonitorRules rules = MonitorRules.of(1, 1);
  Phase phase = Phase.IDLE;
  int failures;
  int streak;
  int attempts;
  int verifyLeft;
  int expiries;
  boolean paused;
  boolean warned;
  boolean incident;
  boolean verifying;
  boolean unknown;
  long nextSlotNanos;

  /// Slots before this time are missed while the target settles; 0 if it never had to.
  long settlesUntilNanos;

  boolean restoredInterventionInFlight;

  /// What the checker keeps with each monitor.
  final Follow follow = new Follow();

  MonitorFields(int handle, Moment moment, ExpectedEvents expected) {
    this.handle = handle;
    this.moment = moment;
    this.expected = expected;
    this.alerts = new AlertsOracle(handle, moment, expected);
  }

  void add(MonitorRules with, long firstDue) {
    inUse = true;
    rules = with;
    phase = Phase.IDLE;
    failures = 0;
    streak = 0;
    attempts = 0;
    verifyLeft = 0;
    expiries = 0;
    paused = false;
    warned = false;
    incident = false;
    verifying = false;
    unknown = false;
    nextSlotNanos = firstDue;
    settlesUntilNanos = 0;
    restoredInterventionInFlight = false;
    pulse.forget();
    intervention.forget();
    intervention.number = 0;
    alerts.forget();
  }

  /// "What was in flight then never reports; an alert in flight is due again. Numbers go on."
  void restore(MonitorState state) {
    long vitals = state.vitals;
    paused = Vitals.has(vitals, Vitals.PAUSED);
    warned = Vitals.has(vitals, Vitals.WARNED);
    incident = Vitals.has(vitals, Vitals.INCIDENT);
    verifying = Vitals.has(vitals, Vitals.VERIFYING);
    unknown = Vitals.has(vitals, Vitals.UNKNOWN);
    failures = Vitals.failures(vitals);
    streak = Vitals.streak(vitals);
    attempts = Vitals.attempts(vitals);
    verifyLeft = Vitals.verifyLeft(vitals);
    expiries = Vitals.expiries(vitals);
    switch (Vitals.phase(vitals)) {
      case Vitals.INTERVENTION_DUE -> {
        if (rules.intervention() != null) {
          phase = Phase.INTERVENTION_DUE;
          intervention.dueNanos = state.interventionNanos;
        }
      }
      case Vitals.INTERVENTION_IN_FLIGHT -> {
        restoredInterventionInFlight = true;
        verifying = true;
        verifyLeft = rules.verify();
      }
      default -> settlesUntilNanos = state.interventionNanos;
    }
    if (state.nextSlotNanos > 0) {
      nextSlotNanos = state.nextSlotNanos;
    }
    pulse.number = Math.max(pulse.number, state.pulseNumber);
    intervention.number = state.interventionNumber;
    alerts.alerted = Vitals.has(vitals, Vitals.ALERTED);
    alerts.restore(state, rules.alerts());
  }

  LaneJob job(Lane lane) {
    return switch (lane) {
      case PULSE -> pulse;
      case INTERVENTION -> intervention;
      case CODE -> alerts.delivery;
    };
  }

  /// The next time at which something happens to this monitor by itself; [Long#MAX_VALUE] if
  /// nothing ever will.
  long ownTimeNanos() {
    if (!inUse) {
      return Long.MAX_VALUE;
    }
    long next = alerts.ownTimeNanos(incident && !paused);
    if (pulse.inFlight) {
      next = Math.min(next, pulse.deadlineNanos);
    }
    if (intervention.inFlight) {
      next = Math.min(next, intervention.deadlineNanos);
    }
    if (moment.draining) {
      return next;
    }
    if (phase == Phase.INTERVENTION_DUE) {
      next = Math.min(next, intervention.waiting ? givenUpAt() : intervention.dueNanos);
    }
    return Math.min(next, moment.bookedAt(nextSlotNanos));
  }

  final long givenUpAt() {
    return intervention.dueNanos + interventionTimeout() + moment.limits.graceNanos();
  }

  final void end(Lane lane, int how) {
    LaneJob job = job(lane);
    expected.ended(handle, lane, job.number, how, job.dueNanos);
    job.inFlight = false;
  }

  final void cancelPulse() {
    if (pulse.waiting) {
      expected.cancelled(handle, Lane.PULSE, pulse.dueNanos);
      pulse.waiting = false;
    }
  }

  /// "An intervention whose delay has not passed was not due, so nothing is counted."
  final void cancelIntervention() {
    if (intervention.waiting) {
      expected.cancelled(handle, Lane.INTERVENTION, intervention.dueNanos);
      intervention.waiting = false;
    }
  }

  final long retryDelay() {
    InterventionRules repair = rules.intervention();
    return repair == null ? 0 : repair.retryDelayNanos();
  }

  final long interventionTimeout() {
    InterventionRules repair = rules.intervention();
    return repair == null ? 0 : repair.timeoutNanos();
  }

  static int more(int counter) {
    return Math.min(counter + 1, SATURATED);
  }
}
