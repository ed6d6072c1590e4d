package dev.cpra.engine.ecs;

/// Finds the monitors whose slot has come. An engine has one for life, so that the calls are
/// monomorphic.
///
/// A slot counts only while [Pulse#slotNanos] says the same: what is handed out may be stale, and
/// whoever takes it checks.
abstract class SlotIndex {
  /// A monitor's slot is at this tick.
  abstract void schedule(int handle, long tick);

  /// Moves on to the next tick, `limit` at most, at which slots have come. Their monitors are then
  /// in [#handles], from [#from] to [#to] - 1, ascending, until the next call; the caller may
  /// overwrite them and schedule the monitors anew.
  ///
  /// @return that tick, or -1 if there is none up to `limit`
  abstract long next(long limit);

  abstract int[] handles();

  abstract int from();

  abstract int to();

  /// As [dev.cpra.engine.kit.TimingWheel#ahead].
  abstract int[] ahead();

  abstract int aheadFrom();

  abstract int aheadTo();

  /// A tick before which no slot comes, `limit` at most.
  abstract long earliest(long limit);

  /// Whether a monitor may still be handed out for a tick that has passed.
  abstract boolean isOverdue(int handle);

  /// The name of what it counts of its own costs.
  abstract String operation();

  /// How often it did that.
  abstract long operations();
}
