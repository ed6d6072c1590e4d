package dev.cpra.engine.baseline;

import dev.cpra.engine.AlertLedger;
import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;

/// The code lane: the monitors' lists of alerts and their delivery, one at a time per monitor.
final class Codes {
  private final Monitors monitors;
  private final HotRecords hot;
  private final RareRecords rare;
  private final LaneLedger ledger;
  private final AlertLedger alertLedger;
  private final Transitions listener;
  private final LaneQueue queue;
  private final Timers timers;
  private final DueJobs waiting = new DueJobs(this::isWaiting);
  private int lastNumber;

  Codes(Monitors monitors, Timers timers, LaneQueue queue) {
    this.monitors = monitors;
    this.hot = monitors.hot;
    this.rare = monitors.rare;
    this.ledger = monitors.ledger.code;
    this.alertLedger = monitors.ledger.alerts;
    this.listener = monitors.listener;
    this.timers = timers;
    this.queue = queue;
  }

  /// Lets new numbers go on after one of a restored state.
  void numbersFollow(int number) {
    lastNumber = Math.max(lastNumber, number);
  }

  // --- the lists

  /// Counts an alert that was called for and has no configuration.
  void skip(int monitor, Code code) {
    alertLedger.skipped++;
    listener.skipped(monitor, code, monitors.now);
    if (code == Code.GREEN && hot.hasRare(monitor)) {
      rare.setRemindNanos(rare.row(monitor), 0);
    }
  }

  /// Appends an alert to its monitor's list.
  void raise(int monitor, Code code, MonitorRules rules) {
    int row = rare.rowOrNew(monitor);
    if (Alerts.count(rare.alerts(row)) == Alerts.MAX) {
      abandon(monitor, row, Alerts.oldestNotInFlight(rare.alerts(row)));
    }
    long alerts = rare.alerts(row);
    alertLedger.raised++;
    alertLedger.queued++;
    rare.setAlerts(row, Alerts.push(alerts, code.ordinal()));
    listener.raised(monitor, code, monitors.now);
    if (Alerts.count(alerts) == 0) {
      firstIsDue(monitor, row, monitors.now);
    } else if (Alerts.givesWayToRed(rare.alerts(row))) {
      abandon(monitor, row, 0);
    }
    if (code == Code.RED && reminds(rules)) {
      planReminder(monitor, monitors.now + rules.alerts().remindNanos());
    } else if (code == Code.RED || code == Code.GREEN) {
      rare.setRemindNanos(row, 0);
    }
  }

  private void abandon(int monitor, int row, int index) {
    long alerts = rare.alerts(row);
    if (index == 0 && rare.codeBooked(row)) {
      cancelBooked(monitor, row);
    }
    alertLedger.abandoned++;
    alertLedger.queued--;
    listener.abandoned(monitor, Code.of(Alerts.colour(alerts, index)), monitors.now);
    removeAlert(monitor, row, index);
  }

  private void removeAlert(int monitor, int row, int index) {
    long alerts = Alerts.remove(rare.alerts(row), index);
    rare.setAlerts(row, alerts);
    if (alerts == Alerts.NONE) {
      rare.setCodeNanos(row, 0);
      checkReminder(monitor, row);
    } else if (index == 0) {
      firstIsDue(monitor, row, monitors.now);
    }
  }

  private void firstIsDue(int monitor, int row, long nanos) {
    rare.setCodeNanos(row, nanos);
    timers.addDue(Timers.CODE_DUE, monitor, nanos);
  }

  private void cancelBooked(int monitor, int row) {
    ledger.waiting--;
    ledger.cancelled++;
    rare.setCodeBooked(row, false);
    listener.cancelled(Lane.CODE, monitor, rare.codeNanos(row), monitors.now);
  }

  // --- reminders

  /// Whether rules repeat the red of an open incident.
  static boolean reminds(MonitorRules rules) {
    return rules.alerts().remindNanos() > 0 && (rules.alerts().codes() & Code.RED.bit()) != 0;
  }

