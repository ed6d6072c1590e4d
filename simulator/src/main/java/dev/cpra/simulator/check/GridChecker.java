package dev.cpra.simulator.check;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// `grid`: due times stay on the monitor's grid; every slot is pulsed, missed or cancelled, once;
/// none is pulsed early, and after a tick none whose time has come is forgotten.
///
/// When the interval changes, the next slot moves by the difference, and on to the first after now;
/// a slot whose time has come stays.
public final class GridChecker implements Checker {
  private static final int LOOK = 256;

  private static final long NONE = -1;

  private final long tickNanos;
  private final KnownRules rules = new KnownRules();
  private final Slice slice = new Slice(LOOK);
  private final Map<Integer, Set<Long>> askedFor = new HashMap<>();
  private long[] next = new long[16];
  private long[] waiting = new long[16];
  private long[] addedBeforeTick = new long[16];
  private long tick;
  private long engineNanos;
  private boolean draining;

  /// @param tickNanos the engine's
  public GridChecker(long tickNanos) {
    this.tickNanos = tickNanos;
  }

  @Override
  public String name() {
    return "grid";
  }

  @Override
  public void added(int monitor, MonitorRules its, long firstDueNanos) {
    rules.added(monitor, its);
    if (monitor >= next.length) {
      int length = Math.max(monitor + 1, 2 * next.length);
      next = Arrays.copyOf(next, length);
      waiting = Arrays.copyOf(waiting, length);
      addedBeforeTick = Arrays.copyOf(addedBeforeTick, length);
    }
    addedBeforeTick[monitor] = tick;
    next[monitor] = firstDueNanos;
    waiting[monitor] = NONE;
    askedFor.remove(monitor);
  }

  @Override
  public void restored(int monitor, MonitorState state) {
    if (state.nextSlotNanos > 0) {
      next[monitor] = state.nextSlotNanos;
    }
  }

  @Override
  public void updated(int monitor, MonitorRules its) {
    rules.updated(monitor, its);
  }

  @Override
  public void runningNow(int monitor, long dueNanos) {
    askedFor.computeIfAbsent(monitor, _ -> new HashSet<>()).add(dueNanos);
  }

  @Override
  public void draining(long nowNanos) {
    draining = true;
  }

  @Override
  public void tickBegins(long nowNanos, long lateNanos) {
    rules.tickBegins((monitor, before, after) -> {
      if (before.intervalNanos() != after.intervalNanos()) {
        regrid(monitor, before.intervalNanos(), after.intervalNanos(), nowNanos);
      }
    });
  }

  private void regrid(int monitor, long before, long after, long nowNanos) {
    // A monitor that no tick has seen has no slot booked, though its first slot may lie before the
    // engine's time: the clock that named it may have gone back.
    boolean seen = addedBeforeTick[monitor] < tick;
    if (seen && next[monitor] <= engineNanos && waiting[monitor] == NONE) {
      waiting[monitor] = next[monitor]; // booked, and not told yet: it waits
      next[monitor] += before;
    }
    if (next[monitor] > nowNanos) {
      next[monitor] += after - before;
      while (next[monitor] <= nowNanos) {
        next[monitor] += after;
      }
    }
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    if (lane != Lane.PULSE) {
      return;
    }
    if (dueNanos > nowNanos && !isAskedFor(monitor, dueNanos)) {
      throw new Violation(name(), monitor, nowNanos, "pulsed before its due time " + dueNanos);
    }
    slot(monitor, dueNanos, nowNanos);
  }

  private boolean isAskedFor(int monitor, long dueNanos) {
    Set<Long> asked = askedFor.get(monitor);
    return asked != null && asked.contains(dueNanos);
  }

  @Override
  public void missed(int monitor, long firstSlotNanos, long slots, long nowNanos) {
    MonitorRules its = rules.of(monitor);
    for (long i = 0; i < slots && its != null; i++) {
      slot(monitor, firstSlotNanos + i * its.intervalNanos(), nowNanos);
    }
  }

  @Override
  public void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {
    if (lane == Lane.PULSE) {
      slot(monitor, dueNanos, nowNanos);
    }
  }

  /// One slot has found its end.
  private void slot(int monitor, long due, long nowNanos) {
    MonitorRules its = rules.of(monitor);
    if (its == null) {
      throw new Violation(name(), monitor, nowNanos, "a slot of a monitor that does not exist");
    }
    long interval = its.intervalNanos();
    Set<Long> asked = askedFor.get(monitor);
    if (due == waiting[monitor]) {
      waiting[monitor] = NONE;
    } else if (due == next[monitor]) {
      next[monitor] = due + interval;
    } else if (asked != null && asked.remove(due)) {
      return; // beside the grid
    } else if (waiting[monitor] == NONE && due == next[monitor] + interval) {
      waiting[monitor] = next[monitor]; // told out of turn: the one before still waits
      next[monitor] = due + interval;
    } else {
      throw new Violation(
          name(),
          monitor,
          nowNanos,
          "the slot %d is told, expected is %d (waiting: %d), interval %d"
              .formatted(due, next[monitor], waiting[monitor], interval));
    }
  }

  @Override
  public void tickEnded(Engine engine, long nowNanos) {
    tick++;
    if (draining) {
      return;
    }
    engineNanos = nowNanos / tickNanos * tickNanos;
    int to = slice.to(rules.bound());
    for (int monitor = slice.from(); monitor < to; monitor++) {
      MonitorRules its = rules.of(monitor);
      if (its == null) {
        continue;
      }
      boolean mayWait = waiting[monitor] == NONE;
      if (next[monitor] + (mayWait ? its.intervalNanos() : 0) <= engineNanos) {
        throw new Violation(
            name(), monitor, nowNanos, "nothing is told of its slot " + next[monitor]);
      }
    }
    slice.next(rules.bound());
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    rules.removed(monitor);
    askedFor.remove(monitor);
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    rules.clear();
    askedFor.clear();
    draining = false;
    engineNanos = 0;
  }
}
