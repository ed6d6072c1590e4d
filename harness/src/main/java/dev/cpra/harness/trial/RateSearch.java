package dev.cpra.harness.trial;

/// Finds the highest rate that is kept: doubles until one is not, then halves the distance (of
/// logarithms) between the highest that was and the lowest that was not. A rate is not kept only
/// when it failed twice in a row, so that one hiccup of the machine does not decide. Not
/// thread-safe; knows no time.
final class RateSearch {
  /// The lowest rate not kept is then at most this many times the highest kept.
  static final double PRECISION = 1.05;

  private static final double UP = 2;
  private static final double DOWN = 4;

  /// Further away from the first rate than this nothing is looked for.
  private static final double SPAN = 1 << 20;

  private final double first;
  private double rate;
  private double best;
  private double lowestBroken = Double.POSITIVE_INFINITY;
  private boolean brokenOnce;

  /// @param first what is tried first
  RateSearch(double first) {
    this.first = first;
    this.rate = first;
  }

  /// The rate to try next.
  double rate() {
    return rate;
  }

  /// Takes what came of trying it.
  void tried(boolean kept) {
    if (!kept && !brokenOnce) {
      brokenOnce = true;
      return;
    }
    brokenOnce = false;
    if (kept) {
      best = rate;
    } else {
      lowestBroken = rate;
    }
    if (best == 0) {
      rate /= DOWN;
    } else if (Double.isInfinite(lowestBroken)) {
      rate *= UP;
    } else {
      rate = Math.sqrt(best * lowestBroken);
    }
  }

  /// Whether the answer is as near as it gets.
  boolean isDone() {
    return lowestBroken <= best * PRECISION || rate < first / SPAN || rate > first * SPAN;
  }

  /// The highest rate kept so far, 0 if none was.
  double best() {
    return best;
  }

  /// The lowest rate not kept so far, infinite if all were.
  double lowestBroken() {
    return lowestBroken;
  }
}
