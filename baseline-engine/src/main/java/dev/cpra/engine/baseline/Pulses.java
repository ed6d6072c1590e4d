package dev.cpra.engine.baseline;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.PulseDeadlines;
import dev.cpra.engine.kit.PulseOrder;
import dev.cpra.engine.kit.TimingWheel;
import java.util.Arrays;

/// The pulse lane: books slots, dispatches what is due, applies outcomes, expires what is overdue.
final class Pulses implements PulseDeadlines.InFlight {
  private final Monitors monitors;
  private final HotRecords hot;
  private final RareRecords rare;
  private final LaneLedger ledger;
  private final Transitions listener;
  private final Effects effects;
  private final LaneQueue queue;
  private final TimingWheel wheel;
  private final PulseDeadlines deadlines = new PulseDeadlines(this);
  private final PulseOrder waiting;
  private int[] ringOfRule = new int[8];

  Pulses(Monitors monitors, Effects effects, LaneQueue queue) {
    this.monitors = monitors;
    this.hot = monitors.hot;
    this.rare = monitors.rare;
    this.ledger = monitors.ledger.pulse;
    this.listener = monitors.listener;
    this.effects = effects;
    this.queue = queue;
    this.wheel = monitors.wheel;
    this.waiting = new PulseOrder(monitors.tickNanos());
  }

  /// Prepares for rules that were just taken into use.
  void prepare(int rule) {
    if (rule >= ringOfRule.length) {
      ringOfRule = Arrays.copyOf(ringOfRule, Math.max(rule + 1, 2 * ringOfRule.length));
    }
    ringOfRule[rule] = deadlines.ringFor(monitors.pulseLimit(rule));
  }

  // --- outcomes and expiries

  int applyOutcomes() {
    int count = 0;
    for (Batch batch; (batch = queue.pollOutcomes()) != null; ) {
      int size = batch.size();
      for (int i = 0; i < size; i++) {
        apply(batch.monitor(i), batch.number(i), batch.outcome(i), batch.dueNanos(i));
      }
      count += size;
      queue.recycle(batch);
    }
    return count;
  }

  private void apply(int monitor, int number, byte outcome, long due) {
    ledger.outcomes++;
    if (outcome == Outcome.DISCARDED || !isInFlight(monitor, number)) {
      ledger.stale++;
      listener.stale(Lane.PULSE, monitor, number, monitors.now);
      return;
    }
    boolean ok = outcome == Outcome.OK;
    if (ok) {
      ledger.ok++;
    } else {
      ledger.failed++;
    }
    end(monitor, number, ok ? Transitions.OK : Transitions.FAILED, due);
    long before = monitors.vitals(monitor);
    MonitorRules rules = monitors.rulesOf(monitor);
    effects.apply(
        monitor,
        before,
        ok ? Lifecycle.pulseOk(before, rules) : Lifecycle.pulseFailed(before, rules),
        rules);
  }

  private void end(int monitor, int number, int how, long due) {
    ledger.inFlight--;
    listener.ended(Lane.PULSE, monitor, number, how, due, monitors.now);
    if (hot.hasRare(monitor)) {
      rare.setPulseDuePlusOne(rare.row(monitor), 0);
    }
  }

  @Override
  public boolean isInFlight(int monitor, int number) {
    return hot.holds(monitor)
        && hot.number(monitor) == number
        && Vitals.phase(hot.hot(monitor)) == Vitals.PULSE_IN_FLIGHT;
  }

  int expire() {
    int count = deadlines.collect(monitors.now);
    for (int i = 0; i < count; i++) {
      int monitor = deadlines.monitor(i);
      ledger.expired++;
      end(monitor, deadlines.number(i), Transitions.EXPIRED, deadlines.dueNanos(i));
      long before = monitors.vitals(monitor);
      MonitorRules rules = monitors.rulesOf(monitor);
      effects.apply(monitor, before, Lifecycle.pulseExpired(before, rules), rules);
    }
    return count;
  }

  // --- slots

  /// Books every slot up to engine time.
  int bookSlots() {
    long time = monitors.bookedTime();
    long lastTick = monitors.tickAtOrAfter(time);
    long doneTick = waiting.begin(monitors.tickAtOrAfter(monitors.lastBookedTime()));
    int count = 0;
    for (long tick; (tick = wheel.next(lastTick)) >= 0; ) {
      if (tick <= doneTick) {
        waiting.reopen(); // a slot of the past belongs before what has waited less
      }
      monitors.readAhead(wheel.ahead(), wheel.aheadFrom(), wheel.aheadTo());
      int[] handles = wheel.handles();
      int from = wheel.from();
      int to = monitors.keepMeant(handles, from, wheel.to(), tick);
      for (int i = from; i < to; i++) {
        int monitor = handles[i];
        var _ = waiting.settleBefore(tick, monitor);
        bookSlot(monitor, time);
      }
      count += to - from;
    }
    return count + waiting.settle();
  }

  private void bookSlot(int monitor, long time) {
    long slot = hot.slot(monitor);
    int rule = hot.rule(monitor);
    long interval = monitors.interval(rule);
    long vitals = hot.hot(monitor);
    boolean offers = Lifecycle.offersSlot(vitals);
    if (offers && hot.hasRare(monitor)) {
      slot = missWhileSettling(monitor, slot, interval, time);
      offers = slot <= time;
    }
    if (offers) {
      ledger.due++;
      ledger.waiting++;
      hot.setHot(monitor, Lifecycle.pulseWaits(vitals));
      if (slot == hot.slot(monitor)) {
        waiting.add(monitor, slot);
      } else {
        waiting.addOutOfOrder(monitor, slot);
      }
      slot += interval;
    } else if (Vitals.phase(vitals) == Vitals.PULSE_IN_FLIGHT) {
      noteSlotPassed(monitor, slot - interval);
    }
    if (slot <= time) {
      slot = missUpTo(monitor, slot, interval, time);
    }
    monitors.scheduleSlot(monitor, slot);
  }

