package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// The steady state allocates nothing.
interface AllocationTopic extends Worlds {
  /// Whether the engine under test is meant to allocate nothing in its steady state.
  boolean allocatesNothing();

  @Test
  default void aSteadyStateAllocatesNothing() {
    assumeTrue(allocatesNothing(), "this engine, with these options, may allocate");
    Lanes lanes = worldWith().lanes();
    try (Engine engine = worldWith().engine(lanes, Transitions.NONE)) {
      MonitorRules rules =
          MonitorRules.of(37 * MS + 1, 10 * MS)
              .withCalm(3)
              .withIntervention(new InterventionRules(20 * MS, 1, 50 * MS, 2))
              .withAlerts(new AlertRules(Code.ALL_MASK, 10 * MS, 1, 500 * MS));
      MonitorRules warning = rules.withIntervention(null).withThresholds(3, 1);
      for (int i = 0; i < 500; i++) {
        engine.add(i % 2 == 0 ? rules : warning, i * 74_001L);
      }
      long now = run(engine, lanes, 0, 120_000);
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long self = Thread.currentThread().threadId();
      long allocated = Long.MAX_VALUE;
      // A table that grows once more, or the compiler's doing, may spoil some windows, not all.
      for (int window = 0; window < 10 && allocated > 0; window++) {
        long measuring = -threads.getThreadAllocatedBytes(self);
        measuring += threads.getThreadAllocatedBytes(self);
        long before = threads.getThreadAllocatedBytes(self);
        now = run(engine, lanes, now, 100_000);
        allocated = threads.getThreadAllocatedBytes(self) - before - measuring;
      }

      assertThat(allocated).as("bytes allocated in 100,000 ticks").isZero();
      assertThat(engine.ledger().imbalance()).isNull();
      for (Lane lane : Lane.values()) {
        assertThat(engine.ledger().lane(lane).ok).as("%s ok", lane).isGreaterThan(1_000);
        assertThat(engine.ledger().lane(lane).expired).as("%s expired", lane).isPositive();
      }
      assertThat(engine.ledger().alerts.abandoned).isPositive();
      assertThat(engine.ledger().pulse.stale).isPositive();
    }
  }

  /// Ticks, and answers each job at once by its number: mostly ok, some in a row failed, few lost.
  private static long run(Engine engine, Lanes lanes, long from, int ticks) {
    long now = from;
    for (int i = 0; i < ticks; i++) {
      now += MS;
      engine.tick(now);
      answer(lanes.pulse());
      answer(lanes.intervention());
      answer(lanes.code());
    }
    return now;
  }

  private static void answer(LaneQueue lane) {
    for (Batch batch = lane.take(); batch != null; batch = lane.take()) {
      for (int i = 0; i < batch.size(); i++) {
        batch.outcome(i, outcome(lane.lane(), batch.number(i), batch.monitor(i)));
      }
      if (!lane.give(batch)) {
        throw new AssertionError("no room for outcomes");
      }
    }
  }

  private static byte outcome(Lane lane, int number, int monitor) {
    int turn = number + monitor * 7;
    if (turn % 101 == 0) {
      return Outcome.DISCARDED;
    }
    return switch (lane) {
      case PULSE -> turn % 40 < 4 ? Outcome.FAILED : Outcome.OK;
      case INTERVENTION, CODE -> turn % 3 == 0 ? Outcome.FAILED : Outcome.OK;
    };
  }
}
