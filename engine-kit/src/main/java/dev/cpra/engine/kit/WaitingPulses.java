package dev.cpra.engine.kit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Pulses that are due and that their lane has not taken, first-in first-out. Pulses come in as
/// they are booked, so the order is the one in which they are offered: longest waiting first, ties
/// by handle. A monitor has at most one.
///
/// A pulse that is given up stays in the ring as a tombstone until it is first or the ring fills
/// up.
///
/// A pulse is found by scanning, which is good for a few. Once the scans have cost about as much as
/// an index by handle would, that index is built, and dropped again when as many pulses have come
/// in without anybody looking for one as would pay for the next. So looking costs O(1) amortised
/// over what comes in, and who never looks pays nothing.
///
/// Not thread-safe. Holds at most four times the most pulses that waited at one time.
public final class WaitingPulses {
  private static final int TOMBSTONE = -1;

  /// Putting an entry into the index costs about as much as scanning so many.
  private static final int SCANS_PER_INDEX = 8;

  private int[] monitor = new int[64];
  private long[] due = new long[64];
  private int mask = 63;

  /// Number of the first entry. Numbers wrap around; an entry's place is its number's low bits.
  private int first;

  private int entries;
  private int tombstones;

  /// By handle, the number of the entry added last. One that has gone is told by what stands there.
  private int @Nullable [] index;

  private int addsUntilDrop;

  /// Entries looked at since the index was built last, and the highest handle among them.
  private long scanned;

  private int highest;

  /// Entries looked at or indexed, ever: what looking for pulses has cost.
  private long work;

  /// How many pulses wait.
  public int size() {
    return entries - tombstones;
  }

  /// Appends a pulse.
  public void add(int monitorOf, long dueNanos) {
    if (entries > mask) {
      makeRoom();
    }
    int number = first + entries++;
    monitor[number & mask] = monitorOf;
    due[number & mask] = dueNanos;
    if (index != null) {
      addToIndex(index, monitorOf, number);
    }
  }

  /// The monitor that waits longest, or -1 if none does.
  public int first() {
    while (entries > 0) {
      int candidate = monitor[first & mask];
      if (candidate != TOMBSTONE) {
        return candidate;
      }
      tombstones--;
      removeFirst();
    }
    return -1;
  }

  /// The due time of the pulse that waits longest; call it after [#first], which found one.
  public long firstDue() {
    return due[first & mask];
  }

  /// Removes the pulse that waits longest; call it after [#first], which found one.
  public void removeFirst() {
    first++;
    entries--;
  }

  /// Gives up the waiting pulse of a monitor.
  ///
  /// @return when it was due
  /// @throws IllegalStateException if it has none
  public long giveUp(int monitorOf) {
    int at = find(monitorOf);
    if (at < 0) {
      throw new IllegalStateException(
          "monitor " + monitorOf + ": expected a waiting pulse, found none");
    }
    monitor[at] = TOMBSTONE;
    tombstones++;
    return due[at];
  }

  /// The due time of the waiting pulse of a monitor, 0 if none waits.
  public long dueOf(int monitorOf) {
    int at = find(monitorOf);
    return at < 0 ? 0 : due[at];
  }

  /// What all calls of [#giveUp] and [#dueOf] have cost, in entries looked at or indexed.
  long work() {
    return work;
  }

  /// The place of a monitor's pulse, -1 if it has none.
  private int find(int monitorOf) {
    if (index == null) {
      if (scanned <= (long) SCANS_PER_INDEX * entries + highest) {
        return scan(monitorOf);
      }
      index = buildIndex();
    }
    addsUntilDrop = Math.max(mask + 1, index.length);
    if (monitorOf >= index.length) {
      return -1;
    }
    int number = index[monitorOf];
    boolean there = Integer.compareUnsigned(number - first, entries) < 0;
    return there && monitor[number & mask] == monitorOf ? number & mask : -1;
  }

  private int scan(int monitorOf) {
    int found = -1;
    int i = 0;
    while (i < entries && found < 0) {
      int at = (first + i++) & mask;
      int candidate = monitor[at];
      highest = Math.max(highest, candidate);
      if (candidate == monitorOf) {
        found = at;
      }
    }
    scanned += i;
    work += i;
    return found;
  }

  private int[] buildIndex() {
    for (int i = 0; i < entries; i++) {
      highest = Math.max(highest, monitor[(first + i) & mask]);
    }
    int[] built = new int[highest + 1];
    for (int i = 0; i < entries; i++) {
      int number = first + i;
      int monitorOf = monitor[number & mask];
      if (monitorOf != TOMBSTONE) {
        built[monitorOf] = number;
      }
    }
    scanned = 0;
    work += entries;
    return built;
  }

  private void addToIndex(int[] old, int monitorOf, int number) {
    if (--addsUntilDrop < 0) {
      index = null;
      return;
    }
    int[] current = old;
    if (monitorOf >= old.length) {
      current = Arrays.copyOf(old, Math.max(monitorOf + 1, old.length + (old.length >> 1)));
      index = current;
    }
    current[monitorOf] = number;
  }

  /// Sweeps the tombstones out; doubles if they were less than half.
  private void makeRoom() {
    boolean inPlace = tombstones > mask / 2;
    int length = inPlace ? mask + 1 : 2 * (mask + 1);
    int[] monitors = inPlace ? monitor : new int[length];
    long[] dues = inPlace ? due : new long[length];
    int kept = 0;
    for (int i = 0; i < entries; i++) {
      int from = (first + i) & mask;
      int monitorOf = monitor[from];
      if (monitorOf != TOMBSTONE) {
        int number = first + kept++;
        monitors[number & (length - 1)] = monitorOf;
        dues[number & (length - 1)] = due[from];
        if (index != null) {
          index[monitorOf] = number;
        }
      }
    }
    monitor = monitors;
    due = dues;
    mask = length - 1;
    entries = kept;
    tombstones = 0;
  }
}
