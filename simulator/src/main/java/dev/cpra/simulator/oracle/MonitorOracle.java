package dev.cpra.simulator.oracle;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;

/// One monitor's lifecycle, written down from the table of events one clause at a time. What the
/// engine has to tell of each is left in [ExpectedEvents].
final class MonitorOracle extends MonitorFields {
  MonitorOracle(int handle, Moment moment, ExpectedEvents expected) {
    super(handle, moment, expected);
  }

  // --- time

  /// "All outcomes present when a tick starts are applied before anything expires."
  void expire() {
    long now = moment.nowNanos;
    if (pulse.expiredAt(now)) {
      end(Lane.PULSE, Transitions.EXPIRED);
      pulseExpired();
    }
    if (intervention.expiredAt(now)) {
      end(Lane.INTERVENTION, Transitions.EXPIRED);
      interventionExpired();
    } else if (intervention.waiting && now >= givenUpAt()) {
      interventionNotTaken();
    }
    alerts.expire(rules.alerts());
  }

  /// Slots booked, and alerts and interventions that become due.
  void book() {
    if (moment.draining || !inUse) {
      return;
    }
    if (nextSlotNanos <= moment.engineTimeNanos) {
      slotsReached();
    }
    if (phase == Phase.INTERVENTION_DUE
        && !intervention.waiting
        && intervention.dueNanos <= moment.nowNanos) {
      intervention.waits(intervention.dueNanos, intervention.dueNanos, intervention.dueNanos);
    }
    if (incident && !paused && alerts.remindsAt(moment.nowNanos)) {
      alerts.raise(Code.RED, rules.alerts());
    }
    alerts.book();
  }

  /// "Slot reached, idle: offer the pulse." Slots passed while one waits, is in flight, or pulses
  /// are stopped or paused are missed. Of several the earliest that may be offered is.
  private void slotsReached() {
    long interval = rules.intervalNanos();
    long slots = (moment.engineTimeNanos - nextSlotNanos) / interval + 1;
    long firstSlot = nextSlotNanos;
    nextSlotNanos += slots * interval;
    if (phase != Phase.IDLE || paused || pulse.waiting) {
      expected.missed(handle, firstSlot, slots);
      return;
    }
    long settling = 0;
    if (firstSlot < settlesUntilNanos) {
      settling = Math.min(slots, (settlesUntilNanos - firstSlot + interval - 1) / interval);
    }
    expected.missed(handle, firstSlot, settling);
    if (settling < slots) {
      long offered = firstSlot + settling * interval;
      long booked = moment.bookedAt(offered);
      pulse.waits(offered, booked, booked);
      expected.missed(handle, offered + interval, slots - settling - 1);
    }
  }

  // --- what lanes take

  /// "Only if the lane takes it: in flight, deadline = now + timeout + grace."
  void pulseTaken(int number) {
    phase = Phase.PULSE_IN_FLIGHT;
    pulse.taken(number, 0, moment.nowNanos + rules.timeoutNanos() + moment.limits.graceNanos());
  }

  /// "Only if the lane takes it: in flight, attempts + 1."
  void interventionTaken(int number) {
    phase = Phase.INTERVENTION_IN_FLIGHT;
    attempts = more(attempts);
    long deadline = moment.nowNanos + interventionTimeout() + moment.limits.graceNanos();
    intervention.taken(number, Math.min(attempts, 127), deadline);
  }

  // --- outcomes

  /// "An outcome whose number is not that of the job in flight in that lane: stale."
  void outcome(Lane lane, int number, byte outcome) {
    LaneJob job = job(lane);
    if (outcome == Outcome.DISCARDED || !job.inFlight || job.number != number) {
      expected.stale(handle, lane, number);
      return;
    }
    boolean ok = outcome == Outcome.OK;
    if (lane == Lane.CODE) {
      alerts.outcome(outcome, rules.alerts());
      return;
    }
    end(lane, ok ? Transitions.OK : Transitions.FAILED);
    if (lane == Lane.PULSE) {
      phase = Phase.IDLE;
      if (ok) {
        pulseOk();
      } else {
        pulseFailed();
      }
    } else if (ok) {
      interventionOk();
    } else {
      interventionFailed();
    }
  }

  private void pulseOk() {
    failures = 0;
    expiries = 0;
    if (verifying) {
      verifyLeft--;
      if (verifyLeft <= 0) {
        green();
      }
      return;
    }
    streak = more(streak);
    if (warned || unknown || incident) {
      if (streak >= rules.healthyThreshold()) {
        green();
      }
    } else if (streak >= rules.calm()) {
      attempts = 0;
    }
  }

  /// "All flags but paused cleared, streak = 0; the alert is skipped unless ..."
  private void green() {
    warned = false;
    incident = false;
    verifying = false;
    verifyLeft = 0;
    unknown = false;
    streak = 0;
    alerts.green(rules.alerts());
  }

