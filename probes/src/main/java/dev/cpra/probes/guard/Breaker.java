package dev.cpra.probes.guard;

import dev.cpra.manifest.policy.Safety.BreakerRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Opens when most targets begin to fail at once: then what they share is broken, and repairing
/// each of them does harm. Used by one thread.
///
/// Closed, it counts the targets that began to fail within the window and still do; those that have
/// failed for longer say nothing new. At `share` of all watched targets, and `least` of them, it
/// opens. Open, none of them grows old, and new ones are added; when no more than `closeShare` of
/// the watched ones are left for `holdNanos` on end, it closes.
///
/// Each call costs constant time (amortised): the failing targets stand in a list, the oldest
/// first, threaded through arrays by handle.
public final class Breaker {
  /// What a call changed.
  public enum Change {
    /// Nothing.
    NONE,
    /// It opened: interventions freeze.
    OPENED,
    /// It closed: they go on.
    CLOSED
  }

  private static final int NOBODY = -1;
  private static final byte ABSENT = 0;
  private static final byte WELL = 1;
  private static final byte FRESH = 2;
  private static final byte OLD = 3;

  private final int targetsMax;
  private BreakerRules rules;
  private byte[] state = new byte[0];
  private long[] since = new long[0];
  private int[] before = new int[0];
  private int[] after = new int[0];
  private int oldest = NOBODY;
  private int newest = NOBODY;
  private int fresh;
  private int watched;
  private boolean open;
  private boolean low;
  private long lowSinceNanos;
  private long lastNanos = Long.MIN_VALUE;

  /// A closed breaker that watches nobody.
  ///
  /// @param targetsMax handles are below this
  public Breaker(BreakerRules rules, int targetsMax) {
    this.rules = rules;
    this.targetsMax = targetsMax;
  }

  /// A target is well (or not yet known), or fails; watched from the first call on.
  ///
  /// @throws IndexOutOfBoundsException if the handle is out of range
  public Change observe(int target, boolean failing, long nowNanos) {
    room(target);
    if (state[target] == ABSENT) {
      state[target] = WELL;
      watched++;
    }
    Change passed = advance(nowNanos);
    if (!failing) {
      unlink(target);
      state[target] = WELL;
    } else if (state[target] == WELL) {
      state[target] = FRESH;
      since[target] = lastNanos;
      link(target);
    }
    return combine(passed, judge());
  }

  /// A target is watched no longer: removed, paused or under maintenance.
  public Change forget(int target, long nowNanos) {
    room(target);
    Change passed = advance(nowNanos);
    if (state[target] != ABSENT) {
      unlink(target);
      state[target] = ABSENT;
      watched--;
    }
    return combine(passed, judge());
  }

  /// Other rules hold from now on, for what is known of the targets. Open, it stays open until it
  /// may close by them. Closed, every target counts that began to fail within their window and
  /// still does. Costs time for each target.
  public Change rules(BreakerRules other, long nowNanos) {
    if (!other.equals(rules)) {
      rules = other;
      if (!open) {
        renew(Math.max(lastNanos, nowNanos));
      }
    }
    return advance(nowNanos);
  }

  private void renew(long nowNanos) {
    age();
    List<Integer> within = new ArrayList<>();
    for (int target = 0; target < state.length; target++) {
      if (state[target] == OLD && nowNanos - since[target] < rules.windowNanos()) {
        within.add(target);
      }
    }
    within.sort(Comparator.comparingLong(target -> since[target]));
    for (int target : within) {
      state[target] = FRESH;
      link(target);
    }
  }

  /// A target goes on under another handle, as it is known; nobody has that handle, or one that is
  /// watched no longer.
  ///
  /// @throws IndexOutOfBoundsException if a handle is out of range
  public void move(int from, int to) {
    room(from);
    room(to);
    if (from == to || state[from] == ABSENT) {
      return;
    }
    if (state[to] != ABSENT) {
      unlink(to);
      watched--;
    }
    state[to] = state[from];
    since[to] = since[from];
    if (state[from] == FRESH) {
      takePlace(from, to);
    }
    state[from] = ABSENT;
  }

  private void takePlace(int from, int to) {
    before[to] = before[from];
    after[to] = after[from];
    if (before[to] == NOBODY) {
      oldest = to;
    } else {
      after[before[to]] = to;
    }
    if (after[to] == NOBODY) {
      newest = to;
    } else {
      before[after[to]] = to;
    }
  }

  /// Time has passed.
  public Change tick(long nowNanos) {
    return advance(nowNanos);
  }

  /// Whether interventions are frozen.
  public boolean isOpen() {
    return open;
  }

  /// How many targets began to fail within the window, or since it opened, and still do.
  public int failing() {
    return fresh;
  }

  /// How many targets are watched.
  public int watched() {
    return watched;
  }

  private Change advance(long nowNanos) {
    lastNanos = Math.max(lastNanos, nowNanos);
    if (!open) {
      while (oldest != NOBODY && lastNanos - since[oldest] >= rules.windowNanos()) {
        int old = oldest;
        unlink(old);
        state[old] = OLD;
      }
    }
    return judge();
  }

  private Change judge() {
    if (!open) {
      if (fresh < rules.least() || fresh < rules.share() * watched) {
        return Change.NONE;
      }
      open = true;
      low = false;
      return Change.OPENED;
    }
    if (fresh > rules.closeShare() * watched) {
      low = false;
      return Change.NONE;
    }
    if (!low) {
      low = true;
      lowSinceNanos = lastNanos;
    }
    if (lastNanos - lowSinceNanos < rules.holdNanos()) {
      return Change.NONE;
    }
    open = false;
    age();
    return Change.CLOSED;
  }

  /// What is left when it closes has begun long ago, or is too little: it must not open at once.
  private void age() {
    while (oldest != NOBODY) {
      int old = oldest;
      unlink(old);
      state[old] = OLD;
    }
  }

  /// One call can close by the time that passed and open by what it says, or the reverse; what
  /// holds now is told.
  private Change combine(Change passed, Change said) {
    if (said == Change.NONE) {
      return passed;
    }
    return passed == Change.NONE ? said : Change.NONE;
  }

  private void link(int target) {
    before[target] = newest;
    after[target] = NOBODY;
    if (newest == NOBODY) {
      oldest = target;
    } else {
      after[newest] = target;
    }
    newest = target;
    fresh++;
  }

  private void unlink(int target) {
    if (state[target] != FRESH) {
      return;
    }
    if (before[target] == NOBODY) {
      oldest = after[target];
    } else {
      after[before[target]] = after[target];
    }
    if (after[target] == NOBODY) {
      newest = before[target];
    } else {
      before[after[target]] = before[target];
    }
    fresh--;
  }

  private void room(int target) {
    if (target < 0 || target >= targetsMax) {
      throw new IndexOutOfBoundsException(
          "target: expected 0 to " + (targetsMax - 1) + ", found " + target);
    }
    if (target >= state.length) {
      int length = (int) Math.min(targetsMax, Math.max(64L, 2L * target));
      length = Math.max(length, target + 1);
      state = Arrays.copyOf(state, length);
      since = Arrays.copyOf(since, length);
      before = Arrays.copyOf(before, length);
      after = Arrays.copyOf(after, length);
    }
  }
}
