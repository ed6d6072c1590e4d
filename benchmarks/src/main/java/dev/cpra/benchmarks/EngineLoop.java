package dev.cpra.benchmarks;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Transitions;
import org.jspecify.annotations.Nullable;

/// An engine with everything on.
final class EngineLoop implements Loop {
  private static final long START_NANOS = 1_000_000_000_000L;
  private static final long TICK_NANOS = 1_000_000_000L / Intervals.TICKS;

  /// Virtual time goes on while a job is on its way; none is to expire.
  private static final long TIMEOUT_NANOS = 900_000_000L;

  private final Engine engine;
  private final LaneQueue pulses;
  private final LaneLedger ledger;
  private final @Nullable WorkerThread worker;
  private final Idle idle = new Idle();
  private final VirtualTime time = new VirtualTime();
  private long target;

  EngineLoop(String name, int monitors, boolean ownThread) {
    LaneLimits one = new LaneLimits(64, 1, 64);
    LaneLimits limits = new LaneLimits(2 * IN_FLIGHT_MAX, BATCH, 2 * IN_FLIGHT_MAX);
    Lanes lanes = Lanes.create(limits, one, one, new ArrayQueues());
    EngineLimits sizes =
        new EngineLimits(monitors, 1_024, 1_024, TICK_NANOS, EngineLimits.GRACE_DEFAULT_NANOS);
    engine = EngineProvider.named(name).create(sizes, lanes, Transitions.NONE);
    pulses = lanes.pulse();
    ledger = engine.ledger().pulse;
    for (int m = 0; m < monitors; m++) {
      MonitorRules rules = MonitorRules.of(Intervals.seconds(m) * 1_000_000_000L, TIMEOUT_NANOS);
      engine.add(rules, START_NANOS + Intervals.firstTick(m) * TICK_NANOS);
    }
    worker = ownThread ? WorkerThread.of(pulses) : null;
    if (worker != null) {
      worker.start();
    }
  }

  @Override
  public long run(int jobs) {
    target += jobs;
    while (ledger.ok < target) {
      boolean moved = time.moveOn(ledger.dispatched, ledger.ok);
      int done = engine.tick(START_NANOS + time.tick() * TICK_NANOS);
      if (worker == null) {
        work();
      } else if (moved || done > 0) {
        idle.reset();
      } else {
        idle.idle();
      }
    }
    if (ledger.expired + ledger.missed > 0) {
      throw new IllegalStateException(
          "time ran ahead of the worker: %d pulses expired, %d were missed"
              .formatted(ledger.expired, ledger.missed));
    }
    return ledger.ok;
  }

  private void work() {
    for (Batch batch = pulses.take(); batch != null; batch = pulses.take()) {
      WorkerThread.succeed(batch);
      pulses.give(batch);
    }
  }

  @Override
  public void close() throws InterruptedException {
    if (worker != null) {
      worker.stop();
    }
    engine.close();
  }
}
