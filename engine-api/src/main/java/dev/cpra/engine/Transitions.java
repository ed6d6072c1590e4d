package dev.cpra.engine;

/// Is told of what happens to jobs, alerts, flags and rare counters, on the engine's owner thread,
/// in the order in which it happens. A job is one from when it is due: an intervention given up
/// while its delay runs ends untold. Primitives only: an implementation must not allocate in the
/// steady state and must not call back into the engine. Traces, state logs and measurements hang on
/// it.
public interface Transitions {
  /// A job ended with an ok outcome.
  int OK = 0;

  /// A job ended with a failed outcome.
  int FAILED = 1;

  /// A job ended because its deadline passed.
  int EXPIRED = 2;

  /// A job ended because its monitor was removed.
  int CANCELLED = 3;

  /// The bits of vitals whose change is told to [#changed]: the flags but waiting, and the rare
  /// counters. The pulse's own coming and going, and the run that follows from it, are told by
  /// [#dispatched] and [#ended].
  long WATCHED = (Vitals.FLAGS & ~Vitals.WAITING) | Vitals.RARE_MASK;

  /// Hears nothing.
  Transitions NONE = new Transitions() {};

  /// Tells one and then the other.
  static Transitions both(Transitions first, Transitions second) {
    return new BothTransitions(first, second);
  }

  /// A lane took a job.
  ///
  /// @param detail as in [Batch#detail]
  default void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {}

  /// A job in flight ended.
  ///
  /// @param end [#OK], [#FAILED], [#EXPIRED] or [#CANCELLED]
  default void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {}

  /// An outcome that was not that of the job in flight was counted and ignored.
  default void stale(Lane lane, int monitor, int number, long nowNanos) {}

  /// Slots passed without a pulse.
  ///
  /// @param firstSlotNanos the first of them
  /// @param slots how many
  default void missed(int monitor, long firstSlotNanos, long slots, long nowNanos) {}

  /// A due job was given up before its lane took it.
  default void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {}

  /// Flags or rare counters changed ([#WATCHED]).
  default void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {}

  /// An alert joined its monitor's list.
  default void raised(int monitor, Code code, long nowNanos) {}

  /// An alert was called for and not raised.
  default void skipped(int monitor, Code code, long nowNanos) {}

  /// An alert was given up.
  default void abandoned(int monitor, Code code, long nowNanos) {}

  /// An alert went with its monitor's removal.
  default void dropped(int monitor, Code code, long nowNanos) {}

  /// A monitor was removed; its handle may be reused from now on.
  default void removed(int monitor, long nowNanos) {}
}
