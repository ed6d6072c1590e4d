package dev.cpra.engine.baseline;

import java.util.Arrays;

/// Jobs of a rare lane that wait for it, by due time, then handle. An entry whose job was given up
/// is left and recognised by its owner; such entries are thrown out before the room grows.
final class DueJobs {
  /// Tells whether a job still waits.
  interface Waits {
    /// Whether the monitor's job that is due at this time waits.
    boolean isWaiting(int monitor, long dueNanos);
  }

  private final Waits waits;
  private int[] monitor = new int[16];
  private long[] due = new long[16];
  private int mask = 15;
  private int first;
  private int size;

  DueJobs(Waits waits) {
    this.waits = waits;
  }

  void add(int monitorOf, long dueNanos) {
    if (size > mask) {
      makeRoom();
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

  /// How many jobs it has room for.
  int capacity() {
    return mask + 1;
  }

  /// Throws out what no longer waits; if that is less than half, doubles.
  private void makeRoom() {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      int from = (first + i) & mask;
      if (waits.isWaiting(monitor[from], due[from])) {
        int to = (first + kept++) & mask;
        monitor[to] = monitor[from];
        due[to] = due[from];
      }
    }
    size = kept;
    if (size > (mask + 1) / 2) {
      grow();
    }
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
