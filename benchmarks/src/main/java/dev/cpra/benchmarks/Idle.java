package dev.cpra.benchmarks;

/// What a thread does that found nothing to do: it spins for a moment, then lets others run, who
/// may be the ones it waits for where cores are few. Not thread-safe.
final class Idle {
  private static final int SPINS = 64;

  private int empty;

  /// There was something to do.
  void reset() {
    empty = 0;
  }

  /// There was nothing.
  @SuppressWarnings("ThreadPriorityCheck") // where cores are few, the other side needs this one
  void idle() {
    if (++empty < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