  /// The red of the open incident is repeated at this time.
  void planReminder(int monitor, long nanos) {
    rare.setRemindNanos(rare.rowOrNew(monitor), nanos);
    timers.addDue(Timers.REMIND, monitor, nanos);
  }

  /// Makes an overdue reminder, which something held back, due now.
  void checkReminder(int monitor, int row) {
    long nanos = rare.remindNanos(row);
    if (nanos != 0 && nanos <= monitors.now) {
      timers.addDue(Timers.REMIND, monitor, monitors.now);
    }
  }

  /// A reminder's timer has come; whether red was raised again.
  boolean remind(int monitor) {
    if (!hot.hasRare(monitor)) {
      return false;
    }
    int row = rare.row(monitor);
    long vitals = monitors.vitals(monitor);
    long nanos = rare.remindNanos(row);
    if (nanos == 0
        || nanos > monitors.now
        || Alerts.count(rare.alerts(row)) != 0
        || !Vitals.has(vitals, Vitals.INCIDENT)
        || Vitals.has(vitals, Vitals.PAUSED)) {
      return false;
    }
    MonitorRules rules = monitors.rulesOf(monitor);
    long result = Lifecycle.remind(vitals, rules);
    monitors.store(monitor, vitals, Lifecycle.state(result));
    raise(monitor, Code.RED, rules); // reminders are only planned where red is configured
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
    if (outcome == Outcome.DISCARDED || !isInFlight(monitor, number)) {
      ledger.stale++;
      listener.stale(Lane.CODE, monitor, number, monitors.now);
      return;
    }
    int row = rare.row(monitor);
    if (outcome == Outcome.OK) {
      ledger.ok++;
      end(monitor, row, Transitions.OK);
      alertLedger.delivered++;
      alertLedger.queued--;
      removeAlert(monitor, row, 0);
      monitors.tidy(monitor);
    } else {
      ledger.failed++;
      end(monitor, row, Transitions.FAILED);
      retry(monitor, row);
    }
  }

  private boolean isInFlight(int monitor, int number) {
    if (!hot.holds(monitor) || !hot.hasRare(monitor)) {
      return false;
    }
    int row = rare.row(monitor);
    return Alerts.inFlight(rare.alerts(row)) && rare.codeNumber(row) == number;
  }

  private void end(int monitor, int row, int how) {
    ledger.inFlight--;
    listener.ended(Lane.CODE, monitor, rare.codeNumber(row), how, rare.codeDue(row), monitors.now);
    rare.setCodeNumber(row, 0);
    rare.setCodeDue(row, 0);
    rare.setCodeNanos(row, 0);
  }

  private void retry(int monitor, int row) {
    AlertRules rules = monitors.rulesOf(monitor).alerts();
    long alerts = Alerts.deliveryFailed(rare.alerts(row));
    rare.setAlerts(row, alerts);
    if (Alerts.abandonsFirst(alerts, rules)) {
      abandon(monitor, row, 0);
      monitors.tidy(monitor);
    } else {
      firstIsDue(monitor, row, monitors.now + AlertRules.backoffNanos(Alerts.failed(alerts)));
    }
  }

  /// A delivery's deadline has passed; whether it was still meant.
  boolean expire(int monitor) {
    if (!hot.hasRare(monitor)) {
      return false;
    }
    int row = rare.row(monitor);
    if (!Alerts.inFlight(rare.alerts(row)) || rare.codeNanos(row) > monitors.now) {
      return false;
    }
    ledger.expired++;
    end(monitor, row, Transitions.EXPIRED);
    retry(monitor, row);
    return true;
  }

  // --- due and dispatch

  /// A due timer has come; whether it was still meant.
  boolean book(int monitor, long due) {
    if (!hot.hasRare(monitor)) {
      return false;
    }
    int row = rare.row(monitor);
    if (!isDue(row, due) || rare.codeBooked(row)) {
      return false;
    }
    ledger.due++;
    ledger.waiting++;
    rare.setCodeBooked(row, true);
    waiting.add(monitor, due);
    return true;
  }

