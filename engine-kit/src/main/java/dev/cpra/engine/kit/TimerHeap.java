package dev.cpra.engine.kit;

import java.util.Arrays;

/// A binary min-heap of timers `(time, key, tag)`, ordered by time, then key, for what is rare: a
/// timer costs O(log n). Timers are not cancelled; whoever pops one checks whether it still means
/// anything.
///
/// Not thread-safe. Grows by doubling; does not shrink by itself.
public final class TimerHeap {
  private static final int TRIMMED = 1024;

  /// Tells whether a timer still means anything.
  public interface Meant {
    /// Whether the timer of this key at this time is to be kept.
    boolean isMeant(long time, long key);
  }

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
    if (isFull()) {
      resize(2 * size);
    }
    siftUp(size++, timeOf, keyOf, tagOf);
  }

  /// Adds a timer; a heap that is full is swept before it grows. So it holds at most about twice as
  /// many timers as were meant at one time.
  public void add(long timeOf, long keyOf, long tagOf, Meant meant) {
    if (isFull()) {
      sweep(meant);
    }
    add(timeOf, keyOf, tagOf);
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
    removeAt(0);
  }

  /// Removes one timer with this key, found by looking at all of them.
  ///
  /// @return its tag, or `none` if no timer has that key
  public long remove(long keyOf, long none) {
    for (int i = 0; i < size; i++) {
      if (key[i] == keyOf) {
        long found = tag[i];
        removeAt(i);
        return found;
      }
    }
    return none;
  }

  /// The time of a timer with this key, found by looking at all of them; 0 if there is none.
  public long timeOf(long keyOf) {
    for (int i = 0; i < size; i++) {
      if (key[i] == keyOf) {
        return time[i];
      }
    }
    return 0;
  }

  private void removeAt(int hole) {
    int last = --size;
    int i = hole;
    if (i > 0 && before(time[last], key[last], time[(i - 1) >>> 1], key[(i - 1) >>> 1])) {
      siftUp(i, time[last], key[last], tag[last]);
    } else {
      siftDown(i, time[last], key[last], tag[last]);
    }
  }

  /// Whether the next timer makes it grow.
  boolean isFull() {
    return size == time.length;
  }

  /// How many timers it has room for.
  int capacity() {
    return time.length;
  }

  /// Removes the timers that mean nothing any more, in linear time. If that makes less than half
  /// the room free it grows, so that sweeping whenever it is full costs a constant per timer added.
  void sweep(Meant meant) {
    int kept = 0;
    for (int i = 0; i < size; i++) {
      if (meant.isMeant(time[i], key[i])) {
        move(i, kept++);
      }
    }
    size = kept;
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(i, time[i], key[i], tag[i]);
    }
    if (size > time.length / 2) {
      resize(2 * time.length);
    }
  }

  /// Gives memory back if three quarters of it, and more than a little, are not used.
  void trim() {
    if (time.length > TRIMMED && size < time.length / 4) {
      resize(Math.max(TRIMMED, 2 * size));
    }
  }

  /// Whether a timer has this key, found by looking at all of them.
  public boolean hasKey(long keyOf) {
    for (int i = 0; i < size; i++) {
      if (key[i] == keyOf) {
        return true;
      }
    }
    return false;
  }

  private void siftUp(int from, long timeOf, long keyOf, long tagOf) {
    int i = from;
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

  private void siftDown(int from, long timeOf, long keyOf, long tagOf) {
    int i = from;
    while (true) {
      int child = 2 * i + 1;
      if (child >= size) {
        break;
      }
      int right = child + 1;
      if (right < size && before(time[right], key[right], time[child], key[child])) {
        child = right;
      }
      if (!before(time[child], key[child], timeOf, keyOf)) {
        break;
      }
      move(child, i);
      i = child;
    }
    put(i, timeOf, keyOf, tagOf);
  }

  private void resize(int length) {
    time = Arrays.copyOf(time, length);
    key = Arrays.copyOf(key, length);
    tag = Arrays.copyOf(tag, length);
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
