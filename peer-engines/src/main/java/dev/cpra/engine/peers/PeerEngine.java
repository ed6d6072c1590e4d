package dev.cpra.engine.peers;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.kit.CallBuffer;
import java.util.Map;

/// A full engine as one would write it around a timer: an object per monitor, and [SlotTimers] that
/// tell whose slot has come. Waiting pulses and deadlines stand on the same structures as in our
/// engines, so that what is compared is the timer.
///
/// Not thread-safe, see [Engine].
final class PeerEngine implements Engine {
  private final Register register;
  private final Lanes lanes;
  private final SlotTimers slotTimers;
  private final RareTimers rareTimers = new RareTimers();
  private final PulseLane pulses;
  private final InterventionLane interventions;
  private final CodeLane codes;
  private final Consequences consequences;
  private final States states;
  private final CallBuffer called;
  private boolean drainCalled;
  private boolean closed;

  PeerEngine(EngineLimits limits, Lanes lanes, Transitions listener, SlotTimers slotTimers) {
    this.lanes = lanes;
    this.slotTimers = slotTimers;
    register = new Register(limits, listener);
    interventions = new InterventionLane(register, rareTimers, lanes.intervention());
    codes = new CodeLane(register, rareTimers, lanes.code());
    consequences = new Consequences(register, interventions, codes);
    pulses = new PulseLane(register, slotTimers, consequences, lanes.pulse());
    states = new States(register, pulses, interventions, codes);
    called = new CallBuffer(limits.maxCalls(), register.ledger);
  }

  // --- calls

  @Override
  public int add(MonitorRules rules, long firstDueNanos) {
    requireOpen();
    Watched one = register.add(rules);
    pulses.rulesChanged(one);
    pulses.schedule(one, firstDueNanos);
    return one.handle;
  }

  @Override
  public void update(int monitor, MonitorRules rules) {
    requireRoomForCall(monitor);
    called.add(CallBuffer.UPDATE, monitor, register.acquire(rules));
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

  private void requireRoomForCall(int monitor) {
    requireUsed(monitor);
    called.require();
  }

  private void requireUsed(int monitor) {
    requireOpen();
    register.handles.require(monitor);
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
    register.now = Math.max(register.now, nowNanos);
    slotTimers.begin(nowNanos);
    states.carryOutRestored();
    int work = carryOutCalls();
    if (drainCalled) {
      drainCalled = false;
      pulses.cancelWaiting();
      interventions.cancelWaiting();
      codes.cancelWaiting();
    }
    work += pulses.applyOutcomes();
    work += interventions.applyOutcomes(consequences);
    work += codes.applyOutcomes();
    work += pulses.expire();
    work += expireRare();
    if (!register.draining) {
      work += pulses.bookSlots();
      work += bookRare();
      work += pulses.dispatch();
      work += interventions.dispatch();
      work += codes.dispatch();
      register.lastBookedTime = register.bookedTime();
    }
    lanes.flush();
    return work;
  }

  private int expireRare() {
    if (rareTimers.firstDeadline() > register.now) {
      return 0;
    }
    int work = 0;
    int count = rareTimers.takePassed(register.now);
    for (int i = 0; i < count; i++) {
      Watched one = register.get(rareTimers.passedMonitor(i));
      boolean meant =
          switch (rareTimers.passedKind(i)) {
            case RareTimers.INTERVENTION_DEADLINE -> interventions.expire(one, consequences);
            case RareTimers.INTERVENTION_NOT_TAKEN -> interventions.giveUpLate(one, consequences);
            default -> codes.expire(one);
          };
      work += meant ? 1 : 0;
    }
    return work;
  }

  private int bookRare() {
    int work = 0;
    while (rareTimers.firstDue() <= register.now) {
      Watched one = register.get(rareTimers.firstDueMonitor());
      int kind = rareTimers.firstDueKind();
      long due = rareTimers.firstDue();
      rareTimers.removeFirstDue();
      boolean meant =
          switch (kind) {
            case RareTimers.INTERVENTION_DUE -> interventions.book(one, due);
            case RareTimers.CODE_DUE -> codes.book(one, due);
            default -> codes.remind(one);
          };
      work += meant ? 1 : 0;
    }
    return work;
  }

  private int carryOutCalls() {
    int count = called.size();
    for (int i = 0; i < count; i++) {
      int monitor = called.monitor(i);
      if (register.handles.isUsed(monitor)) {
        carryOut(called.kind(i), register.get(monitor), called.argument(i));
      } else if (called.kind(i) == CallBuffer.RUN_NOW) { // an earlier call removed it
        register.ledger.runNowIgnored++;
      } else if (called.kind(i) == CallBuffer.UPDATE) {
        register.rules.release((int) called.argument(i));
      }
    }
    called.clear();
    return count;
  }

  private void carryOut(byte kind, Watched one, long argument) {
    switch (kind) {
      case CallBuffer.UPDATE -> Calls.update(register, one, (int) argument, pulses, interventions);
      case CallBuffer.REMOVE -> remove(one);
      case CallBuffer.PAUSE -> Calls.pause(register, one, pulses, interventions);
      case CallBuffer.RESUME -> Calls.resume(register, one, codes);
      default -> pulses.runNow(one, argument);
    }
  }

  private void remove(Watched one) {
    pulses.cancel(one);
    interventions.cancel(one);
    codes.drop(one);
    slotTimers.disarm(one.handle);
    register.rules.release(one.ruleId);
    one.reset(Watched.NO_SLOT);
    register.handles.retire(one.handle);
    register.handles.free(one.handle);
    register.listener.removed(one.handle, register.now);
  }

  @Override
  public long nextWakeupNanos() {
    requireOpen();
    if (called.size() > 0 || drainCalled) {
      return register.now;
    }
    if (register.handles.usedCount() == 0) {
      return Long.MAX_VALUE; // what is still noted is of monitors that are gone
    }
    long next = Math.min(pulses.earliestDeadline(), rareTimers.firstDeadline());
    if (register.draining) {
      return next;
    }
    long tick = register.limits.tickNanos();
    if (pulses.anyWaits() || interventions.anyWaits() || codes.anyWaits()) {
      next = Math.min(next, register.bookedTime() + tick);
    }
    next = Math.min(next, rareTimers.firstDue());
    long slotTick = slotTimers.earliestTick();
    return slotTick > Long.MAX_VALUE / tick ? next : Math.min(next, slotTick * tick);
  }

  @Override
  public void onWakeup(Runnable listener) {
    slotTimers.onFired(listener);
  }

  @Override
  public void drain(long nowNanos) {
    requireOpen();
    drainCalled |= !register.draining;
    register.draining = true;
  }

  // --- states

  @Override
  public void read(int monitor, MonitorState into) {
    requireUsed(monitor);
    States.read(register.get(monitor), into);
  }

  @Override
  public void restore(int monitor, MonitorState from) {
    requireUsed(monitor);
    states.restore(register.get(monitor), from);
  }

  @Override
  public int audit(int from, int count) {
    requireOpen();
    int broken = 0;
    int to = (int) Math.min(register.handles.end(), (long) from + count);
    for (int monitor = Math.max(from, 0); monitor < to; monitor++) {
      if (register.handles.isUsed(monitor) && pulses.repair(register.get(monitor))) {
        broken++;
      }
    }
    register.ledger.auditRepairs += broken;
    return broken;
  }

  @Override
  public Ledger ledger() {
    requireOpen();
    return register.ledger;
  }

  @Override
  public Map<String, Long> operations() {
    requireOpen();
    return Map.of("timers_armed", slotTimers.armed());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      slotTimers.close();
    }
  }
}
