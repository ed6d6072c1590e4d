package dev.cpra.engine.peers;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.kit.TimerHeap;
import org.jspecify.annotations.Nullable;

/// A lane for monitors in trouble: what waits for it, in the order in which it is offered.
abstract class RareLane {
  final Register register;
  final RareTimers timers;
  final LaneQueue queue;
  final LaneLedger ledger;
  final Transitions listener;

  /// The number of the last job.
  int lastNumber;

  private final Lane lane;

  /// By due time, then handle. One given up stays until it is first.
  private final TimerHeap waiting = new TimerHeap(16);

  RareLane(Lane lane, Register register, RareTimers timers, LaneQueue queue, LaneLedger ledger) {
    this.lane = lane;
    this.register = register;
    this.timers = timers;
    this.queue = queue;
    this.ledger = ledger;
    this.listener = register.listener;
  }

  /// Lets new numbers go on after one of a restored state.
  final void numbersFollow(int number) {
    lastNumber = Math.max(lastNumber, number);
  }

  /// Whether the job that has waited since `due` is still to be done.
  abstract boolean isWaiting(Watched one, Trouble trouble, long due);

  /// Offers it to the lane; whether that took it.
  abstract boolean offer(Watched one, Trouble trouble);

  /// It waits no longer. Returns when it was due.
  abstract long stopWaiting(Trouble trouble);

  /// Its time has come.
  final void await(Watched one, long due) {
    ledger.due++;
    ledger.waiting++;
    waiting.add(due, one.handle, 0);
  }

  final int dispatch() {
    int count = 0;
    for (; !waiting.isEmpty(); waiting.removeFirst()) {
      Watched one = firstWaiting();
      if (one != null) {
        if (!offer(one, one.trouble())) {
          break;
        }
        count++;
      }
    }
    return count;
  }

  /// The lane has taken the job.
  final void taken(Watched one, long due, int detail) {
    ledger.waiting--;
    ledger.dispatched++;
    ledger.inFlight++;
    listener.dispatched(lane, one.handle, lastNumber, detail, due, register.now);
  }

  /// Takes back a job that waits.
  final void cancelBooked(Watched one, Trouble trouble) {
    ledger.waiting--;
    ledger.cancelled++;
    listener.cancelled(lane, one.handle, stopWaiting(trouble), register.now);
  }

  /// Cancels everything that waits; the monitors stay in their state.
  final void cancelWaiting() {
    for (; !waiting.isEmpty(); waiting.removeFirst()) {
      Watched one = firstWaiting();
      if (one != null) {
        cancelBooked(one, one.trouble());
      }
    }
  }

  final boolean anyWaits() {
    return !waiting.isEmpty();
  }

  /// The monitor of the first entry, or null if that was given up.
  private @Nullable Watched firstWaiting() {
    Watched one = register.get((int) waiting.firstKey());
    Trouble trouble = one.trouble;
    return trouble != null && isWaiting(one, trouble, waiting.firstTime()) ? one : null;
  }
}
