package dev.cpra.engine.kit;

import java.util.Arrays;

/// A two-level timing wheel of `(handle, tick)` entries, after Varghese and Lauck's hierarchical
/// wheels (SOSP 1987), laid out for memory order instead of for cancelling.
///
/// The coarse level has slots of [#FINE] ticks. Scheduling appends 8 bytes to a slot's chain of
/// blocks, a streaming write. When time enters a coarse slot, its entries are distributed to their
/// ticks by one counting sort; only what is scheduled into the slot that time is already in goes to
/// small lists per tick. What lies beyond the coarse level's span waits in a heap.
///
/// Entries are never cancelled. Whoever takes a due handle checks whether it is still meant, which
/// the engines do by its next slot. Handles of one tick come out ascending, without regard to the
/// order in which they went in.
///
/// Not thread-safe. No allocation in the steady state. About 8 bytes per entry, and 2 KiB per
/// coarse slot that has entries.
public final class TimingWheel {
  private static final int FINE_SHIFT = 8;

  /// Ticks in a coarse slot.
  public static final int FINE = 1 << FINE_SHIFT;

  private static final int FINE_MASK = FINE - 1;

  /// So many cache misses overlap well enough: more would not come in faster.
  private static final int MANY = 64;

  /// How many handles are told ahead. Their records have to stay in a core's own cache until they
  /// are worked on.
  private static final int AHEAD = 256;

  private static final long SPAN_NANOS = 1_200_000_000_000L;

  private final int coarseSlots;
  private final BlockChains coarse;
  private final BlockChains fine = new BlockChains(FINE);
  private final long[] coarseUsed;
  private final TimerHeap far = new TimerHeap(4);
  private final HandleSort sort = new HandleSort();

  /// The next tick to hand out: all before it are done.
  private long cursor;

  /// Whether the coarse slot of the cursor was distributed.
  private boolean entered;

  private long entries;
  private long handedOut;

  // The entered slot's handles, by tick: those of tick t are at [start[t], start[t + 1]).
  private final int[] start = new int[FINE + 1];
  private int[] sorted = new int[0];
  private long[] scratch = new long[64];

  /// Entries whose tick was handed out before they came.
  private final TimerHeap overdue = new TimerHeap(4);

  // What next() found.
  private int[] due = new int[0];
  private int dueFrom;
  private int dueTo;
  private int[] merged = new int[64];

  // What comes soon after it, in `sorted`, and how far that was told already.
  private int aheadFrom;
  private int aheadTo;
  private int told;

  /// An empty wheel at tick 0, whose coarse level spans at least 20 minutes; less where ticks are
  /// so short that this would take more than 2^20 slots.
  public TimingWheel(long tickNanos) {
    long slots = SPAN_NANOS / (tickNanos << FINE_SHIFT) + 2;
    coarseSlots = Math.max(64, Integer.highestOneBit((int) Math.min(slots, 1 << 20) - 1) << 1);
    coarse = new BlockChains(coarseSlots);
    coarseUsed = new long[coarseSlots / 64];
  }

  /// How many entries it holds.
  public long size() {
    return entries;
  }

  /// For tests: for how many entries beyond the coarse level it has room.
  int farCapacity() {
    return far.capacity();
  }

  /// How many entries it has ever taken.
  public long scheduled() {
    return handedOut + entries;
  }

  /// Whether a handle was scheduled for a tick that had been handed out, and not handed out since.
  /// Looks at all of these.
  public boolean isOverdue(int handle) {
    return overdue.hasKey(handle);
  }

  /// Makes a handle due at a tick. A tick already handed out is due at the next call of [#next]
  /// whose limit it is within.
  ///
  /// @param handle at least 0
  /// @param tick at least 0, less than [Long#MAX_VALUE]
  public void schedule(int handle, long tick) {
    if (tick < 0) {
      throw new IllegalArgumentException("tick: expected at least 0, found " + tick);
    }
    entries++;
    if (tick < cursor) {
      overdue.add(tick, handle, 0);
      return;
    }
    long slot = tick >>> FINE_SHIFT;
    long ahead = slot - (cursor >>> FINE_SHIFT);
    if (ahead == 0 && entered) {
      fine.append((int) tick & FINE_MASK, handle);
    } else if (ahead < coarseSlots) {
      addCoarse(handle, tick, slot);
    } else {
      far.add(tick, handle, 0);
    }
  }

