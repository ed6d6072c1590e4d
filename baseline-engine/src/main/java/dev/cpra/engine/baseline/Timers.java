package dev.cpra.engine.baseline;

import dev.cpra.engine.kit.TimerHeap;
import java.util.Arrays;

/// The times at which rare things happen. Timers are not cancelled: whoever handles one checks
/// whether it is still meant. Those that are not are swept out before a heap grows.
final class Timers {
  static final int INTERVENTION_DUE = 0;
  static final int CODE_DUE = 1;
  static final int REMIND = 2;

  static final int INTERVENTION_DEADLINE = 0;
  static final int INTERVENTION_NOT_TAKEN = 1;
  static final int CODE_DEADLINE = 2;

  private static final int KIND_BITS = 2;

  private final Monitors monitors;
  private final RareRecords rare;
  private final TimerHeap.Meant isDueMeant = this::isDueMeant;
  private final TimerHeap.Meant isDeadlineMeant = this::isDeadlineMeant;
  private final TimerHeap due = new TimerHeap(16);
  private final TimerHeap deadlines = new TimerHeap(16);

  // Deadlines that passed, to be handled lane by lane and by handle: kind << 32 | handle, and time.
  private long[] passed = new long[16];
  private int passedCount;

  Timers(Monitors monitors) {
    this.monitors = monitors;
    this.rare = monitors.rare;
  }

  /// Notes when something is due, after that time was put into the monitor's record.
  void addDue(int kind, int monitor, long nanos) {
    due.add(nanos, (long) monitor << KIND_BITS | kind, 0, isDueMeant);
  }

  /// Notes a deadline, after the monitor's record was changed accordingly.
  void addDeadline(int kind, int monitor, long nanos) {
    deadlines.add(nanos, (long) monitor << KIND_BITS | kind, 0, isDeadlineMeant);
  }

  /// A timer whose time has come is left to whoever handles it.
  private boolean isDueMeant(long nanos, long key) {
    if (nanos <= monitors.now) {
      return true;
    }
    int monitor = (int) (key >>> KIND_BITS);
    if (!monitors.hot.hasRare(monitor)) {
      return false;
    }
    int row = rare.row(monitor);
    return nanos
        == switch ((int) key & ((1 << KIND_BITS) - 1)) {
          case INTERVENTION_DUE -> rare.interventionNanos(row);
          case CODE_DUE -> rare.codeNanos(row);
          default -> rare.remindNanos(row);
        };
  }

  private boolean isDeadlineMeant(long nanos, long key) {
    if (nanos <= monitors.now) {
      return true;
    }
    int monitor = (int) (key >>> KIND_BITS);
    if (!monitors.hot.hasRare(monitor)) {
      return false;
    }
    int row = rare.row(monitor);
    return switch ((int) key & ((1 << KIND_BITS) - 1)) {
      case INTERVENTION_DEADLINE -> nanos == rare.interventionNanos(row);
      // Rules that give it longer let it pass, and it is set again then: it may be the only one.
      case INTERVENTION_NOT_TAKEN -> rare.interventionBooked(row);
      default -> nanos == rare.codeNanos(row);
    };
  }

  /// For tests: how many timers there are.
  int size() {
    return due.size() + deadlines.size();
  }

  /// Whether something is due.
  boolean hasDue(long nowNanos) {
    return due.firstTime() <= nowNanos;
  }

  int dueKind() {
    return (int) due.firstKey() & ((1 << KIND_BITS) - 1);
  }

  int dueMonitor() {
    return (int) (due.firstKey() >>> KIND_BITS);
  }

  long dueNanos() {
    return due.firstTime();
  }

  void removeDue() {
    due.removeFirst();
  }

  /// Collects the deadlines that have passed: interventions before codes, by handle.
  ///
  /// @return how many there are; see [#passedKind] and [#passedMonitor]
  int collectPassed(long nowNanos) {
    passedCount = 0;
    while (deadlines.firstTime() <= nowNanos) {
      if (passedCount == passed.length) {
        passed = Arrays.copyOf(passed, 2 * passedCount);
      }
      long key = deadlines.firstKey();
      long kind = key & ((1 << KIND_BITS) - 1);
      long lane = kind == CODE_DEADLINE ? 1 : 0;
      passed[passedCount++] = lane << 60 | key;
      deadlines.removeFirst();
    }
    if (passedCount > 1) {
      Arrays.sort(passed, 0, passedCount);
    }
    return passedCount;
  }

  int passedKind(int i) {
    return (int) passed[i] & ((1 << KIND_BITS) - 1);
  }

  int passedMonitor(int i) {
    return (int) ((passed[i] & ~(1L << 60)) >>> KIND_BITS);
  }

  /// The earliest deadline.
  long firstDeadline() {
    return deadlines.firstTime();
  }

  /// The earliest due time.
  long firstDue() {
    return due.firstTime();
  }
}
