package dev.cpra.engine.ecs;

/// Component of a monitor that is being repaired, or was and has attempts not yet forgotten.
final class Intervention {
  /// The bits of the vitals above those in [Pulse]: attempts, and pulses left to verify.
  int counters;

  /// Due: when. In flight: the deadline. Else: until when the target settles, 0 if it does not.
  long nanos;

  /// When the job in flight was due.
  long dueNanos;

  /// The number of the job in flight, 0 without one.
  int number;

  /// Whether it is due and stands in the ledger as waiting.
  boolean booked;
}
