package dev.cpra.engine.kit;

import java.util.Arrays;

/// A binary min-heap of timers `(time, key, tag)`, ordered by time, then key, for what is rare: a
/// timer costs O(log n). Timers are not cancelled; whoever pops one checks whether it still means
/// anything.
///
/// Not thread-safe. Grows by doubling, never shrinks.
public final class TimerHeap {
  private long[] time;
  private long[] key;
  private long[] tag;
  private int size;

  /// An empty heap with room for so many timers before it grows.
  public TimerHeap(int capacity) {
    int length = Math.max(capacity, 4);
    time = new long[length];
    key = new long[length];
    tag = new long[length];
  }

  /// How many timers it holds.
  public int size() {
    return size;
  }

  /// Whether it holds none.
  public boolean isEmpty() {
    return size == 0;
  }

  /// Adds a timer.
  public void add(long timeOf, long keyOf, long tagOf) {
    if (size == time.length) {
      int length = Math.max(2 * size, 4);
      time = Arrays.copyOf(time, length);
      key = Arrays.copyOf(key, length);
      tag = Arrays.copyOf(tag, length);
    }
    int i = size++;
    while (i > 0) {
      int parent = (i - 1) >>> 1;
      if (!before(timeOf, keyOf, time[parent], key[parent])) {
        break;
      }
      move(parent, i);
      i = parent;
    }
    put(i, timeOf, keyOf, tagOf);
  }

  /// The earliest time, [Long#MAX_VALUE] if there is none.
  public long firstTime() {
    return size == 0 ? Long.MAX_VALUE : time[0];
  }

  /// The key of the earliest timer; the heap must not be empty.
  public long firstKey() {
    return key[0];
  }

  /// The tag of the earliest timer; the heap must not be empty.
  public long firstTag() {
    return tag[0];
  }

  /// Removes the earliest timer; the heap must not be empty.
  public void removeFirst() {
    int last = --size;
    long lastTime = time[last];
    long lastKey = key[last];
    long lastTag = tag[last];
    int i = 0;
    while (true) {
      int child = 2 * i + 1;
      if (child >= last) {
        break;
      }
      int right = child + 1;
      if (right < last && before(time[right], key[right], time[child], key[child])) {
        child = right;
      }
      if (!before(time[child], key[child], lastTime, lastKey)) {
        break;
      }
      move(child, i);
      i = child;
    }
    put(i, lastTime, lastKey, lastTag);
  }

  private static boolean before(long timeA, long keyA, long timeB, long keyB) {
    return timeA < timeB || (timeA == timeB && keyA < keyB);
  }

  private void move(int from, int to) {
    put(to, time[from], key[from], tag[from]);
  }

  private void put(int i, long timeOf, long keyOf, long tagOf) {
    time[i] = timeOf;
    key[i] = keyOf;
    tag[i] = tagOf;
  }
}
