package dev.cpra.simulator.work;

/// The jobs that one lane's workers are doing, by the time at which each ends: a binary heap over
/// columns. Not thread-safe; all times are nanoseconds on the engine's clock. Allocates nothing
/// after construction.
final class RunningJobs {
  private final int[] monitor;
  private final int[] number;
  private final long[] dueNanos;
  private final byte[] outcome;
  private final byte[] copies;

  private final long[] endNanos;
  private final int[] slot;
  private final int[] free;
  private int size;

  RunningJobs(int capacity) {
    monitor = new int[capacity];
    number = new int[capacity];
    dueNanos = new long[capacity];
    outcome = new byte[capacity];
    copies = new byte[capacity];
    endNanos = new long[capacity];
    slot = new int[capacity];
    free = new int[capacity];
    for (int i = 0; i < capacity; i++) {
      free[i] = capacity - 1 - i;
    }
  }

  int size() {
    return size;
  }

  int capacity() {
    return slot.length;
  }

  /// Adds a job; there must be room.
  ///
  /// @param copies how often its outcome is told: 0 lost, 1, or 2 for a duplicate
  void add(int monitor, int number, long dueNanos, long endNanos, byte outcome, int copies) {
    int s = free[slot.length - 1 - size];
    this.monitor[s] = monitor;
    this.number[s] = number;
    this.dueNanos[s] = dueNanos;
    this.outcome[s] = outcome;
    this.copies[s] = (byte) copies;
    siftUp(size++, endNanos, s);
  }

  /// When the next job ends, [Long#MAX_VALUE] without one.
  long nextEndNanos() {
    return size == 0 ? Long.MAX_VALUE : endNanos[0];
  }

  int nextMonitor() {
    return monitor[slot[0]];
  }

  int nextNumber() {
    return number[slot[0]];
  }

  long nextDueNanos() {
    return dueNanos[slot[0]];
  }

  byte nextOutcome() {
    return outcome[slot[0]];
  }

  int nextCopies() {
    return copies[slot[0]];
  }

  /// Forgets the job that ends next.
  void removeNext() {
    free[slot.length - size] = slot[0];
    size--;
    if (size > 0) {
      siftDown(0, endNanos[size], slot[size]);
    }
  }

  /// Which running jobs a fault hits.
  @FunctionalInterface
  interface Hit {
    boolean test(int monitor, int number);
  }

  /// The outcomes of the jobs hit are never told, and they end at once.
  int lose(Hit hit) {
    int lost = 0;
    for (int i = 0; i < size; i++) {
      int s = slot[i];
      if (hit.test(monitor[s], number[s])) {
        copies[s] = 0;
        endNanos[i] = Long.MIN_VALUE;
        lost++;
      }
    }
    rebuild();
    return lost;
  }

  /// The jobs hit do not end before the given time.
  int hold(Hit hit, long untilNanos) {
    int held = 0;
    for (int i = 0; i < size; i++) {
      int s = slot[i];
      if (hit.test(monitor[s], number[s])) {
        endNanos[i] = Math.max(endNanos[i], untilNanos);
        held++;
      }
    }
    rebuild();
    return held;
  }

  private void rebuild() {
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i, endNanos[i], slot[i]);
    }
  }

  private void siftUp(int from, long end, int s) {
    int i = from;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (endNanos[parent] <= end) {
        break;
      }
      endNanos[i] = endNanos[parent];
      slot[i] = slot[parent];
      i = parent;
    }
    endNanos[i] = end;
    slot[i] = s;
  }

  private void siftDown(int from, long end, int s) {
    int i = from;
    for (int half = size >>> 1; i < half; ) {
      int child = 2 * i + 1;
      if (child + 1 < size && endNanos[child + 1] < endNanos[child]) {
        child++;
      }
      if (endNanos[child] >= end) {
        break;
      }
      endNanos[i] = endNanos[child];
      slot[i] = slot[child];
      i = child;
    }
    endNanos[i] = end;
    slot[i] = s;
  }
}
