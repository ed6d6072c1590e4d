package dev.cpra.engine.peers;

import dev.cpra.engine.kit.TimerHeap;
import java.util.Arrays;

/// The times of interventions, deliveries and reminders, which are few. They are not cancelled:
/// whoever handles one checks whether it is still meant.
final class RareTimers {
  static final int INTERVENTION_DUE = 0;
  static final int CODE_DUE = 1;
  static final int REMIND = 2;

  static final int INTERVENTION_DEADLINE = 0;
  static final int INTERVENTION_NOT_TAKEN = 1;
  static final int CODE_DEADLINE = 2;

  private static final int KIND_BITS = 2;
  private static final int KIND_MASK = (1 << KIND_BITS) - 1;
  private static final long SECOND_LANE = 1L << 60;

  private final TimerHeap due = new TimerHeap(16);
  private final TimerHeap deadlines = new TimerHeap(16);
  private long[] passed = new long[16];
  private int passedCount;

  void addDue(int kind, int monitor, long nanos) {
    due.add(nanos, (long) monitor << KIND_BITS | kind, 0);
  }

  void addDeadline(int kind, int monitor, long nanos) {
    deadlines.add(nanos, (long) monitor << KIND_BITS | kind, 0);
  }

  long firstDue() {
    return due.firstTime();
  }

  int firstDueKind() {
    return (int) due.firstKey() & KIND_MASK;
  }

  int firstDueMonitor() {
    return (int) (due.firstKey() >>> KIND_BITS);
  }

  void removeFirstDue() {
    due.removeFirst();
  }

  long firstDeadline() {
    return deadlines.firstTime();
  }

  /// Takes out the deadlines that have passed: interventions before codes, then by handle.
  ///
  /// @return how many there are; see [#passedKind] and [#passedMonitor]
  int takePassed(long nowNanos) {
    passedCount = 0;
    for (; deadlines.firstTime() <= nowNanos; deadlines.removeFirst()) {
      if (passedCount == passed.length) {
        passed = Arrays.copyOf(passed, 2 * passedCount);
      }
      long key = deadlines.firstKey();
      passed[passedCount++] = (key & KIND_MASK) == CODE_DEADLINE ? key | SECOND_LANE : key;
    }
    Arrays.sort(passed, 0, passedCount);
    return passedCount;
  }

  int passedKind(int i) {
    return (int) passed[i] & KIND_MASK;
  }

  int passedMonitor(int i) {
    return (int) ((passed[i] & ~SECOND_LANE) >>> KIND_BITS);
  }
}
