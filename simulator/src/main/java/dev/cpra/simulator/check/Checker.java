package dev.cpra.simulator.check;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Transitions;

/// Follows all that happens in one world, and throws a [Violation] when something is wrong.
///
/// It is told of every call of the engine just before the call is made, of every tick, of
/// everything that the engine tells ([Transitions]), and of all that passes between lanes and
/// workers. One thread: that of the world. Times are nanoseconds on the engine's clock, and never
/// go backwards. What it keeps is bounded by the number of monitors.
public interface Checker extends Transitions {
  /// What it is called in reports, such as `one-in-flight`.
  String name();

  /// A monitor was added and got this handle. (Told after the call, which takes effect at once.)
  default void added(int monitor, MonitorRules rules, long firstDueNanos) {}

  /// A monitor just added gets a state; see [Engine#restore], which tells the state's alerts as
  /// raised. The state is the caller's and must not be kept.
  default void restored(int monitor, MonitorState state) {}

  /// A monitor gets other rules; takes effect at the start of the next tick, like every call below.
  default void updated(int monitor, MonitorRules rules) {}

  /// A monitor is to be removed.
  default void removing(int monitor) {}

  /// A monitor is to be paused or resumed.
  default void pausing(int monitor, boolean paused) {}

  /// A pulse is asked for.
  default void runningNow(int monitor, long dueNanos) {}

  /// The engine is to drain.
  default void draining(long nowNanos) {}

  /// A tick begins.
  ///
  /// @param nowNanos the time it is given, or that of an earlier tick if that was later
  /// @param lateNanos how much later than the engine asked for, by faults of the world around it
  default void tickBegins(long nowNanos, long lateNanos) {}

  /// A tick ended; the engine may be read.
  default void tickEnded(Engine engine, long nowNanos) {}

  /// A worker took a job out of a lane.
  default void taken(
      Lane lane, int monitor, int number, int detail, long dueNanos, long deadlineNanos) {}

  /// The queue of outcomes took an outcome: the next tick applies it.
  default void given(Lane lane, int monitor, int number, byte outcome) {}

  /// The world ends, or is restarted: the engine has been drained, and is forgotten after this. A
  /// restart goes on with [#added] and [#restored] for a new engine.
  default void ended(Engine engine, long nowNanos) {}
}
