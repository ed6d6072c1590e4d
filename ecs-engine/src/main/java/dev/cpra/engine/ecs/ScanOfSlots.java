package dev.cpra.engine.ecs;

import dev.cpra.engine.kit.TimerHeap;
import java.util.Arrays;

/// Slots found by walking all monitors, once for every tick that begins, as an engine without an
/// index does. It walks our own handles: a query of the world may come short.
///
/// Calls within a tick that has been walked walk again only if a slot came in for a tick that has
/// passed. Slots of several ticks that passed at once come out in the order of their ticks, as from
/// the wheel.
final class ScanOfSlots extends SlotIndex {
  private final Monitors monitors;
  private final long tickNanos;

  /// The tick up to which all slots were found.
  private long scannedTick = -1;

  /// Whether a slot came in at or before that tick.
  private boolean late;

  /// No slot that was not found comes before this tick.
  private long earliest = Long.MAX_VALUE;

  private int[] due = new int[64];
  private long[] dueTick = new long[64];
  private int count;
  private int from;
  private int to;
  private final TimerHeap order = new TimerHeap(4);
  private long walked;

  ScanOfSlots(Monitors monitors, long tickNanos) {
    this.monitors = monitors;
    this.tickNanos = tickNanos;
  }

  @Override
  void schedule(int handle, long tick) {
    earliest = Math.min(earliest, tick);
    late |= tick <= scannedTick;
  }

  @Override
  long next(long limit) {
    if (limit > scannedTick || late) {
      scan(limit);
    }
    if (to == count) {
      return -1;
    }
    from = to;
    long tick = dueTick[from];
    while (to < count && dueTick[to] == tick) {
      to++;
    }
    return tick;
  }

  private void scan(long limit) {
    scannedTick = limit;
    late = false;
    count = 0;
    from = 0;
    to = 0;
    long until = limit * tickNanos;
    long next = Long.MAX_VALUE;
    int end = monitors.handles.end();
    for (int handle = 0; handle < end; handle++) {
      long slot = monitors.get(handle).slotNanos;
      if (slot <= until) {
        found(handle, Math.ceilDiv(slot, tickNanos));
      } else {
        next = Math.min(next, slot);
      }
    }
    walked += end;
    earliest = next == Long.MAX_VALUE ? next : Math.ceilDiv(next, tickNanos);
    for (int i = 1; i < count; i++) {
      if (dueTick[i] != dueTick[0]) {
        sortByTick();
        break;
      }
    }
  }

  private void found(int handle, long tick) {
    if (count == due.length) {
      due = Arrays.copyOf(due, 2 * count);
      dueTick = Arrays.copyOf(dueTick, 2 * count);
    }
    due[count] = handle;
    dueTick[count++] = tick;
  }

  /// By tick, then by handle.
  private void sortByTick() {
    for (int i = 0; i < count; i++) {
      order.add(dueTick[i], due[i], 0);
    }
    for (int i = 0; i < count; i++) {
      dueTick[i] = order.firstTime();
      due[i] = (int) order.firstKey();
      order.removeFirst();
    }
  }

  @Override
  int[] handles() {
    return due;
  }

  @Override
  int from() {
    return from;
  }

  @Override
  int to() {
    return to;
  }

  /// None: the scan has just read every monitor.
  @Override
  int[] ahead() {
    return due;
  }

  @Override
  int aheadFrom() {
    return 0;
  }

  @Override
  int aheadTo() {
    return 0;
  }

  @Override
  long earliest(long limit) {
    return Math.min(limit, earliest);
  }

  @Override
  boolean isOverdue(int handle) {
    return late;
  }

  @Override
  String operation() {
    return "monitors_walked";
  }

  @Override
  long operations() {
    return walked;
  }
}
