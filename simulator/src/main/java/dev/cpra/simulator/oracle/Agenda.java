package dev.cpra.simulator.oracle;

import java.util.Arrays;

/// A binary heap of (time, monitor), earliest first, ties by monitor. Entries are not removed when
/// they no longer hold: whoever polls them knows.
final class Agenda {
  private long[] time = new long[64];
  private int[] monitor = new int[64];
  private int size;

  int size() {
    return size;
  }

  /// The earliest time, [Long#MAX_VALUE] if there is none.
  long firstTime() {
    return size == 0 ? Long.MAX_VALUE : time[0];
  }

  /// The monitor of the earliest entry; there must be one.
  int firstMonitor() {
    return monitor[0];
  }

  void clear() {
    size = 0;
  }

  void add(long at, int whose) {
    if (size == time.length) {
      time = Arrays.copyOf(time, 2 * size);
      monitor = Arrays.copyOf(monitor, 2 * size);
    }
    int child = size++;
    while (child > 0) {
      int parent = (child - 1) >>> 1;
      if (!before(at, whose, time[parent], monitor[parent])) {
        break;
      }
      time[child] = time[parent];
      monitor[child] = monitor[parent];
      child = parent;
    }
    time[child] = at;
    monitor[child] = whose;
  }

  void removeFirst() {
    size--;
    long at = time[size];
    int whose = monitor[size];
    int parent = 0;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size
          && before(time[child + 1], monitor[child + 1], time[child], monitor[child])) {
        child++;
      }
      if (!before(time[child], monitor[child], at, whose)) {
        break;
      }
      time[parent] = time[child];
      monitor[parent] = monitor[child];
      parent = child;
    }
    time[parent] = at;
    monitor[parent] = whose;
  }

  private static boolean before(long time, int monitor, long otherTime, int otherMonitor) {
    return time < otherTime || (time == otherTime && monitor < otherMonitor);
  }
}
