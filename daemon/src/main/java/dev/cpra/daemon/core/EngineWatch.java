package dev.cpra.daemon.core;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Transitions;
import java.util.Map;

/// How punctual checks leave the engine, and the account for other threads to see. Written by the
/// engine's thread, [#last] may be called from any.
final class EngineWatch implements Transitions {
  private final long[] lateness = new long[EngineSnapshot.buckets()];
  private long sumNanos;
  private volatile EngineSnapshot last =
      new EngineSnapshot(0, new Ledger(), new long[EngineSnapshot.buckets()], 0, Map.of());

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    if (lane == Lane.PULSE) {
      long late = Math.max(0, nowNanos - dueNanos);
      lateness[EngineSnapshot.bucket(late)]++;
      sumNanos += late;
    }
  }

  /// Takes a new snapshot.
  void take(Engine engine, long nowNanos) {
    last =
        new EngineSnapshot(
            nowNanos, engine.ledger().copy(), lateness.clone(), sumNanos, engine.operations());
  }

  /// The last snapshot.
  EngineSnapshot last() {
    return last;
  }
}
