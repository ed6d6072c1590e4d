package dev.cpra.simulator.oracle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The monitors followed, which of them are to be looked at in this tick, and which handles are
/// free.
final class FollowedMonitors {
  private final Moment moment;
  private final ExpectedEvents expected;
  private final int everyNth;
  private final Wheel agenda;
  private final Wheel.Due wakeUp = this::wake;
  private @Nullable MonitorOracle[] monitor = new @Nullable MonitorOracle[64];
  private int known;
  private MonitorOracle[] touched = new MonitorOracle[64];
  private int touchedCount;
  private int[] free = new int[64];
  private int freeCount;
  private int handles;

  FollowedMonitors(Moment moment, ExpectedEvents expected, int everyNth) {
    if (everyNth < 1) {
      throw new IllegalArgumentException("everyNth: expected at least 1, found " + everyNth);
    }
    this.moment = moment;
    this.expected = expected;
    this.everyNth = everyNth;
    this.agenda = new Wheel(moment.limits.tickNanos());
  }

  boolean followsAll() {
    return everyNth == 1;
  }

  boolean follows(int handle) {
    return handle >= 0 && handle < moment.limits.maxMonitors() && handle % everyNth == 0;
  }

  /// The monitor with this handle, null if it is not followed.
  @Nullable MonitorOracle followed(int handle) {
    return follows(handle) ? known(handle) : null;
  }

  /// The monitor with this handle, made if it was never heard of: outcomes may name any.
  MonitorOracle known(int handle) {
    int index = handle / everyNth;
    if (index >= monitor.length) {
      monitor = Arrays.copyOf(monitor, Math.max(index + 1, 2 * monitor.length));
    }
    MonitorOracle m = monitor[index];
    if (m == null) {
      m = new MonitorOracle(handle, moment, expected);
      monitor[index] = m;
      known = Math.max(known, index + 1);
    }
    return m;
  }

  // --- handles

  /// The handle that the next monitor gets: "the one freed last is reused first".
  int nextHandle() {
    return freeCount > 0 ? free[freeCount - 1] : handles;
  }

  /// A monitor gets this handle.
  @Nullable MonitorOracle use(int handle) {
    if (freeCount > 0) {
      freeCount--;
    } else {
      handles++;
    }
    MonitorOracle m = followed(handle);
    if (m != null) {
      m.follow.toldVitals = 0;
      m.follow.restored = false;
      touch(m);
    }
    return m;
  }

  void free(int handle) {
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, 2 * freeCount);
    }
    free[freeCount++] = handle;
  }

  // --- who is looked at in this tick

  int touchedCount() {
    return touchedCount;
  }

  MonitorOracle touched(int i) {
    return touched[i];
  }

  MonitorOracle touch(MonitorOracle m) {
    if (!m.follow.touched) {
      m.follow.touched = true;
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, 2 * touchedCount);
      }
      touched[touchedCount++] = m;
    }
    return m;
  }

  /// Touches whoever has something to do by now.
  void wake() {
    agenda.advance(moment.nowNanos, wakeUp);
  }

  private void wake(long time, int handle) {
    MonitorOracle m = known(handle);
    if (m.follow.agendaNanos == time) {
      m.follow.agendaNanos = Long.MAX_VALUE;
      touch(m);
    }
  }

  void drain() {
    for (int i = 0; i < known; i++) {
      MonitorOracle m = monitor[i];
      if (m != null && m.inUse) {
        touch(m).drain();
      }
    }
  }

  /// Puts off everyone to the next time of their own.
  void tickEnded() {
    for (int i = 0; i < touchedCount; i++) {
      MonitorOracle m = touched[i];
      Follow follow = m.follow;
      follow.touched = false;
      follow.ownTimeNanos = Math.max(moment.nowNanos, m.ownTimeNanos());
      if (follow.ownTimeNanos < follow.agendaNanos) {
        follow.agendaNanos = follow.ownTimeNanos;
        agenda.add(follow.agendaNanos, m.handle);
      }
    }
    touchedCount = 0;
    if (agenda.size() > 4 * known + 1_024) {
      dropOldEntries();
    }
  }

  private void dropOldEntries() {
    agenda.clear();
    for (int i = 0; i < known; i++) {
      MonitorOracle m = monitor[i];
      if (m != null && m.follow.agendaNanos != Long.MAX_VALUE) {
        agenda.add(m.follow.agendaNanos, m.handle);
      }
    }
  }

  void clear() {
    Arrays.fill(monitor, null);
    agenda.clear();
    known = 0;
    touchedCount = 0;
    freeCount = 0;
    handles = 0;
  }
}
