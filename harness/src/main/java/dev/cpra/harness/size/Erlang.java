package dev.cpra.harness.size;

/// The queue M/M/c: what arrives by chance, is served by one of c workers, and waits if none is
/// free. Loads are in Erlangs: arrivals per second times the mean service time in seconds.
///
/// Everything rests on the recursion of Erlang's B formula, `B(0) = 1, B(c) = a B(c-1) / (c + a
/// B(c-1))`, whose terms all lie between 0 and 1. The direct form divides powers by factorials,
/// both of which overflow from about 170 workers on.
final class Erlang {
  /// The highest load that is answered.
  static final double LOAD_MAX = 1e7;

  private Erlang() {}

  /// Something that a number of workers must achieve.
  @FunctionalInterface
  interface Goal {
    /// Whether it is achieved.
    ///
    /// @param workers more than the load
    /// @param waits the chance that a job has to wait, 0 to 1
    boolean reached(long workers, double waits);
  }

  /// The chance that a job has to wait (Erlang's C formula): 1 if the workers cannot keep up.
  static double waits(long workers, double load) {
    check(load);
    if (workers <= load) {
      return load == 0 ? 0 : 1;
    }
    double blocked = 1;
    for (long c = 1; c <= workers; c++) {
      blocked = step(blocked, c, load);
    }
    return waits(blocked, workers, load);
  }

  /// The fewest workers that reach a goal. One pass: as many steps as workers.
  ///
  /// @param goal is reached by every number above one that reaches it
  /// @return -1 if not even `most` do
  static long fewest(double load, long most, Goal goal) {
    check(load);
    double blocked = 1;
    for (long c = 1; c <= most; c++) {
      blocked = step(blocked, c, load);
      if (c > load && goal.reached(c, waits(blocked, c, load))) {
        return c;
      }
    }
    return -1;
  }

  private static double step(double blocked, long workers, double load) {
    double lost = load * blocked;
    return lost / (workers + lost);
  }

  private static double waits(double blocked, long workers, double load) {
    // B c / (c - a (1 - B)): the divisor is above zero as c is above a.
    return blocked * workers / (workers - load * (1 - blocked));
  }

  private static void check(double load) {
    if (!(load >= 0 && load <= LOAD_MAX)) {
      throw new IllegalArgumentException(
          "load: expected 0 to " + (long) LOAD_MAX + " Erlangs, found " + load);
    }
  }
}
