package dev.cpra.simulator;

import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.simulator.work.LaneListener;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/// Makes the workers of a world.
@FunctionalInterface
interface CrewMaker {
  /// Workers for these lanes.
  ///
  /// @param identity what script and faults know a monitor by, by handle
  /// @param rules of a monitor, by handle
  Crew make(
      Scenario scenario,
      Settings settings,
      Lanes lanes,
      IntUnaryOperator identity,
      IntFunction<MonitorRules> rules,
      LaneListener listener);
}
