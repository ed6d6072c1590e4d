package dev.cpra.engine;

/// Range checks whose messages say what was expected and what was found.
final class Check {
  /// The longest duration rules may name: 400 days. Sums of a few stay far from overflow.
  static final long DURATION_MAX_NANOS = 400L * 86_400 * 1_000_000_000;

  private Check() {}

  static void duration(String what, long nanos) {
    range(what, nanos, 1, DURATION_MAX_NANOS);
  }

  static void durationOrZero(String what, long nanos) {
    range(what, nanos, 0, DURATION_MAX_NANOS);
  }

  static void count(String what, int count) {
    range(what, count, 1, MonitorRules.COUNT_MAX);
  }

  static void range(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + ": expected " + least + " to " + most + ", found " + value);
    }
  }
}
