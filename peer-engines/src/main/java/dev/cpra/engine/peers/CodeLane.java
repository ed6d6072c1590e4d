package dev.cpra.engine.peers;

import dev.cpra.engine.AlertLedger;
import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;

/// The code lane: lists of alerts, delivered one at a time per monitor.
final class CodeLane extends RareLane {
  private final AlertLedger alertLedger;

  CodeLane(Register register, RareTimers timers, LaneQueue queue) {
    super(Lane.CODE, register, timers, queue, register.ledger.code);
    this.alertLedger = register.ledger.alerts;
  }

  // --- the lists

  /// Counts an alert that was called for and has no configuration.
  void skip(Watched one, Code code) {
    alertLedger.skipped++;
    listener.skipped(one.handle, code, register.now);
    if (code == Code.GREEN && one.trouble != null) {
      one.trouble.remindNanos = 0;
    }
  }

  /// Appends an alert to its monitor's list.
  void raise(Watched one, Code code) {
    Trouble trouble = one.trouble();
    if (Alerts.count(trouble.alerts) == Alerts.MAX) {
      abandon(one, trouble, Alerts.oldestNotInFlight(trouble.alerts));
    }
    boolean first = Alerts.count(trouble.alerts) == 0;
    trouble.alerts = Alerts.push(trouble.alerts, code.ordinal());
    alertLedger.raised++;
    alertLedger.queued++;
    listener.raised(one.handle, code, register.now);
    if (first) {
      firstIsDue(one, trouble, register.now);
    } else if (Alerts.givesWayToRed(trouble.alerts)) {
      abandon(one, trouble, 0);
    }
    if (code == Code.RED && reminds(one.rules)) {
      planReminder(one, register.now + one.rules.alerts().remindNanos());
    } else if (code == Code.RED || code == Code.GREEN) {
      trouble.remindNanos = 0;
    }
  }

  private void abandon(Watched one, Trouble trouble, int index) {
    int colour = Alerts.colour(trouble.alerts, index);
    if (index == 0 && trouble.codeBooked) {
      cancelBooked(one, trouble);
    }
    alertLedger.abandoned++;
    alertLedger.queued--;
    listener.abandoned(one.handle, Code.of(colour), register.now);
    removeAlert(one, trouble, index);
  }

  private void removeAlert(Watched one, Trouble trouble, int index) {
    trouble.alerts = Alerts.remove(trouble.alerts, index);
    if (trouble.alerts == Alerts.NONE) {
      trouble.codeNanos = 0;
      checkReminder(one);
    } else if (index == 0) {
      firstIsDue(one, trouble, register.now);
    }
  }

  private void firstIsDue(Watched one, Trouble trouble, long nanos) {
    trouble.codeNanos = nanos;
    timers.addDue(RareTimers.CODE_DUE, one.handle, nanos);
  }

  @Override
  long stopWaiting(Trouble trouble) {
    trouble.codeBooked = false;
    return trouble.codeNanos;
  }

  // --- reminders

  /// Whether rules repeat the red of an open incident.
  static boolean reminds(MonitorRules rules) {
    return rules.alerts().remindNanos() > 0 && (rules.alerts().codes() & Code.RED.bit()) != 0;
  }

  /// The red of the open incident is repeated at this time.
  void planReminder(Watched one, long nanos) {
    one.trouble().remindNanos = nanos;
    timers.addDue(RareTimers.REMIND, one.handle, nanos);
  }

  /// Makes an overdue reminder, which something held back, due now.
  void checkReminder(Watched one) {
    Trouble trouble = one.trouble;
    if (trouble != null
        && trouble.alerts == Alerts.NONE
        && trouble.remindNanos != 0
        && trouble.remindNanos <= register.now) {
      timers.addDue(RareTimers.REMIND, one.handle, register.now);
    }
  }

  /// A reminder's timer has come; whether red was raised again.
  boolean remind(Watched one) {
    Trouble trouble = one.trouble;
    if (trouble == null
        || trouble.remindNanos == 0
        || trouble.remindNanos > register.now
        || trouble.alerts != Alerts.NONE
        || !one.has(Vitals.INCIDENT)
        || one.has(Vitals.PAUSED)) {
      return false;
    }
    register.store(one, Lifecycle.state(Lifecycle.remind(one.vitals, one.rules)));
    raise(one, Code.RED); // reminders are only planned where red is configured
    return true;
  }

  // --- outcomes and expiries

  int applyOutcomes() {
    int count = 0;
    for (Batch batch; (batch = queue.pollOutcomes()) != null; ) {
      for (int i = 0; i < batch.size(); i++) {
        apply(batch.monitor(i), batch.number(i), batch.outcome(i));
      }
      count += batch.size();
      queue.recycle(batch);
    }
    return count;
  }

