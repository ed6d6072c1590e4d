package dev.cpra.engine.ecs;

import dev.cpra.engine.LaneLedger;
import java.util.Arrays;

/// Deadlines in columns by handle, all walked once for every tick that begins, and within a tick
/// when the earliest has come.
final class ScanOfDeadlines extends Deadlines {
  private final Monitors monitors;
  private final Moment moment;
  private final LaneLedger ledger;
  private final int max;
  private int[] number = new int[0];

  /// 0 where there is none.
  private long[] deadlineNanos = new long[0];

  private int[] expired = new int[16];
  private int expiredCount;
  private long earliest = Long.MAX_VALUE;
  private long walkedTick = -1;

  ScanOfDeadlines(Monitors monitors, LaneLedger ledger, int maxMonitors) {
    this.monitors = monitors;
    this.moment = monitors.moment;
    this.ledger = ledger;
    this.max = maxMonitors;
  }

  @Override
  int ringFor(long timeoutNanos) {
    return 0;
  }

  @Override
  void add(int ring, int monitor, int numberOf, long dueNanos, long deadline) {
    if (monitor >= number.length) {
      int length = Math.min(max, Math.max(monitor + 1, Math.max(16, 2 * number.length)));
      number = Arrays.copyOf(number, length);
      deadlineNanos = Arrays.copyOf(deadlineNanos, length);
    }
    number[monitor] = numberOf;
    deadlineNanos[monitor] = deadline;
    earliest = Math.min(earliest, deadline);
  }

  @Override
  int collect(long nowNanos) {
    expiredCount = 0;
    long tick = moment.tick();
    if (tick > walkedTick || earliest <= nowNanos) {
      walkedTick = tick;
      walk(nowNanos);
    }
    return expiredCount;
  }

  private void walk(long nowNanos) {
    long next = Long.MAX_VALUE;
    for (int handle = 0; handle < deadlineNanos.length; handle++) {
      long deadline = deadlineNanos[handle];
      if (deadline == 0) {
        continue;
      }
      if (!monitors.get(handle).isInFlight(number[handle])) {
        deadlineNanos[handle] = 0;
      } else if (deadline <= nowNanos) {
        deadlineNanos[handle] = 0;
        expire(handle);
      } else {
        next = Math.min(next, deadline);
      }
    }
    earliest = next;
  }

  private void expire(int handle) {
    if (expiredCount == expired.length) {
      expired = Arrays.copyOf(expired, 2 * expiredCount);
    }
    expired[expiredCount++] = handle;
  }

  @Override
  int monitor(int i) {
    return expired[i];
  }

  @Override
  long earliest() {
    return ledger.inFlight == 0 ? Long.MAX_VALUE : earliest;
  }

  @Override
  long deadlineOf(int monitor, int numberOf) {
    return monitor < number.length && number[monitor] == numberOf ? deadlineNanos[monitor] : 0;
  }
}
