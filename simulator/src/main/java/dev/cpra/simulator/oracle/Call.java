package dev.cpra.simulator.oracle;

import dev.cpra.engine.MonitorRules;

/// A call that the next tick applies.
sealed interface Call {
  /// [dev.cpra.engine.Engine#restore], as far as it needs the time.
  record Restore(MonitorOracle monitor) implements Call {}

  record Update(MonitorOracle monitor, MonitorRules rules) implements Call {}

  record Remove(MonitorOracle monitor) implements Call {}

  record Pause(MonitorOracle monitor, boolean paused) implements Call {}

  record RunNow(MonitorOracle monitor, long dueNanos) implements Call {}

  record Drain() implements Call {}
}
