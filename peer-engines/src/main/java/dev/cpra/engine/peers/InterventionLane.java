package dev.cpra.engine.peers;

import dev.cpra.engine.Batch;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;

/// The intervention lane.
final class InterventionLane extends RareLane {
  private static final int DETAIL_MAX = 127;

  InterventionLane(Register register, RareTimers timers, LaneQueue queue) {
    super(Lane.INTERVENTION, register, timers, queue, register.ledger.intervention);
  }

  /// An intervention becomes due at this time.
  void schedule(Watched one, long nanos) {
    Trouble trouble = one.trouble();
    trouble.interventionNanos = nanos;
    trouble.interventionBooked = false;
    timers.addDue(RareTimers.INTERVENTION_DUE, one.handle, nanos);
  }

  // --- outcomes and expiries

  int applyOutcomes(Consequences consequences) {
    int count = 0;
    for (Batch batch; (batch = queue.pollOutcomes()) != null; ) {
      for (int i = 0; i < batch.size(); i++) {
        apply(batch.monitor(i), batch.number(i), batch.outcome(i), consequences);
      }
      count += batch.size();
      queue.recycle(batch);
    }
    return count;
  }

  private void apply(int monitor, int number, byte outcome, Consequences consequences) {
    ledger.outcomes++;
    Watched one = register.find(monitor);
    if (one == null || outcome == Outcome.DISCARDED || !isInFlight(one, number)) {
      ledger.stale++;
      listener.stale(Lane.INTERVENTION, monitor, number, register.now);
    } else if (outcome == Outcome.OK) {
      ledger.ok++;
      end(one, Transitions.OK);
      consequences.apply(one, Lifecycle.interventionOk(one.vitals, one.rules));
    } else {
      ledger.failed++;
      end(one, Transitions.FAILED);
      consequences.apply(one, Lifecycle.interventionFailed(one.vitals, one.rules));
    }
  }

  private static boolean isInFlight(Watched one, int number) {
    Trouble trouble = one.trouble;
    return trouble != null
        && one.phase() == Vitals.INTERVENTION_IN_FLIGHT
        && trouble.interventionNumber == number;
  }

  private void end(Watched one, int how) {
    Trouble trouble = one.trouble();
    ledger.inFlight--;
    listener.ended(
        Lane.INTERVENTION,
        one.handle,
        trouble.interventionNumber,
        how,
        trouble.interventionDue,
        register.now);
    trouble.interventionNumber = 0;
    trouble.interventionDue = 0;
    trouble.interventionNanos = 0;
  }

  /// The deadline of one in flight may have passed; whether it was still meant.
  boolean expire(Watched one, Consequences consequences) {
    Trouble trouble = one.trouble;
    if (trouble == null
        || one.phase() != Vitals.INTERVENTION_IN_FLIGHT
        || trouble.interventionNanos > register.now) {
      return false;
    }
    ledger.expired++;
    end(one, Transitions.EXPIRED);
    consequences.apply(one, Lifecycle.interventionExpired(one.vitals, one.rules));
    return true;
  }

  /// One that waits may have done so for too long; whether it had.
  boolean giveUpLate(Watched one, Consequences consequences) {
    Trouble trouble = one.trouble;
    if (trouble == null || one.phase() != Vitals.INTERVENTION_DUE || !trouble.interventionBooked) {
      return false;
    }
    long until = trouble.interventionNanos + limit(one.rules);
    if (until > register.now) { // its rules were updated
      timers.addDeadline(RareTimers.INTERVENTION_NOT_TAKEN, one.handle, until);
      return false;
    }
    giveUp(one);
    consequences.apply(one, Lifecycle.interventionNotTaken(one.vitals, one.rules));
    return true;
  }

  /// The monitor had other rules before: one that waits may have to be given up earlier.
  void rulesChanged(Watched one, MonitorRules before) {
    Trouble trouble = one.trouble;
    if (trouble != null
        && before.intervention() != null
        && one.rules.intervention() != null
        && limit(one.rules) < limit(before)
        && one.phase() == Vitals.INTERVENTION_DUE
        && trouble.interventionBooked) {
      long until = trouble.interventionNanos + limit(one.rules);
      timers.addDeadline(RareTimers.INTERVENTION_NOT_TAKEN, one.handle, until);
    }
  }

  private long limit(MonitorRules rules) {
    InterventionRules intervention = rules.intervention();
    long timeout = intervention == null ? 0 : intervention.timeoutNanos();
    return timeout + register.limits.graceNanos();
  }

  // --- due and dispatch

  /// A due timer has come; whether it was still meant.
  boolean book(Watched one, long due) {
    Trouble trouble = one.trouble;
    if (trouble == null
        || one.phase() != Vitals.INTERVENTION_DUE
        || trouble.interventionNanos != due
        || trouble.interventionBooked) {
      return false;
    }
    trouble.interventionBooked = true;
    await(one, due);
    timers.addDeadline(RareTimers.INTERVENTION_NOT_TAKEN, one.handle, due + limit(one.rules));
    return true;
  }

  @Override
  boolean isWaiting(Watched one, Trouble trouble, long due) {
    return one.phase() == Vitals.INTERVENTION_DUE
        && trouble.interventionBooked
        && trouble.interventionNanos == due;
  }

  @Override
  boolean offer(Watched one, Trouble trouble) {
    long due = trouble.interventionNanos;
    long after = Lifecycle.interventionDispatched(one.vitals);
    int detail = Math.min(Vitals.attempts(after), DETAIL_MAX);
    long deadline = register.now + limit(one.rules);
    if (!queue.offer(one.handle, lastNumber + 1, due, deadline, detail)) {
      return false;
    }
    lastNumber++;
    trouble.interventionBooked = false;
    trouble.interventionDue = due;
    trouble.interventionNanos = deadline;
    trouble.interventionNumber = lastNumber;
    timers.addDeadline(RareTimers.INTERVENTION_DEADLINE, one.handle, deadline);
    taken(one, due, detail);
    register.store(one, after);
    return true;
  }

  // --- giving up

  /// The monitor goes: what is due or in flight is cancelled.
  void cancel(Watched one) {
    if (one.phase() == Vitals.INTERVENTION_DUE) {
      giveUp(one);
    } else if (one.phase() == Vitals.INTERVENTION_IN_FLIGHT) {
      ledger.cancelledInFlight++;
      end(one, Transitions.CANCELLED);
    }
  }

  /// Gives up a due intervention, accounted as cancelled if its time had come. Nothing was done:
  /// nothing settles.
  void giveUp(Watched one) {
    Trouble trouble = one.trouble();
    if (trouble.interventionBooked) {
      cancelBooked(one, trouble);
    }
    trouble.interventionNanos = 0;
  }

  @Override
  long stopWaiting(Trouble trouble) {
    trouble.interventionBooked = false;
    return trouble.interventionNanos;
  }
}
