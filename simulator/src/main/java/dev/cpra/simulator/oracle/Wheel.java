package dev.cpra.simulator.oracle;

import java.util.Arrays;

/// Who is to be looked at when: (time, monitor) in a ring of buckets, one per tick, so that adding
/// and taking cost the same however many there are. Entries are not removed when they no longer
/// hold: whoever is told of them knows.
final class Wheel {
  /// Is told of entries whose time has come.
  interface Due {
    void due(long time, int monitor);
  }

  private static final int BUCKETS = 1 << 14;

  private final long tickNanos;
  private final long[][] time = new long[BUCKETS][];
  private final int[][] monitor = new int[BUCKETS][];
  private final int[] count = new int[BUCKETS];
  private long current;
  private int size;

  Wheel(long tickNanos) {
    this.tickNanos = tickNanos;
  }

  int size() {
    return size;
  }

  void clear() {
    Arrays.fill(count, 0);
    size = 0;
    current = 0;
  }

  void add(long at, int whose) {
    int bucket = (int) (Math.max(at / tickNanos, current) & (BUCKETS - 1));
    int n = count[bucket]++;
    if (n == 0 && time[bucket] == null) {
      time[bucket] = new long[8];
      monitor[bucket] = new int[8];
    } else if (n == time[bucket].length) {
      time[bucket] = Arrays.copyOf(time[bucket], 2 * n);
      monitor[bucket] = Arrays.copyOf(monitor[bucket], 2 * n);
    }
    time[bucket][n] = at;
    monitor[bucket][n] = whose;
    size++;
  }

  /// Tells and forgets all entries up to this time. Entries of later rounds stay in their buckets,
  /// those of later in this tick too: its bucket is the first that is looked at again.
  void advance(long now, Due due) {
    long last = now / tickNanos;
    for (long tick = Math.max(current, last - BUCKETS + 1); tick <= last; tick++) {
      int bucket = (int) (tick & (BUCKETS - 1));
      int n = count[bucket];
      if (n > 0) {
        count[bucket] = advance(n, time[bucket], monitor[bucket], now, due);
        size -= n - count[bucket];
      }
    }
    current = Math.max(current, last);
  }

  private static int advance(int n, long[] times, int[] monitors, long now, Due due) {
    int kept = 0;
    for (int i = 0; i < n; i++) {
      if (times[i] <= now) {
        due.due(times[i], monitors[i]);
      } else {
        times[kept] = times[i];
        monitors[kept++] = monitors[i];
      }
    }
    return kept;
  }
}
