package dev.cpra.engine.baseline;

import java.util.Arrays;

/// Jobs of a rare lane that wait for it, first-in first-out. An entry whose job was given up is
/// left and recognised by its owner.
final class DueJobs {
  private int[] monitor = new int[16];
  private long[] due = new long[16];
  private int mask = 15;
  private int first;
  private int size;

  void add(int monitorOf, long dueNanos) {
    if (size > mask) {
      grow();
    }
    int end = first + size++;
    while (end > first && isAfter((end - 1) & mask, monitorOf, dueNanos)) {
      monitor[end & mask] = monitor[(end - 1) & mask];
      due[end & mask] = due[(end - 1) & mask];
      end--;
    }
    monitor[end & mask] = monitorOf;
    due[end & mask] = dueNanos;
  }

  private boolean isAfter(int at, int monitorOf, long dueNanos) {
    return due[at] > dueNanos || (due[at] == dueNanos && monitor[at] > monitorOf);
  }

  boolean isEmpty() {
    return size == 0;
  }

  int firstMonitor() {
    return monitor[first];
  }

  long firstDue() {
    return due[first];
  }

  void removeFirst() {
    first = (first + 1) & mask;
    size--;
  }

  private void grow() {
    int capacity = mask + 1;
    int[] monitors = Arrays.copyOf(monitor, 2 * capacity);
    long[] dues = Arrays.copyOf(due, 2 * capacity);
    // What stood before `first` follows what stood behind it.
    System.arraycopy(monitor, 0, monitors, capacity, first);
    System.arraycopy(due, 0, dues, capacity, first);
    monitor = monitors;
    due = dues;
    mask = 2 * capacity - 1;
  }
}
