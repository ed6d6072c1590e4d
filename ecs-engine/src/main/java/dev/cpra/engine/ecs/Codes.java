package dev.cpra.engine.ecs;

import dev.cpra.engine.AlertLedger;
import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.kit.TimerHeap;

/// What the systems of the code lane share: the monitors' alerts, when deliveries are due, which
/// wait, when the next may expire or an incident is to be reminded of.
///
/// The heaps are as in [Interventions].
final class Codes {
  final TimerHeap due = new TimerHeap(4);
  final TimerHeap waiting = new TimerHeap(4);

  /// No delivery expires before this time.
  long earliestExpiry = Long.MAX_VALUE;

  /// No incident is to be reminded of before this time.
  long earliestReminder = Long.MAX_VALUE;

  /// The number dispatched last.
  int lastNumber;

  private final Monitors monitors;
  private final Moment moment;
  private final Ledger ledger;
  private final AlertLedger alerts;
  private final Transitions listener;

  Codes(Monitors monitors, Ledger ledger, Transitions listener) {
    this.monitors = monitors;
    this.moment = monitors.moment;
    this.ledger = ledger;
    this.alerts = ledger.alerts;
    this.listener = listener;
  }

  /// Counts an alert that was called for and not raised.
  void skip(Pulse of, Code code) {
    alerts.skipped++;
    listener.skipped(of.handle, code, moment.now);
  }

  /// Appends an alert to its monitor's list.
  void raise(Pulse of, Code code) {
    AlertQueue queue = monitors.addAlertQueue(of);
    if (Alerts.count(queue.alerts) == Alerts.MAX) {
      abandon(of, queue, Alerts.oldestNotInFlight(queue.alerts));
    }
    queue.alerts = Alerts.push(queue.alerts, code.ordinal());
    alerts.raised++;
    alerts.queued++;
    listener.raised(of.handle, code, moment.now);
    if (Alerts.count(queue.alerts) == 1) {
      firstIsDue(of, queue, moment.now);
    }
    if (code == Code.RED) {
      planReminder(of);
    }
    if (Alerts.givesWayToRed(queue.alerts)) {
      abandon(of, queue, 0);
    }
  }

  /// Whether rules repeat the red of an open incident.
  static boolean reminds(AlertRules rules) {
    return rules.remindNanos() > 0 && (rules.codes() & Code.RED.bit()) != 0;
  }

  private void planReminder(Pulse of) {
    Incident incident = Monitors.incident(of);
    if (incident != null) {
      long remind = of.rules.monitor.alerts().remindNanos();
      incident.remindNanos = remind == 0 ? 0 : moment.now + remind;
    }
  }

  /// Makes sure that an incident whose reminder something held back is looked at in time.
  void checkReminder(Pulse of) {
    Incident incident = Monitors.incident(of);
    if (incident != null && incident.remindNanos > 0) {
      earliestReminder = Math.min(earliestReminder, incident.remindNanos);
    }
  }

  /// The first alert is due at this time.
  void firstIsDue(Pulse of, AlertQueue queue, long nanos) {
    queue.nanos = nanos;
    due.add(nanos, of.handle, 0);
  }

  void mayExpireAt(long nanos) {
    earliestExpiry = Math.min(earliestExpiry, nanos);
  }

  /// Whether a monitor's first alert is due at this time, booked or not.
  static boolean isDue(Pulse of, long nanos, boolean booked) {
    AlertQueue queue = Monitors.alertQueue(of);
    return queue != null && !queue.inFlight() && queue.booked == booked && queue.nanos == nanos;
  }

  // --- what becomes of alerts

  /// Ends the delivery in flight; the caller counts how.
  void end(Pulse of, AlertQueue queue, int how) {
    ledger.code.inFlight--;
    listener.ended(Lane.CODE, of.handle, queue.number, how, queue.dueNanos, moment.now);
    queue.number = 0;
  }

  void delivered(Pulse of, AlertQueue queue) {
    alerts.delivered++;
    alerts.queued--;
    remove(of, queue, 0);
  }

  /// A delivery failed or expired: it is tried again later, or the alert is given up.
  void deliveryFailed(Pulse of, AlertQueue queue) {
    queue.alerts = Alerts.deliveryFailed(queue.alerts);
    if (Alerts.abandonsFirst(queue.alerts, of.rules.monitor.alerts())) {
      abandon(of, queue, 0);
    } else {
      firstIsDue(of, queue, moment.now + AlertRules.backoffNanos(Alerts.failed(queue.alerts)));
    }
  }

  private void abandon(Pulse of, AlertQueue queue, int index) {
    if (index == 0) {
      cancelBooked(of, queue);
    }
    alerts.abandoned++;
    alerts.queued--;
    listener.abandoned(of.handle, Code.of(Alerts.colour(queue.alerts, index)), moment.now);
    remove(of, queue, index);
  }

  private void remove(Pulse of, AlertQueue queue, int index) {
    queue.alerts = Alerts.remove(queue.alerts, index);
    if (queue.alerts == Alerts.NONE) {
      monitors.removeAlertQueue(of);
      checkReminder(of);
    } else if (index == 0) {
      firstIsDue(of, queue, moment.now);
    }
  }

  /// Accounts for a booked delivery that its lane did not take.
  void cancelBooked(Pulse of, AlertQueue queue) {
    if (queue.booked) {
      queue.booked = false;
      ledger.code.waiting--;
      ledger.code.cancelled++;
      listener.cancelled(Lane.CODE, of.handle, queue.nanos, moment.now);
    }
  }

  /// The alerts go with their monitor; the delivery in flight was ended before.
  void drop(Pulse of, AlertQueue queue) {
    for (int i = 0, count = Alerts.count(queue.alerts); i < count; i++) {
      alerts.dropped++;
      alerts.queued--;
      listener.dropped(of.handle, Code.of(Alerts.colour(queue.alerts, i)), moment.now);
    }
  }

  /// Alerts of a restored state count as raised.
  void restored(Pulse of, long list) {
    for (int i = 0, count = Alerts.count(list); i < count; i++) {
      alerts.raised++;
      alerts.queued++;
      listener.raised(of.handle, Code.of(Alerts.colour(list, i)), moment.now);
    }
  }
}
