package dev.cpra.harness.planted;

import dev.cpra.engine.Engine;
import dev.cpra.engine.ForwardingEngine;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.MonitorRules;

/// An engine with a cost around every tick. Unlike a real engine it reads a clock: it has to know
/// how long it has kept the thread busy.
final class PlantedEngine extends ForwardingEngine {
  /// Busy time is made up in pieces, so that reading the clock is a small part of it.
  private static final double PIECE_NANOS = 2_000;

  /// A longer gap between two ticks is a pause between slices, not running time.
  private static final long GAP_NANOS_MAX = 20_000_000;

  /// When a churned monitor would be due. Its entry stays in the wheel until then, though the
  /// monitor is gone.
  private static final long CHURNED_DUE_NANOS = 2_000_000_000;

  private final PlantedCost cost;
  private final MonitorRules churnedRules = MonitorRules.of(CHURNED_DUE_NANOS, CHURNED_DUE_NANOS);
  private final int churnedMax;
  private double owedNanos;
  private long appliedBefore;
  private long tickBefore = Long.MIN_VALUE;
  private long ranNanos;
  private byte[] garbage = new byte[0];

  PlantedEngine(Engine engine, PlantedCost cost, int churnedMax) {
    super(engine);
    this.cost = cost;
    this.churnedMax = churnedMax;
  }

  @Override
  public int tick(long nowNanos) {
    int work = engine.tick(nowNanos);
    long applied = applied(engine.ledger());
    long jobs = applied - appliedBefore;
    appliedBefore = applied;
    if (cost.bytesPerJob() > 0) {
      for (long i = 0; i < jobs; i++) {
        garbage = new byte[cost.bytesPerJob()];
      }
    }
    if (cost.churn()) {
      for (long i = 0; i < Math.min(jobs, churnedMax); i++) {
        engine.remove(engine.add(churnedRules, nowNanos + CHURNED_DUE_NANOS));
      }
    }
    owedNanos += jobs * cost.busyNanosPerJob();
    if (owedNanos >= PIECE_NANOS) {
      owedNanos -= keepBusy((long) owedNanos);
    }
    if (cost.stallEveryNanos() > 0) {
      stall();
    }
    return work;
  }

  private void stall() {
    long now = System.nanoTime();
    if (tickBefore != Long.MIN_VALUE) {
      ranNanos += Math.min(now - tickBefore, GAP_NANOS_MAX);
    }
    if (ranNanos >= cost.stallEveryNanos()) {
      ranNanos = 0;
      keepBusy(cost.stallNanos());
    }
    tickBefore = System.nanoTime();
  }

  private static long keepBusy(long nanos) {
    long from = System.nanoTime();
    long spent = 0;
    while (spent < nanos) {
      spent = System.nanoTime() - from;
    }
    return spent;
  }

  private static long applied(Ledger ledger) {
    return applied(ledger.pulse) + applied(ledger.intervention) + applied(ledger.code);
  }

  private static long applied(LaneLedger lane) {
    return lane.ok + lane.failed;
  }

  /// What was allocated last, so that no compiler leaves the allocation out.
  byte[] garbage() {
    return garbage;
  }
}
