package dev.cpra.probes.guard;

import dev.cpra.manifest.policy.Safety.Limit;

/// At most so many in any stretch of time of a given length, exactly: a sliding window over the
/// times of the last ones. Used by one thread.
///
/// A time before one that was seen counts as that one, so a clock that goes backwards frees
/// nothing.
public final class Budget {
  private final long perNanos;
  private final int most;

  /// The last times, a ring that grows to `most` and no further.
  private long[] taken;

  private int first;
  private int count;
  private long lastNanos = Long.MIN_VALUE;

  /// An untouched budget.
  public Budget(Limit limit) {
    most = limit.most();
    perNanos = limit.perNanos();
    taken = new long[Math.min(most, 16)];
  }

  /// How many are left now.
  public int left(long nowNanos) {
    forget(advance(nowNanos));
    return most - count;
  }

  /// Takes one.
  ///
  /// @return false if none is left; nothing is taken then
  public boolean take(long nowNanos) {
    long now = advance(nowNanos);
    forget(now);
    if (count == most) {
      return false;
    }
    if (count == taken.length) {
      grow();
    }
    taken[(first + count) % taken.length] = now;
    count++;
    return true;
  }

  /// Gives the one back that was taken at this time. If its time is over by then, it is left.
  public void giveBack(long whenNanos) {
    int at = count;
    // A time that went backwards was taken as a later one.
    while (at > 0 && taken[(first + at - 1) % taken.length] >= whenNanos) {
      at--;
    }
    if (at == count) {
      return;
    }
    count--;
    for (; at < count; at++) {
      taken[(first + at) % taken.length] = taken[(first + at + 1) % taken.length];
    }
  }

  /// How long until one is left; 0 if one is.
  public long waitNanos(long nowNanos) {
    long now = advance(nowNanos);
    forget(now);
    return count < most ? 0 : taken[first] + perNanos - now;
  }

  private long advance(long nowNanos) {
    lastNanos = Math.max(lastNanos, nowNanos);
    return lastNanos;
  }

  private void forget(long now) {
    while (count > 0 && now - taken[first] >= perNanos) {
      first = (first + 1) % taken.length;
      count--;
    }
  }

  private void grow() {
    long[] longer = new long[(int) Math.min(most, 2L * taken.length)];
    for (int i = 0; i < count; i++) {
      longer[i] = taken[(first + i) % taken.length];
    }
    taken = longer;
    first = 0;
  }
}