  private void apply(int monitor, int number, byte outcome) {
    ledger.outcomes++;
    Watched one = register.find(monitor);
    Trouble trouble = one == null ? null : one.trouble;
    if (one == null
        || trouble == null
        || outcome == Outcome.DISCARDED
        || !Alerts.inFlight(trouble.alerts)
        || trouble.codeNumber != number) {
      ledger.stale++;
      listener.stale(Lane.CODE, monitor, number, register.now);
    } else if (outcome == Outcome.OK) {
      ledger.ok++;
      end(one, trouble, Transitions.OK);
      alertLedger.delivered++;
      alertLedger.queued--;
      removeAlert(one, trouble, 0);
      one.tidy();
    } else {
      ledger.failed++;
      end(one, trouble, Transitions.FAILED);
      retry(one, trouble);
    }
  }

  private void end(Watched one, Trouble trouble, int how) {
    ledger.inFlight--;
    listener.ended(Lane.CODE, one.handle, trouble.codeNumber, how, trouble.codeDue, register.now);
    trouble.codeNumber = 0;
    trouble.codeDue = 0;
    trouble.codeNanos = 0;
  }

  private void retry(Watched one, Trouble trouble) {
    trouble.alerts = Alerts.deliveryFailed(trouble.alerts);
    if (Alerts.abandonsFirst(trouble.alerts, one.rules.alerts())) {
      abandon(one, trouble, 0);
      one.tidy();
    } else {
      int failed = Alerts.failed(trouble.alerts);
      firstIsDue(one, trouble, register.now + AlertRules.backoffNanos(failed));
    }
  }

  /// A delivery's deadline may have passed; whether it had.
  boolean expire(Watched one) {
    Trouble trouble = one.trouble;
    if (trouble == null || !Alerts.inFlight(trouble.alerts) || trouble.codeNanos > register.now) {
      return false;
    }
    ledger.expired++;
    end(one, trouble, Transitions.EXPIRED);
    retry(one, trouble);
    return true;
  }

  // --- due and dispatch

  /// A due timer has come; whether it was still meant.
  boolean book(Watched one, long due) {
    Trouble trouble = one.trouble;
    if (trouble == null || trouble.codeBooked || !isDue(trouble, due)) {
      return false;
    }
    trouble.codeBooked = true;
    await(one, due);
    return true;
  }

  private static boolean isDue(Trouble trouble, long due) {
    return trouble.alerts != Alerts.NONE
        && !Alerts.inFlight(trouble.alerts)
        && trouble.codeNanos == due;
  }

  @Override
  boolean isWaiting(Watched one, Trouble trouble, long due) {
    return trouble.codeBooked && isDue(trouble, due);
  }

  @Override
  boolean offer(Watched one, Trouble trouble) {
    long due = trouble.codeNanos;
    int colour = Alerts.colour(trouble.alerts, 0);
    long deadline = register.now + one.rules.alerts().timeoutNanos() + register.limits.graceNanos();
    if (!queue.offer(one.handle, lastNumber + 1, due, deadline, colour)) {
      return false;
    }
    lastNumber++;
    trouble.codeBooked = false;
    trouble.alerts = Alerts.dispatched(trouble.alerts);
    trouble.codeDue = due;
    trouble.codeNanos = deadline;
    trouble.codeNumber = lastNumber;
    timers.addDeadline(RareTimers.CODE_DEADLINE, one.handle, deadline);
    taken(one, due, colour);
    return true;
  }

  // --- giving up

  /// The monitor goes: its delivery ends or is cancelled, its alerts are dropped.
  void drop(Watched one) {
    Trouble trouble = one.trouble;
    if (trouble == null) {
      return;
    }
    long alerts = trouble.alerts;
    if (Alerts.inFlight(alerts)) {
      ledger.cancelledInFlight++;
      end(one, trouble, Transitions.CANCELLED);
    } else if (trouble.codeBooked) {
      cancelBooked(one, trouble);
    }
    for (int i = 0; i < Alerts.count(alerts); i++) {
      alertLedger.dropped++;
      alertLedger.queued--;
      listener.dropped(one.handle, Code.of(Alerts.colour(alerts, i)), register.now);
    }
  }

  /// Puts the alerts of a restored state into a monitor's list; one that was in flight is due
  /// again.
  void restore(Watched one, long stored, long dueNanos) {
    int count = Alerts.count(stored);
    if (count == 0) {
      return;
    }
    Trouble trouble = one.trouble();
    trouble.alerts = Alerts.restored(stored);
    for (int i = 0; i < count; i++) {
      alertLedger.raised++;
      alertLedger.queued++;
      listener.raised(one.handle, Code.of(Alerts.colour(stored, i)), register.now);
    }
    firstIsDue(one, trouble, dueNanos);
  }

  /// The restored alert that was in flight is due now.
  void restoredIsDue(Watched one) {
    firstIsDue(one, one.trouble(), register.now);
  }
}
