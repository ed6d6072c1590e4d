package dev.cpra.engine.peers;

/// Tells when monitors' next slots come: the one thing in which the engines of this module differ.
/// Belongs to the engine's owner. Times are ticks, multiples of the engine's tick.
interface SlotTimers extends AutoCloseable {
  /// What [#earliestTick] says when nothing is armed, or when a thread of the timer's own tells.
  long NEVER = Long.MAX_VALUE;

  /// A tick of the engine begins; before the first one no timer has to run.
  default void begin(long nowNanos) {}

  /// The monitor's timer fires at this tick, at once if that has passed. Replaces the one armed.
  void arm(int monitor, long tick);

  /// The monitor has no timer any more.
  void disarm(int monitor);

  /// Whether the monitor has a timer that was not handed over.
  boolean isArmed(int monitor);

  /// Hands over the timers up to this tick; they are disarmed.
  void collect(long tick, DueSlots into);

  /// A tick before which no timer fires, never later than the first that does.
  long earliestTick();

  /// Whom to call when a timer has fired, if that happens on another thread.
  default void onFired(Runnable listener) {}

  /// How many timers were armed so far.
  long armed();

  @Override
  void close();
}
