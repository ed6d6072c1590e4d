package dev.cpra.simulator.oracle;

/// What the checker keeps of a monitor for itself.
final class Follow {
  /// Whether something happens to it in this tick.
  boolean touched;

  /// The flags and rare counters that the engine last told of.
  long toldVitals;

  /// A restored state is not told: what is told next goes on from it.
  boolean restored;

  /// The next time at which something happens by itself, as of the end of the last tick.
  long ownTimeNanos = Long.MAX_VALUE;

  /// The time of its earliest entry in the agenda.
  long agendaNanos = Long.MAX_VALUE;
}
