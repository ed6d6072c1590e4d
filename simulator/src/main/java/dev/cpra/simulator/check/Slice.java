package dev.cpra.simulator.check;

/// Which monitors to look at after this tick: all of a few, some of many in turn.
final class Slice {
  private final int most;
  private int from;

  Slice(int most) {
    this.most = most;
  }

  int from() {
    return from;
  }

  int to(int bound) {
    return Math.min(bound, from + most);
  }

  void next(int bound) {
    from = to(bound) >= bound ? 0 : from + most;
  }
}
