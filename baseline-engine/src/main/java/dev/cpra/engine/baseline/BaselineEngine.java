package dev.cpra.engine.baseline;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.LimitReachedException;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.engine.kit.CallBuffer;
import java.util.Map;

/// The engine on plain arrays: 16 bytes of hot record and about 9 of wheel per monitor, everything
/// else only for monitors that have it.
///
/// Not thread-safe, see [Engine]. This class holds the order of a tick; the lanes are [Pulses],
/// [Interventions] and [Codes], the records [HotRecords] and [RareRecords].
final class BaselineEngine implements Engine {
  private final Lanes lanes;
  private final Monitors monitors;
  private final Timers timers;
  private final Pulses pulses;
  private final Interventions interventions;
  private final Codes codes;
  private final Effects effects;
  private final Calls calls;
  private final States states;
  private final CallBuffer called;
  private boolean drainCalled;
  private boolean closed;

  BaselineEngine(EngineLimits limits, Lanes lanes, Transitions listener) {
    this.lanes = lanes;
    monitors = new Monitors(limits, listener);
    timers = new Timers(monitors);
    interventions = new Interventions(monitors, timers, lanes.intervention());
    codes = new Codes(monitors, timers, lanes.code());
    effects = new Effects(monitors, interventions, codes);
    pulses = new Pulses(monitors, effects, lanes.pulse());
    calls = new Calls(monitors, pulses, interventions, codes);
    states = new States(monitors, pulses, interventions, codes);
    called = new CallBuffer(limits.maxCalls(), monitors.ledger);
  }

  // --- calls

  @Override
  public int add(MonitorRules rules, long firstDueNanos) {
    requireOpen();
    int rule = acquire(rules);
    int monitor;
    try {
      monitor = monitors.handles.allocate();
    } catch (LimitReachedException e) {
      monitors.rules.release(rule);
      monitors.ledger.limitsReached++;
      throw e;
    }
    monitors.hot.ensure(monitor);
    monitors.hot.reset(monitor, firstDueNanos);
    monitors.hot.setRule(monitor, rule);
    monitors.scheduleSlot(monitor, firstDueNanos);
    return monitor;
  }

  @Override
  public void update(int monitor, MonitorRules rules) {
    requireRoomForCall(monitor);
    called.add(CallBuffer.UPDATE, monitor, acquire(rules));
  }

  @Override
  public void remove(int monitor) {
    requireRoomForCall(monitor);
    called.add(CallBuffer.REMOVE, monitor, 0);
  }

  @Override
  public void pause(int monitor, boolean paused) {
    requireRoomForCall(monitor);
    called.add(paused ? CallBuffer.PAUSE : CallBuffer.RESUME, monitor, 0);
  }

  @Override
  public void runNow(int monitor, long nowNanos) {
    requireRoomForCall(monitor);
    called.add(CallBuffer.RUN_NOW, monitor, nowNanos);
  }

  private int acquire(MonitorRules rules) {
    int rule = monitors.acquire(rules);
    pulses.prepare(rule);
    return rule;
  }

  private void requireRoomForCall(int monitor) {
    requireOpen();
    monitors.handles.require(monitor);
    called.require();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
  }

  // --- the tick

  @Override
  public int tick(long nowNanos) {
    requireOpen();
    monitors.now = Math.max(monitors.now, nowNanos);
    states.carryOutRestored();
    int work = called.size() == 0 ? 0 : calls.carryOut(called);
    if (drainCalled) {
      drainCalled = false;
      cancelWaiting();
    }
    work += pulses.applyOutcomes();
    work += interventions.applyOutcomes(effects);
    work += codes.applyOutcomes();
    work += pulses.expire();
    work += expireRare();
    if (!monitors.draining) {
      work += pulses.bookSlots();
      work += bookRare();
      work += pulses.dispatch();
      work += interventions.dispatch();
      work += codes.dispatch();
    }
    monitors.booked();
    lanes.flush();
    return work;
  }

