package dev.cpra.engine.baseline;

import dev.cpra.engine.Batch;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;

/// The intervention lane.
final class Interventions {
  private static final int DETAIL_MAX = 127;

  private final Monitors monitors;
  private final HotRecords hot;
  private final RareRecords rare;
  private final LaneLedger ledger;
  private final Transitions listener;
  private final LaneQueue queue;
  private final Timers timers;
  private final DueJobs waiting = new DueJobs(this::isWaiting);
  private int lastNumber;

  Interventions(Monitors monitors, Timers timers, LaneQueue queue) {
    this.monitors = monitors;
    this.hot = monitors.hot;
    this.rare = monitors.rare;
    this.ledger = monitors.ledger.intervention;
    this.listener = monitors.listener;
    this.timers = timers;
    this.queue = queue;
  }

  /// An intervention becomes due at this time.
  void schedule(int monitor, long nanos) {
    int row = rare.rowOrNew(monitor);
    rare.setInterventionNanos(row, nanos);
    rare.setInterventionBooked(row, false);
    timers.addDue(Timers.INTERVENTION_DUE, monitor, nanos);
  }

  /// The target settles until this time.
  void settle(int monitor, long nanos) {
    rare.setInterventionNanos(rare.rowOrNew(monitor), nanos);
  }

  /// Lets new numbers go on after one of a restored state.
  void numbersFollow(int number) {
    lastNumber = Math.max(lastNumber, number);
  }

  // --- outcomes and expiries

  int applyOutcomes(Effects effects) {
    int count = 0;
    for (Batch batch; (batch = queue.pollOutcomes()) != null; ) {
      for (int i = 0; i < batch.size(); i++) {
        apply(batch.monitor(i), batch.number(i), batch.outcome(i), effects);
      }
      count += batch.size();
      queue.recycle(batch);
    }
    return count;
  }

  private void apply(int monitor, int number, byte outcome, Effects effects) {
    ledger.outcomes++;
    if (outcome == Outcome.DISCARDED || !isInFlight(monitor, number)) {
      ledger.stale++;
      listener.stale(Lane.INTERVENTION, monitor, number, monitors.now);
      return;
    }
    MonitorRules rules = monitors.rulesOf(monitor);
    long before = monitors.vitals(monitor);
    if (outcome == Outcome.OK) {
      ledger.ok++;
      end(monitor, Transitions.OK);
      effects.apply(monitor, before, Lifecycle.interventionOk(before, rules), rules);
    } else {
      ledger.failed++;
      end(monitor, Transitions.FAILED);
      effects.apply(monitor, before, Lifecycle.interventionFailed(before, rules), rules);
    }
  }

  private boolean isInFlight(int monitor, int number) {
    return hot.holds(monitor)
        && Vitals.phase(hot.hot(monitor)) == Vitals.INTERVENTION_IN_FLIGHT
        && rare.interventionNumber(rare.row(monitor)) == number;
  }

  private void end(int monitor, int how) {
    int row = rare.row(monitor);
    ledger.inFlight--;
    listener.ended(
        Lane.INTERVENTION,
        monitor,
        rare.interventionNumber(row),
        how,
        rare.interventionDue(row),
        monitors.now);
    rare.setInterventionNumber(row, 0);
    rare.setInterventionDue(row, 0);
    rare.setInterventionNanos(row, 0);
  }

  /// A deadline of this kind has passed; whether it was still meant.
  boolean expire(int monitor, int kind, Effects effects) {
    if (!hot.hasRare(monitor)) {
      return false;
    }
    int row = rare.row(monitor);
    long before = monitors.vitals(monitor);
    MonitorRules rules;
    if (kind == Timers.INTERVENTION_DEADLINE) {
      if (Vitals.phase(before) != Vitals.INTERVENTION_IN_FLIGHT
          || rare.interventionNanos(row) > monitors.now) {
        return false;
      }
      rules = monitors.rulesOf(monitor);
      ledger.expired++;
      end(monitor, Transitions.EXPIRED);
      effects.apply(monitor, before, Lifecycle.interventionExpired(before, rules), rules);
      return true;
    }
    if (Vitals.phase(before) != Vitals.INTERVENTION_DUE || !rare.interventionBooked(row)) {
      return false;
    }
    rules = monitors.rulesOf(monitor);
    long givenUp = rare.interventionNanos(row) + limit(rules);
    if (givenUp > monitors.now) {
      timers.addDeadline(Timers.INTERVENTION_NOT_TAKEN, monitor, givenUp); // rules were updated
      return false;
    }
    cancelBooked(monitor, row);
    rare.setInterventionNanos(row, 0); // nothing was done: nothing settles
    effects.apply(monitor, before, Lifecycle.interventionNotTaken(before, rules), rules);
    return true;
  }

