package dev.cpra.engine.peers;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.PulseDeadlines;
import dev.cpra.engine.kit.PulseOrder;

/// The pulse lane: books slots as their timers fire, dispatches, applies outcomes, expires.
final class PulseLane implements PulseDeadlines.InFlight {
  private final Register register;
  private final SlotTimers timers;
  private final Consequences consequences;
  private final LaneQueue queue;
  private final LaneLedger ledger;
  private final Transitions listener;
  private final DueSlots due = new DueSlots();
  private final PulseDeadlines deadlines = new PulseDeadlines(this);
  private final PulseOrder waiting;

  PulseLane(Register register, SlotTimers timers, Consequences consequences, LaneQueue queue) {
    this.register = register;
    this.timers = timers;
    this.consequences = consequences;
    this.queue = queue;
    this.ledger = register.ledger.pulse;
    this.listener = register.listener;
    this.waiting = new PulseOrder(register.limits.tickNanos());
  }

  /// The monitor has other rules than before, or is new.
  void rulesChanged(Watched one) {
    one.ring = deadlines.ringFor(limit(one));
  }

  private long limit(Watched one) {
    return one.rules.timeoutNanos() + register.limits.graceNanos();
  }

  /// Sets the next slot and its timer.
  void schedule(Watched one, long slot) {
    one.slot = slot;
    timers.arm(one.handle, register.tickAtOrAfter(slot));
  }

  // --- outcomes and expiries

  int applyOutcomes() {
    int count = 0;
    for (Batch batch; (batch = queue.pollOutcomes()) != null; ) {
      int size = batch.size();
      for (int i = 0; i < size; i++) {
        apply(batch.monitor(i), batch.number(i), batch.outcome(i));
      }
      count += size;
      queue.recycle(batch);
    }
    return count;
  }

  private void apply(int monitor, int number, byte outcome) {
    ledger.outcomes++;
    Watched one = register.find(monitor);
    if (one == null || outcome == Outcome.DISCARDED || !isInFlight(one, number)) {
      ledger.stale++;
      listener.stale(Lane.PULSE, monitor, number, register.now);
      return;
    }
    if (outcome == Outcome.OK) {
      ledger.ok++;
      end(one, Transitions.OK);
      consequences.apply(one, Lifecycle.pulseOk(one.vitals, one.rules));
    } else {
      ledger.failed++;
      end(one, Transitions.FAILED);
      consequences.apply(one, Lifecycle.pulseFailed(one.vitals, one.rules));
    }
  }

  private static boolean isInFlight(Watched one, int number) {
    return one.pulseNumber == number && one.phase() == Vitals.PULSE_IN_FLIGHT;
  }

  @Override
  public boolean isInFlight(int monitor, int number) {
    return isInFlight(register.get(monitor), number);
  }

  private void end(Watched one, int how) {
    ledger.inFlight--;
    listener.ended(Lane.PULSE, one.handle, one.pulseNumber, how, one.pulseDue, register.now);
    one.pulseDue = 0;
    one.pulseDeadline = 0;
  }

  int expire() {
    int count = deadlines.collect(register.now);
    for (int i = 0; i < count; i++) {
      Watched one = register.get(deadlines.monitor(i));
      ledger.expired++;
      end(one, Transitions.EXPIRED);
      consequences.apply(one, Lifecycle.pulseExpired(one.vitals, one.rules));
    }
    return count;
  }

  // --- slots

  /// Books every slot up to engine time.
  int bookSlots() {
    long time = register.bookedTime();
    long doneTick = waiting.begin(bookedTick());
    int count = 0;
    timers.collect(register.tickAtOrAfter(time), due);
    while (due.next()) {
      long tick = due.tick();
      Watched one = register.get(due.monitor());
      if (!register.isTickOf(tick, one.slot)) {
        continue;
      }
      if (tick <= doneTick) {
        waiting.reopen(); // a slot of the past belongs before what has waited less
      }
      var _ = waiting.settleBefore(tick, one.handle);
      book(one, time);
      count++;
    }
    return count + waiting.settle();
  }

  private void book(Watched one, long time) {
    long slot = one.slot;
    long interval = one.rules.intervalNanos();
    boolean offers = Lifecycle.offersSlot(one.vitals);
    if (offers && one.trouble != null) {
      slot = missWhileSettling(one, one.trouble, interval, time);
      offers = slot <= time;
    }
    if (offers) {
      await(one, slot);
      if (slot == one.slot) {
        waiting.add(one.handle, slot);
      } else {
        waiting.addOutOfOrder(one.handle, slot);
      }
      slot += interval;
    }
    if (slot <= time) {
      slot = missUpTo(one, slot, interval, time);
    }
    schedule(one, slot);
  }