  private int expireRare() {
    if (timers.firstDeadline() > monitors.now) {
      return 0;
    }
    int work = 0;
    int count = timers.collectPassed(monitors.now);
    for (int i = 0; i < count; i++) {
      int monitor = timers.passedMonitor(i);
      int kind = timers.passedKind(i);
      boolean meant =
          kind == Timers.CODE_DEADLINE
              ? codes.expire(monitor)
              : interventions.expire(monitor, kind, effects);
      work += meant ? 1 : 0;
    }
    return work;
  }

  private int bookRare() {
    int work = 0;
    while (timers.hasDue(monitors.now)) {
      int monitor = timers.dueMonitor();
      int kind = timers.dueKind();
      long due = timers.dueNanos();
      timers.removeDue();
      boolean meant =
          switch (kind) {
            case Timers.INTERVENTION_DUE -> interventions.book(monitor, due);
            case Timers.CODE_DUE -> codes.book(monitor, due);
            default -> codes.remind(monitor);
          };
      work += meant ? 1 : 0;
    }
    return work;
  }

  @Override
  public long nextWakeupNanos() {
    requireOpen();
    if (called.size() > 0 || drainCalled) {
      return monitors.now;
    }
    if (monitors.handles.usedCount() == 0) {
      return Long.MAX_VALUE; // what the wheel still holds is of monitors that are gone
    }
    long next = Math.min(pulses.earliestDeadline(), timers.firstDeadline());
    if (monitors.draining) {
      return next;
    }
    long tick = monitors.limits.tickNanos();
    if (pulses.anyWaits() || interventions.anyWaits() || codes.anyWaits()) {
      next = Math.min(next, monitors.bookedTime() + tick);
    }
    next = Math.min(next, timers.firstDue());
    long lastTick = Long.MAX_VALUE / tick;
    long slotTick = monitors.wheel.earliest(lastTick);
    return slotTick == lastTick ? next : Math.min(next, slotTick * tick);
  }

  @Override
  public void drain(long nowNanos) {
    requireOpen();
    if (!monitors.draining) {
      monitors.draining = true;
      drainCalled = true;
    }
  }

  private void cancelWaiting() {
    pulses.cancelWaiting();
    interventions.cancelWaiting();
    codes.cancelWaiting();
  }

  // --- states

  @Override
  public void read(int monitor, MonitorState into) {
    requireOpen();
    monitors.handles.require(monitor);
    states.read(monitor, into);
  }

  @Override
  public void restore(int monitor, MonitorState from) {
    requireOpen();
    monitors.handles.require(monitor);
    states.restore(monitor, from);
  }

  @Override
  public int audit(int from, int count) {
    requireOpen();
    int broken = 0;
    int to = (int) Math.min(monitors.handles.end(), (long) from + count);
    for (int monitor = Math.max(from, 0); monitor < to; monitor++) {
      if (monitors.handles.isUsed(monitor) && states.repair(monitor)) {
        broken++;
      }
    }
    monitors.ledger.auditRepairs += broken;
    return broken;
  }

  @Override
  public Ledger ledger() {
    requireOpen();
    return monitors.ledger;
  }

  @Override
  public Map<String, Long> operations() {
    requireOpen();
    return Map.of(
        "wheel_entries", monitors.wheel.scheduled(), "record_changes", monitors.rare.changes());
  }

  @Override
  public void close() {
    closed = true;
  }

  /// For tests: the records behind a monitor.
  HotRecords records() {
    return monitors.hot;
  }

  /// For tests: how many monitors have a rare record.
  int rareRecords() {
    return monitors.rare.count();
  }

  /// For tests: how many timers of rare things there are.
  int timers() {
    return timers.size();
  }

  /// For tests: for how many deliveries that wait there is room.
  int codeRoom() {
    return codes.waitingCapacity();
  }

  /// For tests: the deadlines of all pulses in flight are lost.
  void loseDeadlines() {
    pulses.loseDeadlines();
  }

  /// The vitals of a monitor in words, for messages.
  String describe(int monitor) {
    return Vitals.describe(monitors.vitals(monitor));
  }
}