  /// The monitor has other rules than these now: one that waits may have to be given up earlier.
  /// (If later, its timer sees to it.)
  void rulesChanged(int monitor, MonitorRules before, MonitorRules now) {
    if (before.intervention() != null
        && now.intervention() != null
        && limit(now) < limit(before)
        && Vitals.phase(hot.hot(monitor)) == Vitals.INTERVENTION_DUE
        && rare.interventionBooked(rare.row(monitor))) {
      long due = rare.interventionNanos(rare.row(monitor));
      timers.addDeadline(Timers.INTERVENTION_NOT_TAKEN, monitor, due + limit(now));
    }
  }

  // --- due and dispatch

  /// A due timer has come; whether it was still meant.
  boolean book(int monitor, long due) {
    if (!hot.hasRare(monitor) || Vitals.phase(hot.hot(monitor)) != Vitals.INTERVENTION_DUE) {
      return false;
    }
    int row = rare.row(monitor);
    if (rare.interventionNanos(row) != due || rare.interventionBooked(row)) {
      return false;
    }
    ledger.due++;
    ledger.waiting++;
    rare.setInterventionBooked(row, true);
    waiting.add(monitor, due);
    timers.addDeadline(
        Timers.INTERVENTION_NOT_TAKEN, monitor, due + limit(monitors.rulesOf(monitor)));
    return true;
  }

  int dispatch() {
    int count = 0;
    while (!waiting.isEmpty()) {
      int monitor = waiting.firstMonitor();
      if (isWaiting(monitor, waiting.firstDue())) {
        if (!dispatch(monitor, waiting.firstDue())) {
          break;
        }
        count++;
      }
      waiting.removeFirst();
    }
    return count;
  }

  private boolean isWaiting(int monitor, long due) {
    if (!hot.hasRare(monitor) || Vitals.phase(hot.hot(monitor)) != Vitals.INTERVENTION_DUE) {
      return false;
    }
    int row = rare.row(monitor);
    return rare.interventionBooked(row) && rare.interventionNanos(row) == due;
  }

  private boolean dispatch(int monitor, long due) {
    long before = monitors.vitals(monitor);
    long after = Lifecycle.interventionDispatched(before);
    int detail = Math.min(Vitals.attempts(after), DETAIL_MAX);
    long deadline = monitors.now + limit(monitors.rulesOf(monitor));
    if (!queue.offer(monitor, lastNumber + 1, due, deadline, detail)) {
      return false;
    }
    lastNumber++;
    int row = rare.row(monitor);
    rare.setInterventionBooked(row, false);
    rare.setInterventionDue(row, due);
    rare.setInterventionNanos(row, deadline);
    rare.setInterventionNumber(row, lastNumber);
    timers.addDeadline(Timers.INTERVENTION_DEADLINE, monitor, deadline);
    ledger.waiting--;
    ledger.dispatched++;
    ledger.inFlight++;
    listener.dispatched(Lane.INTERVENTION, monitor, lastNumber, detail, due, monitors.now);
    monitors.store(monitor, before, after);
    return true;
  }

  private long limit(MonitorRules rules) {
    InterventionRules intervention = rules.intervention();
    long timeout = intervention == null ? 0 : intervention.timeoutNanos();
    return timeout + monitors.limits.graceNanos();
  }

  boolean anyWaits() {
    return !waiting.isEmpty();
  }

  // --- giving up

  /// Gives up a due intervention, accounted as cancelled if its time had come.
  void giveUp(int monitor) {
    int row = rare.row(monitor);
    if (rare.interventionBooked(row)) {
      cancelBooked(monitor, row);
    }
    rare.setInterventionNanos(row, 0);
  }

  private void cancelBooked(int monitor, int row) {
    ledger.waiting--;
    ledger.cancelled++;
    rare.setInterventionBooked(row, false);
    listener.cancelled(Lane.INTERVENTION, monitor, rare.interventionNanos(row), monitors.now);
  }

  /// The monitor goes: its intervention in flight ends as cancelled.
  void cancelInFlight(int monitor) {
    ledger.cancelledInFlight++;
    end(monitor, Transitions.CANCELLED);
  }

  /// Cancels everything that waits; the monitors stay in their phase.
  void cancelWaiting() {
    for (; !waiting.isEmpty(); waiting.removeFirst()) {
      int monitor = waiting.firstMonitor();
      if (isWaiting(monitor, waiting.firstDue())) {
        cancelBooked(monitor, rare.row(monitor));
      }
    }
  }
}