  private void addCoarse(int handle, long tick, long slot) {
    int index = (int) slot & (coarseSlots - 1);
    coarse.append(index, (tick & FINE_MASK) << 32 | handle);
    coarseUsed[index >>> 6] |= 1L << index;
  }

  /// Moves time on to the next tick, `limit` at most, that has entries. They are then in
  /// [#handles], from [#from] to [#to] - 1, ascending, until the next call; they are no longer in
  /// the wheel, and the caller may schedule them anew.
  ///
  /// @return that tick, or -1 if there is none up to `limit`
  public long next(long limit) {
    if (overdue.firstTime() <= limit && !overdue.isEmpty()) {
      return nextOverdue();
    }
    long last = Math.min(limit, Long.MAX_VALUE - 1); // the cursor goes one further
    while (cursor <= last) {
      if (!entered) {
        long slot = Math.min(firstCoarse(cursor, last), far.firstTime()) >>> FINE_SHIFT;
        if (slot > last >>> FINE_SHIFT) {
          jump(last + 1);
          return -1;
        }
        jump(Math.max(cursor, slot << FINE_SHIFT));
        enter();
      }
      int t = (int) cursor & FINE_MASK;
      int end = (int) Math.min(FINE_MASK, last - (cursor - t));
      for (; t <= end; t++) {
        int inChain = fine.size(t);
        int inSorted = start[t + 1] - start[t];
        if (inChain + inSorted != 0) {
          long tick = (cursor & ~(long) FINE_MASK) + t;
          collect(t, inSorted, inChain);
          jump(tick + 1);
          return tick;
        }
      }
      jump((cursor & ~(long) FINE_MASK) + end + 1);
    }
    return -1;
  }

  /// The array that [#next] filled. The caller may overwrite the due handles.
  public int[] handles() {
    return due;
  }

  /// Index of the first due handle.
  public int from() {
    return dueFrom;
  }

  /// Index after the last due handle.
  public int to() {
    return dueTo;
  }

  /// Handles that are due in this tick and the next ones, for the caller to read what it keeps of
  /// them: the processor then waits for many cache misses at once, where each tick by itself has
  /// but a few. Those from [#aheadFrom] to [#aheadTo] - 1, in no order, until the next call of
  /// [#next]. None if a tick has many itself, or those of this tick were told before.
  public int[] ahead() {
    return sorted;
  }

  /// Index of the first handle of [#ahead].
  public int aheadFrom() {
    return aheadFrom;
  }

  /// Index after the last one.
  public int aheadTo() {
    return aheadTo;
  }

  /// A tick before which nothing is due, and not later than the first that has entries; `limit` if
  /// nothing is scheduled before it.
  public long earliest(long limit) {
    if (!overdue.isEmpty()) {
      return Math.min(limit, overdue.firstTime());
    }
    if (entries == 0) {
      return limit;
    }
    long from = cursor;
    if (entered) {
      long base = cursor & ~(long) FINE_MASK;
      for (int t = (int) cursor & FINE_MASK; t < FINE; t++) {
        if (start[t + 1] != start[t] || fine.size(t) != 0) {
          return Math.min(limit, base + t);
        }
      }
      from = base + FINE;
    }
    return Math.min(limit, Math.min(firstCoarse(from, limit), far.firstTime()));
  }

  /// The first tick from `from` on, `limit` at most, of a coarse slot that has entries;
  /// [Long#MAX_VALUE] if there is none.
  private long firstCoarse(long from, long limit) {
    long slot = from >>> FINE_SHIFT;
    long last = Math.min(limit >>> FINE_SHIFT, slot + coarseSlots - 1);
    for (long s = slot; s <= last; s++) {
      int index = (int) s & (coarseSlots - 1);
      long word = coarseUsed[index >>> 6] >>> index;
      if (word == 0) {
        s |= 63; // the rest of this word is empty
      } else {
        s += Long.numberOfTrailingZeros(word);
        return s <= last ? Math.max(from, s << FINE_SHIFT) : Long.MAX_VALUE;
      }
    }
    return Long.MAX_VALUE;
  }

