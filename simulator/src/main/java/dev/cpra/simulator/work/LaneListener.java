package dev.cpra.simulator.work;

import dev.cpra.engine.Lane;

/// Is told of all that passes between a lane and its scripted workers. For worlds on one thread
/// only: what was given may be told when the engine has it already.
public interface LaneListener {
  /// Workers took a job.
  default void taken(
      Lane lane, int monitor, int number, int detail, long dueNanos, long deadlineNanos) {}

  /// The queue of outcomes took one.
  default void given(Lane lane, int monitor, int number, byte outcome) {}
}
