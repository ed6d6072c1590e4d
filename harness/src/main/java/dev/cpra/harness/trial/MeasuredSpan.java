package dev.cpra.harness.trial;

/// What runs beside the measured phases of a trial. Called by the trial's main thread, in turn.
interface MeasuredSpan {
  /// Nothing does.
  MeasuredSpan NONE = new MeasuredSpan() {};

  /// A measured phase has begun.
  default void begin() {}

  /// That phase is about to end.
  default void end() {}
}
