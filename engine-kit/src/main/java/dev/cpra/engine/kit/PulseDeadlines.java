package dev.cpra.engine.kit;

import java.util.Arrays;
import java.util.function.LongPredicate;

/// The deadlines of pulses in flight. Pulses with the same timeout are dispatched and expire in the
/// same order, so each timeout has a first-in first-out ring and a deadline costs one streaming
/// write and one read instead of a place in a wheel. A pulse that has ended stays until it is first
/// in its ring, and rings that fill up are swept before they grow.
///
/// Timeouts beyond the first [#RINGS_MAX] different ones share a heap, swept likewise.
///
/// Not thread-safe. No allocation in the steady state.
public final class PulseDeadlines {
  /// How many different timeouts have a ring of their own.
  public static final int RINGS_MAX = 64;

  /// Tells whether a pulse is still in flight.
  public interface InFlight {
    /// Whether this is the pulse in flight of the monitor.
    boolean isInFlight(int monitor, int number);
  }

  private final LongPredicate isLive;
  private final TimerHeap.Meant isMeant;
  private final long[] timeouts = new long[RINGS_MAX];
  private final Ring[] rings = new Ring[RINGS_MAX];
  private int ringCount;
  private final TimerHeap others = new TimerHeap(4);

  // Expired pulses of one call of collect(), by handle.
  private long[] expired = new long[16];
  private long[] expiredDue = new long[16];
  private int expiredCount;

  /// No deadlines yet.
  public PulseDeadlines(InFlight inFlight) {
    isLive = key -> inFlight.isInFlight((int) (key >>> 32), (int) key);
    isMeant = (_, key) -> isLive.test(key);
  }

  /// The ring for a timeout, to be given to [#add]; [#RINGS_MAX] for those that share.
  public int ringFor(long timeoutNanos) {
    for (int i = 0; i < ringCount; i++) {
      if (timeouts[i] == timeoutNanos) {
        return i;
      }
    }
    if (ringCount == RINGS_MAX) {
      return RINGS_MAX;
    }
    timeouts[ringCount] = timeoutNanos;
    rings[ringCount] = new Ring(isLive);
    return ringCount++;
  }

  /// Notes the deadline of a pulse that was just dispatched. Within a ring deadlines never go down.
  public void add(int ring, int monitor, int number, long dueNanos, long deadlineNanos) {
    long key = key(monitor, number);
    if (ring < RINGS_MAX) {
      rings[ring].add(key, dueNanos, deadlineNanos);
    } else {
      others.add(deadlineNanos, key, dueNanos, isMeant);
    }
  }

  /// Finds the pulses in flight whose deadline is `nowNanos` or earlier and forgets them; they are
  /// then at [#monitor], [#number] and [#dueNanos] by index, ascending by handle, until the next
  /// call.
  ///
  /// @return how many there are
  public int collect(long nowNanos) {
    expiredCount = 0;
    for (int i = 0; i < ringCount; i++) {
      Ring ring = rings[i];
      ring.dropEnded();
      while (ring.firstDeadline() <= nowNanos) {
        expire(ring.firstKey(), ring.firstDue());
        ring.removeFirst();
        ring.dropEnded();
      }
    }
    while (others.firstTime() <= nowNanos) {
      long key = others.firstKey();
      if (isLive.test(key)) {
        expire(key, others.firstTag());
      }
      others.removeFirst();
    }
    if (expiredCount > 1) {
      sortByHandle();
    }
    return expiredCount;
  }

  /// The monitor of the i-th expired pulse.
  public int monitor(int i) {
    return (int) (expired[i] >>> 32);
  }

  /// The number of the i-th expired pulse.
  public int number(int i) {
    return (int) expired[i];
  }

  /// The due time of the i-th expired pulse.
  public long dueNanos(int i) {
    return expiredDue[i];
  }

