package dev.cpra.engine.kit;

import org.agrona.collections.Int2IntHashMap;

/// Pulses that are due and that their lane has not taken, first-in first-out. Pulses come in as
/// they are booked, so the order is the one in which they are offered: longest waiting first, ties
/// by handle.
///
/// A pulse that is given up stays in the queue as a tombstone until it is first; a monitor's
/// entries are in order, so the first one found is the one given up.
///
/// Not thread-safe. Grows by doubling up to what the engine's monitors need.
public final class WaitingPulses {
  private int[] monitor = new int[64];
  private long[] due = new long[64];
  private int mask = 63;
  private int first;
  private int entries;
  private final Int2IntHashMap givenUp = new Int2IntHashMap(0);
  private int givenUpCount;

  /// How many pulses wait.
  public int size() {
    return entries - givenUpCount;
  }

  /// Appends a pulse.
  public void add(int monitorOf, long dueNanos) {
    if (entries > mask) {
      grow();
    }
    int at = (first + entries++) & mask;
    monitor[at] = monitorOf;
    due[at] = dueNanos;
  }

  /// The monitor that waits longest, or -1 if none does.
  public int first() {
    while (entries > 0) {
      int candidate = monitor[first];
      if (givenUpCount == 0 || !isTombstone(candidate)) {
        return candidate;
      }
      removeFirst();
    }
    return -1;
  }

  /// The due time of the pulse that waits longest; there must be one.
  public long firstDue() {
    return due[first];
  }

  /// Removes the pulse that waits longest.
  public void removeFirst() {
    first = (first + 1) & mask;
    entries--;
  }

  /// Gives up the waiting pulse of a monitor. Only for one that waits.
  ///
  /// @return when it was due
  public long giveUp(int monitorOf) {
    int skip = givenUp.get(monitorOf);
    givenUp.put(monitorOf, skip + 1);
    givenUpCount++;
    return dueOf(monitorOf, skip);
  }

  /// The due time of the waiting pulse of a monitor, 0 if none waits. Linear, for the rare calls.
  public long dueOf(int monitorOf) {
    return dueOf(monitorOf, givenUp.get(monitorOf));
  }

  private long dueOf(int monitorOf, int skip) {
    for (int i = 0; i < entries; i++) {
      int at = (first + i) & mask;
      if (monitor[at] == monitorOf && skip-- == 0) {
        return due[at];
      }
    }
    return 0;
  }

  private boolean isTombstone(int candidate) {
    int count = givenUp.get(candidate);
    if (count == 0) {
      return false;
    }
    if (count == 1) {
      givenUp.remove(candidate);
    } else {
      givenUp.put(candidate, count - 1);
    }
    givenUpCount--;
    return true;
  }

  private void grow() {
    int capacity = mask + 1;
    int[] monitors = new int[2 * capacity];
    long[] dues = new long[2 * capacity];
    int tail = capacity - first;
    System.arraycopy(monitor, first, monitors, 0, tail);
    System.arraycopy(monitor, 0, monitors, tail, first);
    System.arraycopy(due, first, dues, 0, tail);
    System.arraycopy(due, 0, dues, tail, first);
    monitor = monitors;
    due = dues;
    first = 0;
    mask = 2 * capacity - 1;
  }
}
