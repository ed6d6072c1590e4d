package dev.cpra.simulator.oracle;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the engine has to tell before the tick is over: a list per monitor, all of them in shared
/// columns that are used again in the next tick.
///
/// Events of one sort must come in the order expected; between sorts any order will do.
final class ExpectedEvents {
  static final int ENDED = 0;
  static final int STALE = 3;
  static final int CANCELLED = 6;
  static final int MISSED = 9;
  static final int RAISED = 10;
  static final int SKIPPED = 11;
  static final int ABANDONED = 12;
  static final int DROPPED = 13;
  static final int REMOVED = 14;

  private static final int NONE = -1;
  private static final String[] ENDS = {"ok", "failed", "expired", "cancelled in flight"};

  /// The first and last event of each monitor.
  private int[] head;

  private int[] tail;

  private int[] sort = new int[64];
  private int[] number = new int[64];
  private int[] detail = new int[64];
  private long[] first = new long[64];
  private long[] second = new long[64];
  private int[] next = new int[64];
  private int size;
  private int open;

  ExpectedEvents() {
    head = new int[16];
    tail = new int[16];
    Arrays.fill(head, NONE);
  }

  void ended(int monitor, Lane lane, int jobNumber, int how, long due) {
    add(monitor, ENDED + lane.ordinal(), jobNumber, how, due, 0);
  }

  void stale(int monitor, Lane lane, int jobNumber) {
    add(monitor, STALE + lane.ordinal(), jobNumber, 0, 0, 0);
  }

  void cancelled(int monitor, Lane lane, long due) {
    add(monitor, CANCELLED + lane.ordinal(), 0, 0, due, 0);
  }

  void missed(int monitor, long firstSlot, long slots) {
    if (slots > 0) {
      add(monitor, MISSED, 0, 0, firstSlot, slots);
    }
  }

  void code(int monitor, int what, Code code) {
    add(monitor, what, 0, code.ordinal(), 0, 0);
  }

  void removed(int monitor) {
    add(monitor, REMOVED, 0, 0, 0, 0);
  }

  /// Strikes off the first expected event of this sort.
  ///
  /// @return null if that is what came, else what was expected instead
  @Nullable String came(int monitor, int ofSort, int jobNumber, int ofDetail, long one, long two) {
    int before = NONE;
    int at = monitor < head.length ? head[monitor] : NONE;
    while (at != NONE && sort[at] != ofSort) {
      before = at;
      at = next[at];
    }
    if (at == NONE) {
      return "nothing of that sort";
    }
    if (number[at] != jobNumber
        || detail[at] != ofDetail
        || first[at] != one
        || second[at] != two) {
      return describe(at);
    }
    if (before == NONE) {
      head[monitor] = next[at];
    } else {
      next[before] = next[at];
    }
    if (next[at] == NONE) {
      tail[monitor] = before;
    }
    open--;
    return null;
  }

  /// What has not come, null if all came.
  @Nullable String stillExpected(int monitor) {
    int at = monitor < head.length ? head[monitor] : NONE;
    return at == NONE ? null : describe(at);
  }

  /// Starts anew; all that was expected must have come.
  void clear() {
    if (open != 0) {
      throw new IllegalStateException("expected events: 0 left over, found " + open);
    }
    size = 0;
  }

  void forgetAll() {
    Arrays.fill(head, NONE);
    size = 0;
    open = 0;
  }

  private void add(int monitor, int ofSort, int jobNumber, int ofDetail, long one, long two) {
    if (monitor >= head.length) {
      int length = head.length;
      head = Arrays.copyOf(head, Math.max(monitor + 1, 2 * length));
      tail = Arrays.copyOf(tail, head.length);
      Arrays.fill(head, length, head.length, NONE);
    }
    if (size == sort.length) {
      grow();
    }
    int at = size++;
    sort[at] = ofSort;
    number[at] = jobNumber;
    detail[at] = ofDetail;
    first[at] = one;
    second[at] = two;
    next[at] = NONE;
    if (head[monitor] == NONE) {
      head[monitor] = at;
    } else {
      next[tail[monitor]] = at;
    }
    tail[monitor] = at;
    open++;
  }

  private void grow() {
    int length = 2 * size;
    sort = Arrays.copyOf(sort, length);
    number = Arrays.copyOf(number, length);
    detail = Arrays.copyOf(detail, length);
    first = Arrays.copyOf(first, length);
    second = Arrays.copyOf(second, length);
    next = Arrays.copyOf(next, length);
  }

  private String describe(int at) {
    return describe(sort[at], number[at], detail[at], first[at], second[at]);
  }

  /// An event in words.
  static String describe(int sort, int number, int detail, long one, long two) {
    if (sort < STALE) {
      return Lane.of(sort - ENDED)
          + " "
          + number
          + " due "
          + one
          + " ended "
          + (detail <= Transitions.CANCELLED ? ENDS[detail] : "as " + detail);
    }
    if (sort < CANCELLED) {
      return Lane.of(sort - STALE) + " outcome " + number + " is stale";
    }
    if (sort < MISSED) {
      return Lane.of(sort - CANCELLED) + " due " + one + " cancelled";
    }
    return switch (sort) {
      case MISSED -> two + " slots missed from " + one;
      case RAISED -> Code.of(detail) + " raised";
      case SKIPPED -> Code.of(detail) + " skipped";
      case ABANDONED -> Code.of(detail) + " abandoned";
      case DROPPED -> Code.of(detail) + " dropped";
      default -> "removed";
    };
  }
}