  private void jump(long tick) {
    if (tick >>> FINE_SHIFT != cursor >>> FINE_SHIFT) {
      entered = false;
    }
    cursor = tick;
  }

  /// Distributes the coarse slot of the cursor to its ticks.
  private void enter() {
    long slot = cursor >>> FINE_SHIFT;
    pullFar(slot);
    int index = (int) slot & (coarseSlots - 1);
    int count = coarse.size(index);
    Arrays.fill(start, 0);
    told = 0;
    if (count > 0) {
      if (scratch.length < count) {
        scratch = new long[Math.max(count, scratch.length + (scratch.length >> 1))];
        sorted = new int[scratch.length];
      } else if (sorted.length < count) {
        sorted = new int[scratch.length];
      }
      coarse.drain(index, scratch, 0);
      coarseUsed[index >>> 6] &= ~(1L << index);
      countingSort(count);
    }
    entered = true;
  }

  private void countingSort(int count) {
    // start[t + 1] is used as the write position of tick t, so that it ends as the start of t + 1.
    for (int i = 0; i < count; i++) {
      int t = (int) (scratch[i] >>> 32);
      if (t < FINE_MASK) {
        start[t + 2]++;
      }
    }
    for (int t = 2; t <= FINE; t++) {
      start[t] += start[t - 1];
    }
    for (int i = 0; i < count; i++) {
      long entry = scratch[i];
      sorted[start[(int) (entry >>> 32) + 1]++] = (int) entry;
    }
  }

  private void pullFar(long slot) {
    while (!far.isEmpty() && (far.firstTime() >>> FINE_SHIFT) - slot < coarseSlots) {
      long tick = far.firstTime();
      addCoarse((int) far.firstKey(), tick, tick >>> FINE_SHIFT);
      far.removeFirst();
    }
    far.trim(); // a load far ahead of tick 0 passes through here once
  }

  private void collect(int t, int inSorted, int inChain) {
    if (inChain == 0) {
      due = sorted;
      dueFrom = start[t];
      dueTo = start[t + 1];
    } else {
      int count = inSorted + inChain;
      ensureMerged(count);
      System.arraycopy(sorted, start[t], merged, 0, inSorted);
      if (scratch.length < inChain) {
        scratch = new long[Math.max(inChain, 2 * scratch.length)];
      }
      fine.drain(t, scratch, 0);
      for (int i = 0; i < inChain; i++) {
        merged[inSorted + i] = (int) scratch[i];
      }
      due = merged;
      dueFrom = 0;
      dueTo = count;
    }
    entries -= dueTo - dueFrom;
    handedOut += dueTo - dueFrom;
    sort.sort(due, dueFrom, dueTo);
    lookAhead(start[t], start[t + 1]);
  }

  private void lookAhead(int from, int to) {
    aheadFrom = from;
    if (to <= told || to - from >= MANY) {
      aheadTo = from;
    } else {
      aheadTo = Math.min(start[FINE], from + AHEAD);
      told = aheadTo;
    }
  }

  /// Hands out the entries of the earliest overdue tick: the heap gives them ascending.
  private long nextOverdue() {
    long tick = overdue.firstTime();
    int taken = 0;
    while (overdue.firstTime() == tick) {
      ensureMerged(taken + 1);
      merged[taken++] = (int) overdue.firstKey();
      overdue.removeFirst();
    }
    entries -= taken;
    handedOut += taken;
    due = merged;
    dueFrom = 0;
    dueTo = taken;
    aheadTo = aheadFrom;
    return tick;
  }

  private void ensureMerged(int count) {
    if (merged.length < count) {
      merged = Arrays.copyOf(merged, Math.max(count, 2 * merged.length));
    }
  }
}