  /// The earliest deadline noted, of a pulse in flight or one that has ended; [Long#MAX_VALUE] if
  /// none.
  public long earliest() {
    long first = others.firstTime();
    for (int i = 0; i < ringCount; i++) {
      first = Math.min(first, rings[i].firstDeadline());
    }
    return first;
  }

  /// The deadline noted for a pulse, 0 if there is none. Looks at all of them.
  public long deadlineOf(int monitor, int number) {
    long key = key(monitor, number);
    for (int i = 0; i < ringCount; i++) {
      long deadline = rings[i].deadlineOf(key);
      if (deadline != 0) {
        return deadline;
      }
    }
    return others.timeOf(key);
  }

  private static long key(int monitor, int number) {
    return (long) monitor << 32 | (number & 0xFFFFFFFFL);
  }

  private void expire(long key, long dueNanos) {
    if (expiredCount == expired.length) {
      expired = Arrays.copyOf(expired, 2 * expiredCount);
      expiredDue = Arrays.copyOf(expiredDue, 2 * expiredCount);
    }
    expired[expiredCount] = key;
    expiredDue[expiredCount++] = dueNanos;
  }

  /// A monitor has one pulse in flight, so handles differ. Shell sort: few, and two columns.
  private void sortByHandle() {
    int gap = 1;
    while (gap < expiredCount / 3) {
      gap = 3 * gap + 1;
    }
    for (; gap > 0; gap /= 3) {
      for (int i = gap; i < expiredCount; i++) {
        long key = expired[i];
        long due = expiredDue[i];
        int j = i;
        for (; j >= gap && expired[j - gap] > key; j -= gap) {
          expired[j] = expired[j - gap];
          expiredDue[j] = expiredDue[j - gap];
        }
        expired[j] = key;
        expiredDue[j] = due;
      }
    }
  }

  /// Keys, due times and deadlines in first-in first-out order.
  private static final class Ring {
    private final LongPredicate isLive;
    private long[] entries = new long[3 * 64];
    private int mask = 63;
    private int first;
    private int size;

    Ring(LongPredicate isLive) {
      this.isLive = isLive;
    }

    void add(long key, long dueNanos, long deadlineNanos) {
      if (size > mask) {
        makeRoom();
      }
      int at = 3 * ((first + size++) & mask);
      entries[at] = key;
      entries[at + 1] = dueNanos;
      entries[at + 2] = deadlineNanos;
    }

    long firstKey() {
      return entries[3 * first];
    }

    long firstDue() {
      return entries[3 * first + 1];
    }

    long firstDeadline() {
      return size == 0 ? Long.MAX_VALUE : entries[3 * first + 2];
    }

    long deadlineOf(long key) {
      for (int i = 0; i < size; i++) {
        int at = 3 * ((first + i) & mask);
        if (entries[at] == key) {
          return entries[at + 2];
        }
      }
      return 0;
    }

    void removeFirst() {
      first = (first + 1) & mask;
      size--;
    }

    void dropEnded() {
      while (size > 0 && !isLive(first)) {
        removeFirst();
      }
    }

    private boolean isLive(int at) {
      return isLive.test(entries[3 * at]);
    }

    /// Sweeps out what has ended; if less than half was, doubles.
    private void makeRoom() {
      int capacity = mask + 1;
      int live = 0;
      for (int i = 0; i < size; i++) {
        if (isLive((first + i) & mask)) {
          live++;
        }
      }
      boolean inPlace = live <= capacity / 2;
      long[] target = inPlace ? entries : new long[2 * entries.length];
      int kept = 0;
      int targetFirst = inPlace ? first : 0;
      int targetMask = inPlace ? mask : 2 * capacity - 1;
      for (int i = 0; i < size; i++) {
        int from = (first + i) & mask;
        if (isLive(from)) {
          System.arraycopy(entries, 3 * from, target, 3 * ((targetFirst + kept++) & targetMask), 3);
        }
      }
      entries = target;
      first = targetFirst;
      mask = targetMask;
      size = kept;
    }
  }
}
