package dev.cpra.engine.baseline;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.LimitReachedException;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.HandleTable;
import dev.cpra.engine.kit.RuleTable;
import dev.cpra.engine.kit.TimingWheel;

/// What the engine's parts share: the monitors' records and rules, the account, the listener, and
/// the wheel with each monitor's next slot.
final class Monitors {
  final EngineLimits limits;
  final Ledger ledger = new Ledger();
  final Transitions listener;
  final HandleTable handles;
  final HotRecords hot;
  final RareRecords rare;
  final RuleTable rules;
  final TimingWheel wheel;

  /// What was read ahead. Nobody needs it; it keeps the reads from being optimised away.
  @SuppressWarnings("UnusedVariable")
  private long readAhead;

  /// The latest time given to a tick.
  long now;

  /// Whether the engine drains: nothing new starts.
  boolean draining;

  private long lastBookedTime = -1;
  private final long tickNanos;

  Monitors(EngineLimits limits, Transitions listener) {
    this.limits = limits;
    this.listener = listener;
    tickNanos = limits.tickNanos();
    handles = new HandleTable(limits.maxMonitors());
    hot = new HotRecords(limits.maxMonitors());
    rare = new RareRecords(hot);
    rules = new RuleTable(limits.maxRules());
    wheel = new TimingWheel(tickNanos);
  }

  /// Engine time: the last multiple of the tick that `now` has reached.
  long bookedTime() {
    return now - now % tickNanos;
  }

  /// The engine time up to which slots are booked.
  long lastBookedTime() {
    return lastBookedTime;
  }

  /// A tick has ended.
  void booked() {
    if (!draining) {
      lastBookedTime = bookedTime();
    }
  }

  // --- vitals

  long vitals(int monitor) {
    long vitals = hot.hot(monitor);
    return hot.hasRare(monitor) ? vitals | rare.vitals(rare.row(monitor)) : vitals;
  }

  /// Stores vitals without effects.
  void storeSilently(int monitor, long before, long after) {
    hot.setHot(monitor, after & Vitals.HOT_MASK);
    if (((before | after) & Vitals.RARE_MASK) != 0) {
      rare.setVitals(rare.rowOrNew(monitor), after);
    }
  }

  /// Stores vitals without effects, and tells the listener if something it watches has changed.
  void store(int monitor, long before, long after) {
    storeSilently(monitor, before, after);
    if (((before ^ after) & Transitions.WATCHED) != 0) {
      listener.changed(monitor, before, after, now);
    }
  }

  /// Frees the rare record if nothing stands in it any more.
  void tidy(int monitor) {
    // In an intervention's phase the record is in use even where time 0 makes it all zeros.
    if (hot.hasRare(monitor) && Vitals.phase(hot.hot(monitor)) < Vitals.INTERVENTION_DUE) {
      rare.freeIfEmpty(monitor, rare.row(monitor));
    }
  }

  // --- rules

  MonitorRules rulesOf(int monitor) {
    return rules.get(hot.rule(monitor));
  }

  /// The pause between attempts, 0 without an intervention.
  static long retryDelay(MonitorRules rules) {
    InterventionRules intervention = rules.intervention();
    return intervention == null ? 0 : intervention.retryDelayNanos();
  }

  /// Takes rules into use and returns their id.
  int acquire(MonitorRules wanted) {
    try {
      return rules.acquire(wanted);
    } catch (LimitReachedException e) {
      ledger.limitsReached++;
      throw e;
    }
  }

  long interval(int rule) {
    return rules.get(rule).intervalNanos();
  }

  /// Timeout and grace of a pulse.
  long pulseLimit(int rule) {
    return rules.get(rule).timeoutNanos() + limits.graceNanos();
  }

  // --- slots

  long tickNanos() {
    return tickNanos;
  }

  /// The first tick at or after a time.
  long tickAtOrAfter(long nanos) {
    return Math.ceilDiv(nanos, tickNanos);
  }

  /// Keeps, of the handles that the wheel gave for a tick, those whose next slot it is. The others
  /// are left over from removed or regridded monitors.
  ///
  /// A loop of its own, since it is where each record is first touched: the processor then has many
  /// cache misses under way at once instead of one after the other.
  ///
  /// @return the end of those kept
  int keepMeant(int[] handles, int from, int to, long tick) {
    long time = tick * tickNanos;
    int end = from;
    int last = -1; // one that was moved away and back is there twice, side by side
    for (int i = from; i < to; i++) {
      int monitor = handles[i];
      handles[end] = monitor;
      long early = time - hot.slot(monitor);
      end += early >= 0 && early < tickNanos && monitor != last ? 1 : 0;
      last = monitor;
    }
    return end;
  }

  /// Reads of each monitor that is due soon. Where a tick has few pulses it would otherwise spend
  /// most of its time waiting for them, one after the other.
  void readAhead(int[] handles, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += hot.slot(handles[i]);
    }
    readAhead = sum;
  }

  /// Sets the next slot and puts it into the wheel.
  void scheduleSlot(int monitor, long slot) {
    hot.setSlot(monitor, slot);
    wheel.schedule(monitor, tickAtOrAfter(slot));
  }

  /// When the pulse in flight was due.
  long pulseInFlightDue(int monitor) {
    if (hot.hasRare(monitor)) {
      long due = rare.pulseDuePlusOne(rare.row(monitor));
      if (due != 0) {
        return due - 1;
      }
    }
    return hot.slot(monitor) - interval(hot.rule(monitor));
  }

  /// Keeps the due time of the pulse in flight before its monitor's next slot or interval changes.
  void keepPulseDue(int monitor, long dueNanos) {
    rare.setPulseDuePlusOne(rare.rowOrNew(monitor), dueNanos + 1);
  }
}
