package dev.cpra.engine.peers;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;
import org.agrona.collections.Long2LongHashMap;

/// Agrona's `DeadlineTimerWheel`, which is passive and single-threaded as an engine is. Its time is
/// counted in the engine's ticks, so that a timer fires in its tick and not in the one after it. It
/// names timers by ids of its own; a map of primitives finds the monitor.
final class AgronaTimers implements SlotTimers {
  private static final long NONE = -1;
  private static final int SPOKES_MIN = 64;

  /// The wheel keeps all spokes as long as the longest, so a wide one takes gigabytes when many
  /// timers share few spokes, as they do at short intervals. In a narrow one timers that are not
  /// due this turn are passed over, which is cheap: they lie side by side.
  private static final int SPOKES_MAX = 1 << 13;

  /// Timers per spoke that the wheel has room for before it grows.
  private static final int ROOM = 16;

  /// So many timers are looked through for the earliest, which the wheel does not tell.
  private static final int LOOKED_THROUGH_MAX = 1_024;

  private final DeadlineTimerWheel wheel;
  private final Long2LongHashMap monitorOfTimer = new Long2LongHashMap(NONE);
  private final DeadlineTimerWheel.TimerHandler handler = this::fire;
  private long[] timer = new long[0];
  private long[] tick = new long[0];
  private DueSlots into = new DueSlots();
  private long polledTick = -1;

  /// The earliest tick of those armed since the last poll for ticks that had passed by then.
  private long earliestPast = NEVER;

  private long armed;

  /// @param maxMonitors sizes the wheel: about [#ROOM] monitors a spoke
  AgronaTimers(int maxMonitors) {
    int wanted = Math.clamp(maxMonitors / ROOM, SPOKES_MIN, SPOKES_MAX);
    int spokes = Integer.highestOneBit(2 * wanted - 1);
    wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, 1, spokes, ROOM);
  }

  @Override
  public void arm(int monitor, long at) {
    ensure(monitor);
    disarm(monitor);
    long id = wheel.scheduleTimer(at);
    monitorOfTimer.put(id, monitor);
    timer[monitor] = id;
    tick[monitor] = at;
    if (at <= polledTick) {
      earliestPast = Math.min(earliestPast, at);
    }
    armed++;
  }

  @Override
  public void disarm(int monitor) {
    if (isArmed(monitor)) {
      wheel.cancelTimer(timer[monitor]);
      monitorOfTimer.remove(timer[monitor]);
      timer[monitor] = NONE;
    }
  }

  @Override
  public boolean isArmed(int monitor) {
    return monitor < timer.length && timer[monitor] != NONE;
  }

  private void ensure(int monitor) {
    int before = timer.length;
    if (monitor >= before) {
      int length = Math.max(monitor + 1, before + (before >> 1) + 64);
      timer = Arrays.copyOf(timer, length);
      tick = Arrays.copyOf(tick, length);
      Arrays.fill(timer, before, length, NONE);
    }
  }

  @Override
  public void collect(long now, DueSlots due) {
    if (now == polledTick && earliestPast == NEVER) {
      return;
    }
    into = due;
    if (now - wheel.currentTickTime() > wheel.ticksPerWheel()) {
      jump(now);
    }
    while (wheel.currentTickTime() <= now) {
      wheel.poll(now, handler, Integer.MAX_VALUE); // one spoke, then on to the next
    }
    wheel.poll(now, handler, Integer.MAX_VALUE);
    polledTick = now;
    earliestPast = NEVER;
  }

  private boolean fire(TimeUnit unit, long now, long id) {
    due((int) monitorOfTimer.remove(id));
    return true;
  }

  private void due(int monitor) {
    timer[monitor] = NONE;
    into.add(tick[monitor], monitor);
  }

  /// Time has gone on by more than a turn of the wheel: every timer is looked at once instead of
  /// every spoke once for each turn.
  private void jump(long now) {
    for (int monitor = 0; monitor < timer.length; monitor++) {
      if (timer[monitor] != NONE && tick[monitor] <= now) {
        long id = timer[monitor];
        wheel.cancelTimer(id);
        monitorOfTimer.remove(id);
        due(monitor);
      }
    }
    wheel.currentTickTime(now);
  }

  @Override
  public long earliestTick() {
    if (wheel.timerCount() == 0) {
      return NEVER;
    }
    if (timer.length > LOOKED_THROUGH_MAX) {
      return Math.min(earliestPast, polledTick + 1);
    }
    long earliest = NEVER;
    for (int monitor = 0; monitor < timer.length; monitor++) {
      if (timer[monitor] != NONE) {
        earliest = Math.min(earliest, tick[monitor]);
      }
    }
    return earliest;
  }

  @Override
  public long armed() {
    return armed;
  }

  @Override
  public void close() {
    wheel.clear();
  }
}
