package dev.cpra.daemon.core;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Transitions;
import java.util.Map;

/// How punctual checks leave the engine, what the audit finds, and the account for other threads to
/// see. Written by the engine's thread; [#last] and [#wantEach] may be called from any.
final class EngineWatch {
  private final long[] lateness = new long[EngineSnapshot.buckets()];
  private final MonitorMeter meter = new MonitorMeter();
  private final Transitions listener = Transitions.both(new Lateness(), meter);
  private final AuditSlices slices = new AuditSlices();
  private int handles;
  private long sumNanos;
  private volatile boolean each;
  private volatile EngineSnapshot last =
      new EngineSnapshot(
          0, new Ledger(), new long[EngineSnapshot.buckets()], 0, MonitorCounts.NONE, 0, Map.of());

  /// Counts checks by how late they left.
  private final class Lateness implements Transitions {
    @Override
    public void dispatched(
        Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
      if (lane == Lane.PULSE) {
        long late = Math.max(0, nowNanos - dueNanos);
        lateness[EngineSnapshot.bucket(late)]++;
        sumNanos += late;
      }
    }
  }

  /// What the engine is to tell.
  Transitions listener() {
    return listener;
  }

  /// A monitor was added.
  void added(int monitor) {
    handles = Math.max(handles, monitor + 1);
    meter.added(monitor);
  }

  /// A monitor's state was put back.
  void restored(int monitor, long vitals) {
    meter.restored(monitor, vitals);
  }

  /// A monitor was removed; what it has in flight may still end.
  void gone(int monitor) {
    meter.gone(monitor);
  }

  /// Audits the next slice if its time has come.
  void audit(Engine engine, long nowNanos) {
    var _ = slices.step(engine::audit, handles, nowNanos);
  }

  /// From now on snapshots tell the state of each monitor.
  void wantEach() {
    each = true;
  }

  /// Takes a new snapshot.
  void take(Engine engine, long nowNanos) {
    last =
        new EngineSnapshot(
            nowNanos,
            engine.ledger().copy(),
            lateness.clone(),
            sumNanos,
            meter.take(each),
            slices.audited(),
            engine.operations());
  }

  /// The last snapshot.
  EngineSnapshot last() {
    return last;
  }
}