  private void await(Watched one, long dueNanos) {
    ledger.due++;
    ledger.waiting++;
    one.vitals = Lifecycle.pulseWaits(one.vitals);
    one.pulseDue = dueNanos;
  }

  /// Books the slots from `first` to `time` as missed and returns the one after them.
  private long missUpTo(Watched one, long first, long interval, long time) {
    long next = Lifecycle.slotAfter(first, interval, time);
    long slots = (next - first) / interval;
    ledger.due += slots;
    ledger.missed += slots;
    listener.missed(one.handle, first, slots, register.now);
    return next;
  }

  /// Books the slots up to `time` at which the target still settles as missed, and returns the
  /// first after them.
  private long missWhileSettling(Watched one, Trouble trouble, long interval, long time) {
    long settled = trouble.interventionNanos;
    long next = one.slot;
    if (next < settled) {
      next = missUpTo(one, next, interval, Math.min(settled - 1, time));
    }
    if (next >= settled && next <= time) {
      trouble.interventionNanos = 0;
    }
    return next;
  }

  // --- run now

  void runNow(Watched one, long nanos) {
    if (register.draining || !Lifecycle.hearsRunNow(one.vitals)) {
      register.ledger.runNowIgnored++;
      return;
    }
    await(one, nanos);
    waiting.call(one.handle, nanos, bookedTick());
  }

  private long bookedTick() {
    return register.tickAtOrAfter(register.lastBookedTime);
  }

  // --- dispatch

  int dispatch() {
    int count = 0;
    for (int monitor; (monitor = waiting.first()) >= 0; count++) {
      if (!dispatch(register.get(monitor))) {
        break;
      }
      waiting.removeFirst();
    }
    return count;
  }

  private boolean dispatch(Watched one) {
    long now = register.now;
    int number = one.pulseNumber + 1;
    long deadline = now + limit(one);
    if (!queue.offer(one.handle, number, one.pulseDue, deadline, 0)) {
      return false;
    }
    one.pulseNumber = number;
    one.pulseDeadline = deadline;
    one.vitals = Lifecycle.pulseDispatched(one.vitals);
    deadlines.add(one.ring, one.handle, number, one.pulseDue, deadline);
    ledger.waiting--;
    ledger.dispatched++;
    ledger.inFlight++;
    listener.dispatched(Lane.PULSE, one.handle, number, 0, one.pulseDue, now);
    return true;
  }

  // --- giving up

  /// Takes the waiting pulse back; the caller accounts for it.
  ///
  /// @return when it was due
  long takeBackWaiting(Watched one) {
    long since = one.pulseDue;
    ledger.waiting--;
    one.vitals = Lifecycle.pulseGivenUp(one.vitals);
    one.pulseDue = 0;
    var _ = waiting.giveUp(one.handle);
    return since;
  }

  /// The monitor goes: its pulse is cancelled.
  void cancel(Watched one) {
    if (one.has(Vitals.WAITING)) {
      long since = takeBackWaiting(one);
      ledger.cancelled++;
      listener.cancelled(Lane.PULSE, one.handle, since, register.now);
    } else if (one.phase() == Vitals.PULSE_IN_FLIGHT) {
      ledger.cancelledInFlight++;
      end(one, Transitions.CANCELLED);
    }
  }

  /// The monitor is paused: its waiting pulse is missed.
  void miss(Watched one) {
    if (one.has(Vitals.WAITING)) {
      long since = takeBackWaiting(one);
      ledger.missed++;
      listener.missed(one.handle, since, 1, register.now);
    }
  }

  /// Cancels everything that waits.
  void cancelWaiting() {
    var _ = waiting.settle();
    for (int monitor; (monitor = waiting.first()) >= 0; waiting.removeFirst()) {
      Watched one = register.get(monitor);
      ledger.waiting--;
      ledger.cancelled++;
      one.vitals = Lifecycle.pulseGivenUp(one.vitals);
      listener.cancelled(Lane.PULSE, monitor, one.pulseDue, register.now);
      one.pulseDue = 0;
    }
  }

  /// Gives a monitor without a timer one.
  ///
  /// @return whether that was needed
  boolean repair(Watched one) {
    if (timers.isArmed(one.handle)) {
      return false;
    }
    schedule(one, one.slot);
    return true;
  }

  boolean anyWaits() {
    return waiting.size() > 0;
  }

  long earliestDeadline() {
    return deadlines.earliest();
  }
}
