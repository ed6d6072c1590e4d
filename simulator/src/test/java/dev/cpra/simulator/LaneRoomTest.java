package dev.cpra.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.contract.OracleEngine;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LaneRoomTest {
  /// Leaves each hundredth job for the next tick, whatever room there is. All of its accounts are
  /// right, and all of its jobs run.
  static final class Shy extends OracleEngine {
    private int offers;

    Shy(EngineLimits limits, Lanes lanes, Transitions listener) {
      super(limits, lanes, listener);
    }

    @Override
    protected boolean offer(
        LaneQueue queue, int monitor, int number, long due, long deadline, int detail) {
      return ++offers % 100 != 0 && super.offer(queue, monitor, number, due, deadline, detail);
    }
  }

  @Test
  void aJobLeftWaitingBesideRoomIsFound() {
    Run run =
        new Simulation(TestLoads.scenario("mixed-faults.yaml", 2), "shy", Shy::new, List.of())
            .run(Simulation.Progress.NONE);

    assertThat(run.failure()).isNotNull().extracting(Failure::checker).isEqualTo("room");
  }
}