  private void pulseFailed() {
    streak = 0;
    expiries = 0;
    unknown = false;
    failures = more(failures);
    if (verifying) {
      verifying = false;
      verifyLeft = 0;
      repairOrRed(retryDelay());
    } else if (!incident) {
      if (!warned) {
        warned = true;
        alerts.raise(Code.YELLOW, rules.alerts());
      }
      if (failures >= rules.unhealthyThreshold()) {
        repairOrRed(0);
      }
    }
  }

  /// "Says nothing about the target: idle again; at U expiries in a row: gray and unknown, once,
  /// streak = 0."
  private void pulseExpired() {
    phase = Phase.IDLE;
    expiries = more(expiries);
    if (expiries >= rules.unhealthyThreshold() && !unknown) {
      unknown = true;
      streak = 0;
      alerts.raise(Code.GRAY, rules.alerts());
    }
  }

  /// "Cyan; verifying, V left = V; pulses resume at the first slot >= `retry_delay` later."
  private void interventionOk() {
    alerts.raise(Code.CYAN, rules.alerts());
    verify();
  }

  /// "What it did is unknown: as ok, without cyan; the verifying pulses decide."
  private void interventionExpired() {
    verify();
  }

  private void verify() {
    phase = Phase.IDLE;
    verifying = true;
    verifyLeft = rules.verify();
    settlesUntilNanos = moment.nowNanos + retryDelay();
  }

  /// "Attempts < A: due again after `retry_delay`, else red and incident; pulses resume."
  private void interventionFailed() {
    repairOrRed(retryDelay());
  }

  /// "Not taken within its timeout + grace: cancelled, attempts + 1, then as failed."
  private void interventionNotTaken() {
    cancelIntervention();
    attempts = more(attempts);
    interventionFailed();
  }

  /// An intervention is due if there are attempts left, else red and incident. What is paused
  /// starts none, and no incident in its place.
  private void repairOrRed(long delay) {
    phase = Phase.IDLE;
    if (attempts >= rules.maxAttempts()) {
      openIncident();
    } else if (!paused) {
      phase = Phase.INTERVENTION_DUE;
      intervention.dueNanos = moment.nowNanos + delay;
      settlesUntilNanos = 0;
    }
  }

  private void openIncident() {
    if (!incident) {
      incident = true;
      alerts.raise(Code.RED, rules.alerts());
    }
  }

  // --- calls

  /// "A waiting pulse is missed, a due intervention cancelled; jobs in flight end normally."
  /// "Resume: failures, streak, expiries = 0; verifying and attempts cleared unless an intervention
  /// is in flight; other flags stay."
  void pause(boolean pause) {
    if (pause == paused) {
      return;
    }
    paused = pause;
    if (pause) {
      if (pulse.waiting) {
        expected.missed(handle, pulse.dueNanos, 1);
        pulse.waiting = false;
      }
      if (phase == Phase.INTERVENTION_DUE) {
        cancelIntervention();
        phase = Phase.IDLE;
      }
      return;
    }
    failures = 0;
    streak = 0;
    expiries = 0;
    if (phase != Phase.INTERVENTION_IN_FLIGHT) {
      verifying = false;
      verifyLeft = 0;
      attempts = 0;
    }
  }

  /// "Idle, not paused, nothing waiting: due + 1, offered now. The grid stays." While draining:
  /// ignored.
  void runNow(long due) {
    if (phase == Phase.IDLE && !paused && !pulse.waiting && !moment.draining) {
      long latest = moment.bookedAt(due);
      long earliest = Math.min(latest - moment.limits.tickNanos(), moment.engineTimeNanos);
      pulse.waits(due, earliest, Math.max(latest, moment.engineTimeNanos));
    }
  }

  /// "Keeps its state." "The grid goes on from the last slot passed with the new distance, at the
  /// first slot after now. A slot whose time has come is still booked."
  void update(MonitorRules other) {
    long before = rules.intervalNanos();
    long interval = other.intervalNanos();
    rules = other;
    if (interval != before && nextSlotNanos > moment.nowNanos) {
      long last = nextSlotNanos - before;
      long steps = Math.max(0, moment.nowNanos - last) / interval + 1;
      nextSlotNanos = last + steps * interval;
    }
    if (phase == Phase.INTERVENTION_DUE && other.intervention() == null) {
      cancelIntervention();
      phase = Phase.IDLE;
    }
    alerts.updated(other.alerts());
  }

  /// "What waits is cancelled, what is in flight ends as cancelled in flight."
  void remove() {
    cancelPulse();
    cancelIntervention();
    if (pulse.inFlight) {
      end(Lane.PULSE, Transitions.CANCELLED);
    }
    if (intervention.inFlight) {
      end(Lane.INTERVENTION, Transitions.CANCELLED);
    }
    alerts.remove();
    inUse = false;
    expected.removed(handle);
  }

  /// "What waits is cancelled"; due interventions stay due and alerts stay in their list.
  void drain() {
    cancelPulse();
    cancelIntervention();
    alerts.cancelDelivery();
  }

  void firstTickAfterRestore() {
    if (restoredInterventionInFlight) {
      restoredInterventionInFlight = false;
      verify();
    }
    alerts.firstTickAfterRestore();
  }
}
