package dev.cpra.daemon.core;

import dev.cpra.engine.Engine;
import dev.cpra.engine.ForwardingEngine;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;

/// The daemon's engine: passes every call on, and after each tick does what hangs on it. Owned by
/// the engine's thread.
final class DaemonEngine extends ForwardingEngine {
  /// How old a snapshot gets.
  private static final long SNAPSHOT_NANOS = 250_000_000;

  private final EngineWatch watch;
  private final MonitorState restored = new MonitorState();
  private final StateTracker tracker;
  private final Safeguard safeguard;
  private final Silences silences;
  private final HeldAlerts held;
  private final WallClock wall;
  private boolean sweeping;
  private long snapshotNanos;

  DaemonEngine(
      Engine engine,
      EngineWatch watch,
      StateTracker tracker,
      Safeguard safeguard,
      Silences silences,
      HeldAlerts held,
      WallClock wall) {
    super(engine);
    this.watch = watch;
    this.tracker = tracker;
    this.safeguard = safeguard;
    this.silences = silences;
    this.held = held;
    this.wall = wall;
  }

  @Override
  public int tick(long nowNanos) {
    int work = engine.tick(nowNanos);
    tracker.hand(engine, nowNanos);
    watch.audit(engine, nowNanos);
    if (nowNanos - snapshotNanos >= SNAPSHOT_NANOS) {
      snapshotNanos = nowNanos;
      safeguard.tick(nowNanos);
      var _ = wall.look();
      silences.look();
      watch.take(engine, nowNanos);
    }
    boolean more = silences.step(engine);
    sweeping = held.step(this, nowNanos) || more;
    return work;
  }

  @Override
  public long nextWakeupNanos() {
    return sweeping ? 0 : Math.min(engine.nextWakeupNanos(), snapshotNanos + SNAPSHOT_NANOS);
  }

  @Override
  public int add(MonitorRules rules, long firstDueNanos) {
    int monitor = engine.add(rules, firstDueNanos);
    watch.added(monitor);
    return monitor;
  }

  @Override
  public void remove(int monitor) {
    engine.remove(monitor);
    watch.gone(monitor);
  }

  @Override
  public void restore(int monitor, MonitorState from) {
    engine.restore(monitor, from);
    engine.read(monitor, restored); // an intervention in flight became a verifying monitor
    watch.restored(monitor, restored.vitals);
  }
}
