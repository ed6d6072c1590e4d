package dev.cpra.engine.ecs;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.LimitReachedException;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.kit.CallBuffer;
import java.util.Map;

/// The engine on an entity component system: monitors are entities of a Dominion [World],
/// components are data, and [Systems] hold the logic.
///
/// Not thread-safe, see [Engine]. This class holds the calls; the order of a tick stands in
/// [Systems].
final class EcsEngine implements Engine {
  private final Lanes lanes;
  private final Moment moment;
  private final Ledger ledger = new Ledger();
  private final World world;
  private final Monitors monitors;
  private final CallBuffer calls;
  private final Systems systems;
  private final CopyStates states;
  private final Audit audit;
  private boolean closed;

  EcsEngine(EngineLimits limits, EcsOptions options, Lanes lanes, Transitions listener) {
    this.lanes = lanes;
    moment = new Moment(limits);
    world = new World(limits.maxMonitors());
    monitors = new Monitors(limits, options, moment, world, ledger.pulse, listener);
    calls = new CallBuffer(limits.maxCalls(), ledger);
    systems = new Systems(monitors, world, lanes, ledger, listener);
    states = systems.states();
    audit = new Audit(monitors, world);
  }

  // --- calls

  @Override
  public int add(MonitorRules rules, long firstDueNanos) {
    requireOpen();
    Rules acquired = acquire(rules);
    int handle;
    try {
      handle = monitors.handles.allocate();
    } catch (LimitReachedException e) {
      monitors.rules.release(acquired.id);
      ledger.limitsReached++;
      throw e;
    }
    monitors.create(handle, acquired, firstDueNanos);
    return handle;
  }

  @Override
  public void update(int monitor, MonitorRules rules) {
    requireRoomForCall(monitor);
    calls.add(CallBuffer.UPDATE, monitor, acquire(rules).id);
  }

  @Override
  public void remove(int monitor) {
    requireRoomForCall(monitor);
    calls.add(CallBuffer.REMOVE, monitor, 0);
  }

  @Override
  public void pause(int monitor, boolean paused) {
    requireRoomForCall(monitor);
    calls.add(paused ? CallBuffer.PAUSE : CallBuffer.RESUME, monitor, 0);
  }

  @Override
  public void runNow(int monitor, long nowNanos) {
    requireRoomForCall(monitor);
    calls.add(CallBuffer.RUN_NOW, monitor, nowNanos);
  }

  @Override
  public void drain(long nowNanos) {
    requireOpen();
    moment.draining = true;
  }

  private Rules acquire(MonitorRules rules) {
    try {
      return monitors.rules.acquire(rules);
    } catch (LimitReachedException e) {
      ledger.limitsReached++;
      throw e;
    }
  }

  private void requireRoomForCall(int monitor) {
    require(monitor);
    calls.require();
  }

  private Pulse require(int monitor) {
    requireOpen();
    monitors.handles.require(monitor);
    return monitors.get(monitor);
  }

  /// Dominion does not refuse every call after its world was closed and its native memory freed.
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the engine is closed");
    }
  }

  // --- time

  @Override
  public int tick(long nowNanos) {
    requireOpen();
    moment.now = Math.max(moment.now, nowNanos);
    int work = systems.run(calls);
    lanes.flush();
    return work;
  }

  @Override
  public long nextWakeupNanos() {
    requireOpen();
    return systems.nextWakeupNanos();
  }

  // --- states

  @Override
  public void read(int monitor, MonitorState into) {
    states.read(require(monitor), into);
  }

  @Override
  public void restore(int monitor, MonitorState from) {
    states.restore(require(monitor), from);
  }

  @Override
  public int audit(int from, int count) {
    requireOpen();
    int broken = 0;
    int end = (int) Math.min(monitors.handles.end(), (long) from + count);
    for (int handle = Math.max(from, 0); handle < end; handle++) {
      if (monitors.handles.isUsed(handle) && audit.repair(monitors.get(handle))) {
        broken++;
      }
    }
    ledger.auditRepairs += broken;
    return broken;
  }

  @Override
  public Ledger ledger() {
    requireOpen();
    return ledger;
  }

  @Override
  public Map<String, Long> operations() {
    requireOpen();
    return Map.of(
        monitors.slots.operation(),
        monitors.slots.operations(),
        "structural_changes",
        world.structuralChanges(),
        "short_queries",
        world.shortQueries());
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      world.close();
    }
  }

  /// For tests: how many deliveries stand in line, with those given up.
  int waitingCodes() {
    return systems.waitingCodes();
  }

  /// For tests.
  World world() {
    return world;
  }

  /// For tests.
  Monitors monitors() {
    return monitors;
  }
}
