package dev.cpra.engine.baseline;

import dev.cpra.engine.Vitals;
import java.util.Arrays;

/// What every monitor has, in 16 bytes, so that one cache line holds four monitors and a pulse
/// touches one line. That wants an array at a multiple of 16 bytes, as G1 places large ones; at 8
/// more, one record in four lies across two lines.
///
/// ```
/// long 0   the next slot, nanoseconds; NO_SLOT if the handle is not in use
/// long 1   bits 0-19 hot vitals   20 has a rare record   21-31 rule id   32-63 pulse number
/// ```
///
/// Rule ids from [#RULE_INLINE_MAX] up stand in a column of their own, which exists only once there
/// are that many different rules.
final class HotRecords {
  static final long NO_SLOT = Long.MAX_VALUE;

  private static final int RARE_SHIFT = Vitals.HOT_BITS;
  private static final long RARE = 1L << RARE_SHIFT;
  private static final int RULE_SHIFT = RARE_SHIFT + 1;
  private static final int RULE_INLINE_MAX = (1 << (32 - RULE_SHIFT)) - 1;
  private static final long RULE_MASK = (long) RULE_INLINE_MAX << RULE_SHIFT;
  private static final int NUMBER_SHIFT = 32;
  private static final long LOW_MASK = (1L << NUMBER_SHIFT) - 1;

  private final int max;
  private long[] words;
  private int[] manyRules = new int[0];

  HotRecords(int maxMonitors) {
    max = maxMonitors;
    words = new long[2 * Math.min(maxMonitors, 1024)];
  }

  void ensure(int monitor) {
    int needed = 2 * monitor + 2;
    if (needed > words.length) {
      int length = (int) Math.min(2L * max, Math.max(needed, 2L * words.length));
      words = Arrays.copyOf(words, length);
    }
  }

  boolean holds(int monitor) {
    return monitor >= 0 && monitor < words.length >> 1;
  }

  long slot(int monitor) {
    return words[2 * monitor];
  }

  void setSlot(int monitor, long nanos) {
    words[2 * monitor] = nanos;
  }

  long hot(int monitor) {
    return words[2 * monitor + 1] & Vitals.HOT_MASK;
  }

  boolean hasRare(int monitor) {
    return (words[2 * monitor + 1] & RARE) != 0;
  }

  int number(int monitor) {
    return (int) (words[2 * monitor + 1] >>> NUMBER_SHIFT);
  }

  int rule(int monitor) {
    int inline = (int) (words[2 * monitor + 1] >>> RULE_SHIFT) & RULE_INLINE_MAX;
    return inline == RULE_INLINE_MAX ? manyRules[monitor] : inline;
  }

  void setHot(int monitor, long hot) {
    words[2 * monitor + 1] = (words[2 * monitor + 1] & ~Vitals.HOT_MASK) | hot;
  }

  /// The pulse's dispatch in one store: its number and the hot vitals that follow.
  void setNumberAndHot(int monitor, int number, long hot) {
    long kept = words[2 * monitor + 1] & LOW_MASK & ~Vitals.HOT_MASK;
    words[2 * monitor + 1] = kept | hot | (long) number << NUMBER_SHIFT;
  }

  void setHasRare(int monitor, boolean has) {
    long word = words[2 * monitor + 1];
    words[2 * monitor + 1] = has ? word | RARE : word & ~RARE;
  }

  void setRule(int monitor, int rule) {
    int inline = Math.min(rule, RULE_INLINE_MAX);
    words[2 * monitor + 1] = (words[2 * monitor + 1] & ~RULE_MASK) | (long) inline << RULE_SHIFT;
    if (inline == RULE_INLINE_MAX) {
      if (manyRules.length <= monitor) {
        manyRules = Arrays.copyOf(manyRules, Math.max(monitor + 1, words.length / 2));
      }
      manyRules[monitor] = rule;
    }
  }

  /// Makes the handle a new monitor's; its number goes on.
  void reset(int monitor, long slot) {
    words[2 * monitor] = slot;
    words[2 * monitor + 1] &= ~LOW_MASK;
  }
}
