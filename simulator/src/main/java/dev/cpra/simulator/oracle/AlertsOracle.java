package dev.cpra.simulator.oracle;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// The undelivered alerts of one monitor: "a first-in first-out list of at most 8".
final class AlertsOracle {
  private static final int MOST = 8;
  private static final long SECOND = 1_000_000_000L;

  final LaneJob delivery = new LaneJob();
  final Deque<Code> list = new ArrayDeque<>(2);
  private final int monitor;
  private final Moment moment;
  private final ExpectedEvents expected;

  /// An alert of a configured colour was raised since the last green.
  boolean alerted;

  /// How often the first one's delivery failed.
  int failedDeliveries;

  /// When an open incident's red is repeated, 0 for never.
  long remindNanos;

  private boolean restoredInFlight;

  AlertsOracle(int monitor, Moment moment, ExpectedEvents expected) {
    this.monitor = monitor;
    this.moment = moment;
    this.expected = expected;
  }

  /// "A colour not configured is skipped." "A ninth undelivered alert: the oldest not in flight is
  /// abandoned." A red never waits for another colour that is being retried.
  void raise(Code code, AlertRules rules) {
    if ((rules.codes() & code.bit()) == 0) {
      expected.code(monitor, ExpectedEvents.SKIPPED, code);
      return;
    }
    alerted = true;
    if (list.size() == MOST) {
      abandonOldestNotInFlight();
    }
    list.addLast(code);
    expected.code(monitor, ExpectedEvents.RAISED, code);
    if (list.size() == 1) {
      becomesFirst();
    }
    if (code == Code.RED) {
      remindNanos = rules.remindNanos() == 0 ? 0 : moment.nowNanos + rules.remindNanos();
    }
    if (failedDeliveries > 0 && !delivery.inFlight && redWaitsBehindAnother()) {
      abandonFirst();
    }
  }

  /// "The alert is skipped unless a configured one was raised since the last green."
  void green(AlertRules rules) {
    if (alerted) {
      raise(Code.GREEN, rules);
    } else {
      expected.code(monitor, ExpectedEvents.SKIPPED, Code.GREEN);
    }
    alerted = false;
    remindNanos = 0;
  }

  /// "An alert is due when it is first in its list and its backoff is over."
  void book() {
    if (!list.isEmpty()
        && !delivery.inFlight
        && !delivery.waiting
        && delivery.dueNanos <= moment.nowNanos) {
      delivery.waits(delivery.dueNanos, delivery.dueNanos, delivery.dueNanos);
    }
  }

  /// Whether an open incident's red is to be repeated: "no `remind` while one is undelivered".
  boolean remindsAt(long now) {
    return remindNanos != 0 && remindNanos <= now && list.isEmpty();
  }

  void taken(int number, AlertRules rules) {
    long deadline = moment.nowNanos + rules.timeoutNanos() + moment.limits.graceNanos();
    delivery.taken(number, list.getFirst().ordinal(), deadline);
  }

  void outcome(byte outcome, AlertRules rules) {
    if (outcome == Outcome.OK) {
      end(Transitions.OK);
      removeFirst();
    } else {
      end(Transitions.FAILED);
      failed(rules);
    }
  }

  void expire(AlertRules rules) {
    if (delivery.expiredAt(moment.nowNanos)) {
      end(Transitions.EXPIRED);
      failed(rules);
    }
  }

  /// "Alert failed or expired: retried after 1 s, 2 s, 4 s ...: then abandoned; abandoned at once
  /// if it is not red and a red waits behind it."
  private void failed(AlertRules rules) {
    failedDeliveries++;
    if (failedDeliveries > rules.retries() || redWaitsBehindAnother()) {
      abandonFirst();
      return;
    }
    long wait = SECOND;
    for (int i = 1; i < failedDeliveries && wait < 3_600 * SECOND; i++) {
      wait *= 2;
    }
    delivery.dueNanos = moment.nowNanos + Math.min(wait, 3_600 * SECOND);
  }

  private boolean redWaitsBehindAnother() {
    return list.getFirst() != Code.RED && list.contains(Code.RED);
  }

  private void end(int how) {
    expected.ended(monitor, Lane.CODE, delivery.number, how, delivery.dueNanos);
    delivery.inFlight = false;
  }

  private void abandonOldestNotInFlight() {
    if (!delivery.inFlight) {
      abandonFirst();
      return;
    }
    Iterator<Code> codes = list.iterator();
    codes.next();
    expected.code(monitor, ExpectedEvents.ABANDONED, codes.next());
    codes.remove();
  }

  private void abandonFirst() {
    cancelDelivery();
    expected.code(monitor, ExpectedEvents.ABANDONED, list.getFirst());
    removeFirst();
  }

  private void removeFirst() {
    list.removeFirst();
    becomesFirst();
  }

  private void becomesFirst() {
    failedDeliveries = 0;
    delivery.dueNanos = moment.nowNanos;
  }

  /// A delivery that waits for its lane is given up; its alert stays.
  void cancelDelivery() {
    if (delivery.waiting) {
      expected.cancelled(monitor, Lane.CODE, delivery.dueNanos);
      delivery.waiting = false;
    }
  }

  /// "Its undelivered alerts are cancelled, what is in flight ends as cancelled in flight."
  void remove() {
    cancelDelivery();
    if (delivery.inFlight) {
      end(Transitions.CANCELLED);
    }
    for (Code code : list) {
      expected.code(monitor, ExpectedEvents.DROPPED, code);
    }
    list.clear();
  }

  void forget() {
    list.clear();
    delivery.forget();
    delivery.number = 0;
    alerted = false;
    failedDeliveries = 0;
    remindNanos = 0;
    restoredInFlight = false;
  }

  /// "Queued alerts count as raised." "An alert in flight is due again", at the time of the next
  /// tick.
  void restore(MonitorState state, AlertRules rules) {
    for (int i = 0; i < Alerts.count(state.alerts); i++) {
      Code code = Code.of(Alerts.colour(state.alerts, i));
      list.addLast(code);
      expected.code(monitor, ExpectedEvents.RAISED, code);
    }
    restoredInFlight = Alerts.inFlight(state.alerts);
    failedDeliveries = Alerts.failed(state.alerts);
    delivery.dueNanos = restoredInFlight ? 0 : state.codeNanos;
    delivery.number = state.codeNumber;
    remindNanos = state.remindNanos;
    updated(rules);
  }

  void firstTickAfterRestore() {
    if (restoredInFlight) {
      delivery.dueNanos = moment.nowNanos;
      restoredInFlight = false;
    }
  }

  /// "Rules without reminders or without red end it."
  void updated(AlertRules rules) {
    if (rules.remindNanos() == 0 || (rules.codes() & Code.RED.bit()) == 0) {
      remindNanos = 0;
    }
  }

  /// The next time at which something happens here by itself.
  long ownTimeNanos(boolean mayRemind) {
    if (delivery.inFlight) {
      return delivery.deadlineNanos;
    }
    if (moment.draining || delivery.waiting) {
      return Long.MAX_VALUE;
    }
    if (list.isEmpty()) {
      return mayRemind && remindNanos != 0 ? remindNanos : Long.MAX_VALUE;
    }
    return delivery.dueNanos;
  }

  String describe() {
    return list.isEmpty()
        ? ""
        : " alerts " + list + " failed " + failedDeliveries + delivery.describe("delivery");
  }
}