  private boolean isDue(int row, long due) {
    long alerts = rare.alerts(row);
    return alerts != Alerts.NONE && !Alerts.inFlight(alerts) && rare.codeNanos(row) == due;
  }

  int dispatch() {
    int count = 0;
    while (!waiting.isEmpty()) {
      int monitor = waiting.firstMonitor();
      if (isWaiting(monitor, waiting.firstDue())) {
        if (!dispatch(monitor, rare.row(monitor), waiting.firstDue())) {
          break;
        }
        count++;
      }
      waiting.removeFirst();
    }
    return count;
  }

  private boolean isWaiting(int monitor, long due) {
    if (!hot.hasRare(monitor)) {
      return false;
    }
    int row = rare.row(monitor);
    return rare.codeBooked(row) && isDue(row, due);
  }

  private boolean dispatch(int monitor, int row, long due) {
    AlertRules rules = monitors.rulesOf(monitor).alerts();
    int colour = Alerts.colour(rare.alerts(row), 0);
    long deadline = monitors.now + rules.timeoutNanos() + monitors.limits.graceNanos();
    if (!queue.offer(monitor, lastNumber + 1, due, deadline, colour)) {
      return false;
    }
    lastNumber++;
    rare.setCodeBooked(row, false);
    rare.setAlerts(row, Alerts.dispatched(rare.alerts(row)));
    rare.setCodeDue(row, due);
    rare.setCodeNanos(row, deadline);
    rare.setCodeNumber(row, lastNumber);
    timers.addDeadline(Timers.CODE_DEADLINE, monitor, deadline);
    ledger.waiting--;
    ledger.dispatched++;
    ledger.inFlight++;
    listener.dispatched(Lane.CODE, monitor, lastNumber, colour, due, monitors.now);
    return true;
  }

  /// For tests: for how many deliveries that wait there is room.
  int waitingCapacity() {
    return waiting.capacity();
  }

  boolean anyWaits() {
    return !waiting.isEmpty();
  }

  // --- giving up

  /// The monitor goes: its delivery ends or is cancelled, its alerts are dropped.
  void drop(int monitor, int row) {
    long alerts = rare.alerts(row);
    if (Alerts.inFlight(alerts)) {
      ledger.cancelledInFlight++;
      end(monitor, row, Transitions.CANCELLED);
    } else if (rare.codeBooked(row)) {
      cancelBooked(monitor, row);
    }
    int count = Alerts.count(alerts);
    for (int i = 0; i < count; i++) {
      alertLedger.dropped++;
      alertLedger.queued--;
      listener.dropped(monitor, Code.of(Alerts.colour(alerts, i)), monitors.now);
    }
    rare.setAlerts(row, Alerts.NONE);
  }

  /// Cancels everything that waits; the alerts stay in their lists.
  void cancelWaiting() {
    for (; !waiting.isEmpty(); waiting.removeFirst()) {
      int monitor = waiting.firstMonitor();
      if (isWaiting(monitor, waiting.firstDue())) {
        cancelBooked(monitor, rare.row(monitor));
      }
    }
  }

  /// Puts the alerts of a restored state into a monitor's list; one that was in flight is due
  /// again.
  void restore(int monitor, long stored, long dueNanos) {
    int count = Alerts.count(stored);
    if (count == 0) {
      return;
    }
    int row = rare.rowOrNew(monitor);
    rare.setAlerts(row, Alerts.restored(stored));
    for (int i = 0; i < count; i++) {
      alertLedger.raised++;
      alertLedger.queued++;
      listener.raised(monitor, Code.of(Alerts.colour(stored, i)), monitors.now);
    }
    firstIsDue(monitor, row, dueNanos);
  }

  /// The restored alert that was in flight is due now.
  void restoredIsDue(int monitor) {
    firstIsDue(monitor, rare.row(monitor), monitors.now);
  }
}
