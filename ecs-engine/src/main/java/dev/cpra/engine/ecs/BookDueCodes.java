package dev.cpra.engine.ecs;

import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.kit.TimerHeap;

/// System: first alerts whose time has come are due and wait for their lane.
final class BookDueCodes {
  private final Monitors monitors;
  private final Codes codes;
  private final LaneLedger ledger;
  private final TimerHeap.Meant isWaiting;

  BookDueCodes(Monitors monitors, Codes codes, LaneLedger ledger) {
    this.monitors = monitors;
    this.codes = codes;
    this.ledger = ledger;
    isWaiting = (nanos, key) -> Codes.isDue(monitors.get((int) key), nanos, true);
  }

  void run() {
    TimerHeap due = codes.due;
    while (due.firstTime() <= monitors.moment.now) {
      long nanos = due.firstTime();
      Pulse of = monitors.get((int) due.firstKey());
      due.removeFirst();
      if (Codes.isDue(of, nanos, false)) {
        monitors.addAlertQueue(of).booked = true;
        ledger.due++;
        ledger.waiting++;
        codes.waiting.add(nanos, of.handle, 0, isWaiting);
      }
    }
  }
}