  /// A slot passes while a pulse is in flight: from now on the next slot no longer tells when that
  /// was due.
  private void noteSlotPassed(int monitor, long previousSlot) {
    if (!hot.hasRare(monitor) || rare.pulseDuePlusOne(rare.row(monitor)) == 0) {
      monitors.keepPulseDue(monitor, previousSlot);
    }
  }

  /// Books the slots from `first` to `time` as missed, all at once, and returns the one after them.
  private long missUpTo(int monitor, long first, long interval, long time) {
    long next = Lifecycle.slotAfter(first, interval, time);
    long slots = (next - first) / interval;
    ledger.due += slots;
    ledger.missed += slots;
    listener.missed(monitor, first, slots, monitors.now);
    return next;
  }

  /// Books the slots from `slot` on, up to `time`, at which the target still settles as missed, and
  /// returns the first after them.
  private long missWhileSettling(int monitor, long slot, long interval, long time) {
    int row = rare.row(monitor);
    long settled = rare.interventionNanos(row);
    long next = slot;
    if (slot < settled) {
      next = missUpTo(monitor, slot, interval, Math.min(settled - 1, time));
    }
    if (next >= settled && next <= time) {
      rare.setInterventionNanos(row, 0);
    }
    return next;
  }

  // --- run now

  /// A call of runNow at this time.
  void runNow(int monitor, long nanos) {
    long vitals = monitors.vitals(monitor);
    if (monitors.draining || !Lifecycle.hearsRunNow(vitals)) {
      monitors.ledger.runNowIgnored++;
      return;
    }
    ledger.due++;
    ledger.waiting++;
    hot.setHot(monitor, Lifecycle.pulseWaits(vitals) & Vitals.HOT_MASK);
    waiting.call(monitor, nanos, monitors.tickAtOrAfter(monitors.lastBookedTime()));
  }

  // --- dispatch

  int dispatch() {
    int count = 0;
    for (int monitor; (monitor = waiting.first()) >= 0; count++) {
      if (!dispatch(monitor, waiting.firstDue())) {
        break;
      }
      waiting.removeFirst();
    }
    return count;
  }

  private boolean dispatch(int monitor, long due) {
    int rule = hot.rule(monitor);
    int number = hot.number(monitor) + 1;
    long now = monitors.now;
    long deadline = now + monitors.pulseLimit(rule);
    if (!queue.offer(monitor, number, due, deadline, 0)) {
      return false;
    }
    hot.setNumberAndHot(monitor, number, Lifecycle.pulseDispatched(hot.hot(monitor)));
    if (hot.slot(monitor) - monitors.interval(rule) != due) {
      monitors.keepPulseDue(monitor, due);
    }
    deadlines.add(ringOfRule[rule], monitor, number, due, deadline);
    ledger.waiting--;
    ledger.dispatched++;
    ledger.inFlight++;
    listener.dispatched(Lane.PULSE, monitor, number, 0, due, now);
    return true;
  }

  // --- giving up

  /// Takes the waiting pulse of a monitor back; the caller accounts for it.
  ///
  /// @return when it was due
  long takeBackWaiting(int monitor) {
    ledger.waiting--;
    hot.setHot(monitor, Lifecycle.pulseGivenUp(hot.hot(monitor)));
    return waiting.giveUp(monitor);
  }

  /// When the waiting pulse of a monitor was due.
  long waitingDue(int monitor) {
    return waiting.dueOf(monitor);
  }

  /// Cancels everything that waits.
  void cancelWaiting() {
    var _ = waiting.settle();
    for (int monitor; (monitor = waiting.first()) >= 0; ) {
      ledger.waiting--;
      ledger.cancelled++;
      hot.setHot(monitor, Lifecycle.pulseGivenUp(hot.hot(monitor)));
      listener.cancelled(Lane.PULSE, monitor, waiting.firstDue(), monitors.now);
      waiting.removeFirst();
    }
  }

  // --- states

  /// The deadline of the pulse in flight, 0 if it is not known, which is an error. Linear, for the
  /// rare calls.
  long deadlineOf(int monitor) {
    return deadlines.deadlineOf(monitor, hot.number(monitor));
  }

  /// Whether the pulse in flight should have expired by now, as far as can be told without its
  /// deadline: it was dispatched when it was due or later.
  boolean mayBeOverdue(int monitor) {
    return monitors.now - monitors.pulseInFlightDue(monitor)
        >= monitors.pulseLimit(hot.rule(monitor));
  }

  /// For tests: the deadlines of all pulses in flight are lost.
  void loseDeadlines() {
    var _ = deadlines.collect(Long.MAX_VALUE - 1);
  }

  /// Lets the pulse in flight of a monitor, whose deadline was lost, expire at the next tick.
  void expireAtOnce(int monitor) {
    deadlines.add(
        PulseDeadlines.RINGS_MAX,
        monitor,
        hot.number(monitor),
        monitors.pulseInFlightDue(monitor),
        monitors.now);
  }

  // --- wake-up

  boolean anyWaits() {
    return waiting.size() > 0;
  }

  long earliestDeadline() {
    return deadlines.earliest();
  }
}
