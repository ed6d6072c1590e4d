package dev.cpra.engine.ecs;

import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;

/// System: every slot whose time has come is due, and either waits for its lane or is missed.
final class BookDueSlots {
  private final Monitors monitors;
  private final Moment moment;
  private final SlotIndex slots;
  private final WaitingLine line;
  private final LaneLedger ledger;
  private final Transitions listener;

  /// What was read ahead. Nobody needs it; it keeps the reads from being optimised away.
  @SuppressWarnings("UnusedVariable")
  private int readAhead;

  BookDueSlots(Monitors monitors, WaitingLine line, LaneLedger ledger, Transitions listener) {
    this.monitors = monitors;
    this.moment = monitors.moment;
    this.slots = monitors.slots;
    this.line = line;
    this.ledger = ledger;
    this.listener = listener;
  }

  void run() {
    long lastTick = moment.tick();
    long time = lastTick * moment.tickNanos();
    for (long tick; (tick = slots.next(lastTick)) >= 0; ) {
      long to = tick * moment.tickNanos();
      long from = to - moment.tickNanos();
      readAhead();
      int[] handles = slots.handles();
      int first = slots.from();
      int end = keepMeant(handles, first, slots.to(), from, to);
      for (int i = first; i < end; i++) {
        book(monitors.get(handles[i]), tick, time);
      }
    }
  }

  /// Reads of each monitor that is due soon. Where a tick has few pulses it would otherwise spend
  /// most of its time waiting for them, one after the other.
  private void readAhead() {
    int[] handles = slots.ahead();
    int sum = 0;
    for (int i = slots.aheadFrom(), to = slots.aheadTo(); i < to; i++) {
      sum += monitors.get(handles[i]).vitals;
    }
    readAhead = sum;
  }

  /// Leaves out stale entries: the monitor is gone, or on another grid. A loop of its own, so that
  /// the cache misses of a tick's pulses overlap; then they are at hand.
  private int keepMeant(int[] handles, int first, int end, long from, long to) {
    int kept = first;
    int last = -1;
    for (int i = first; i < end; i++) {
      int handle = handles[i];
      long slot = monitors.get(handle).slotNanos;
      if (slot > from && slot <= to && handle != last) {
        handles[kept++] = handle;
        last = handle;
      }
    }
    return kept;
  }

  private void book(Pulse of, long tick, long time) {
    Rules rules = of.rules;
    long slot = of.slotNanos;
    long next = slot + rules.intervalNanos;
    if (next <= time) {
      bookLate(of, slot, tick, time);
      return;
    }
    ledger.due++;
    if (Lifecycle.offersSlot(of.vitals) && (of.rare == null || !settles(of, slot))) {
      await(of);
      line.addSlot(of.handle, slot, tick);
    } else {
      keepDue(of);
      ledger.missed++;
      listener.missed(of.handle, slot, 1, moment.now);
    }
    monitors.schedule(of, next);
  }

  /// Several slots passed at once: the earliest that may be offered is, the others are missed.
  private void bookLate(Pulse of, long first, long tick, long time) {
    long interval = of.rules.intervalNanos;
    long slots = (time - first) / interval + 1;
    ledger.due += slots;
    long before = slots;
    if (Lifecycle.offersSlot(of.vitals)) {
      before = Math.min(slots, slotsWhileSettling(of, first));
    } else {
      keepDue(of);
    }
    miss(of, first, before);
    if (before < slots) {
      long offered = first + before * interval;
      settles(of, offered);
      await(of);
      if (before < slots - 1) {
        monitors.keepDue(of, offered);
      }
      if (before == 0) {
        line.addSlot(of.handle, offered, tick);
      } else {
        line.add(of.handle, offered);
      }
      miss(of, offered + interval, slots - before - 1);
    }
    monitors.schedule(of, first + slots * interval);
  }

  private void await(Pulse of) {
    of.vitals = (int) Lifecycle.pulseWaits(of.vitals);
    ledger.waiting++;
  }

  /// A slot passes while a pulse waits or is in flight: the next one no longer tells its due time.
  private void keepDue(Pulse of) {
    if (of.hasPulse()) {
      monitors.keepDue(of, of.dueNanos());
    }
  }

  private void miss(Pulse of, long first, long slots) {
    if (slots > 0) {
      ledger.missed += slots;
      listener.missed(of.handle, first, slots, moment.now);
    }
  }

  /// Whether a slot comes before the target has settled; if not, settling is over.
  private boolean settles(Pulse of, long slot) {
    Intervention intervention = Monitors.intervention(of);
    if (intervention == null || of.phase() > Vitals.PULSE_IN_FLIGHT) {
      return false;
    }
    if (slot < intervention.nanos) {
      return true;
    }
    intervention.nanos = 0;
    monitors.tidyIntervention(of);
    return false;
  }

  private static long slotsWhileSettling(Pulse of, long first) {
    Intervention intervention = Monitors.intervention(of);
    long left = intervention == null ? 0 : intervention.nanos - first;
    return left <= 0 ? 0 : (left - 1) / of.rules.intervalNanos + 1;
  }
}
