package dev.cpra.engine.baseline;

import dev.cpra.engine.Vitals;
import java.util.Arrays;
import org.agrona.collections.Int2IntHashMap;

/// What only monitors with a history have: rare counters, the intervention, alerts, reminders.
/// Packed records of [#WIDTH] longs, found by handle through a hash map, so that a healthy monitor
/// pays one bit for all of it.
///
/// A **row** is the index of a record's first long. Rows are valid until the record is freed.
final class RareRecords {
  private static final int WIDTH = 10;
  private static final int VITALS = 0;
  private static final int INTERVENTION_NANOS = 1;
  private static final int INTERVENTION_DUE = 2;
  private static final int INTERVENTION_NUMBER = 3;
  private static final int ALERTS = 4;
  private static final int CODE_NANOS = 5;
  private static final int CODE_DUE = 6;
  private static final int CODE_NUMBER = 7;
  private static final int REMIND_NANOS = 8;
  private static final int PULSE_DUE = 9;

  // Beside the rare vitals, in bits that they do not use.
  private static final long INTERVENTION_BOOKED = 1L << 62;
  private static final long CODE_BOOKED = 1L << 63;
  private static final int NONE = -1;

  private final HotRecords hot;
  private final Int2IntHashMap rows = new Int2IntHashMap(NONE);
  private long[] words = new long[64 * WIDTH];
  private int end;
  private int firstFree = NONE;
  private long changes;

  RareRecords(HotRecords hot) {
    this.hot = hot;
  }

  /// The row of a monitor that has one.
  int row(int monitor) {
    return rows.get(monitor);
  }

  /// The row of a monitor, made if it has none.
  int rowOrNew(int monitor) {
    if (hot.hasRare(monitor)) {
      return rows.get(monitor);
    }
    changes++;
    int row = firstFree;
    if (row == NONE) {
      row = end;
      end += WIDTH;
      if (end > words.length) {
        words = Arrays.copyOf(words, words.length + (words.length >> 1) / WIDTH * WIDTH);
      }
    } else {
      firstFree = (int) words[row];
    }
    Arrays.fill(words, row, row + WIDTH, 0);
    rows.put(monitor, row);
    hot.setHasRare(monitor, true);
    return row;
  }

  /// Frees a monitor's record.
  void free(int monitor) {
    changes++;
    int row = rows.remove(monitor);
    words[row] = firstFree;
    firstFree = row;
    hot.setHasRare(monitor, false);
  }

  /// Frees a monitor's record if nothing stands in it.
  void freeIfEmpty(int monitor, int row) {
    long any = 0;
    for (int i = row; i < row + WIDTH; i++) {
      any |= words[i];
    }
    if (any == 0) {
      free(monitor);
    }
  }

  /// How many records were made and freed so far.
  long changes() {
    return changes;
  }

  int count() {
    return rows.size();
  }

  long vitals(int row) {
    return words[row + VITALS] & Vitals.RARE_MASK;
  }

  void setVitals(int row, long vitals) {
    words[row + VITALS] = (words[row + VITALS] & ~Vitals.RARE_MASK) | (vitals & Vitals.RARE_MASK);
  }

  /// Intervention due: when. In flight: its deadline. Else: until when the target settles.
  long interventionNanos(int row) {
    return words[row + INTERVENTION_NANOS];
  }

  void setInterventionNanos(int row, long nanos) {
    words[row + INTERVENTION_NANOS] = nanos;
  }

  /// When the intervention in flight was due.
  long interventionDue(int row) {
    return words[row + INTERVENTION_DUE];
  }

  void setInterventionDue(int row, long nanos) {
    words[row + INTERVENTION_DUE] = nanos;
  }

  int interventionNumber(int row) {
    return (int) words[row + INTERVENTION_NUMBER];
  }

  void setInterventionNumber(int row, int number) {
    words[row + INTERVENTION_NUMBER] = number;
  }

  /// Whether the due intervention's time has come and it waits for its lane.
  boolean interventionBooked(int row) {
    return (words[row + VITALS] & INTERVENTION_BOOKED) != 0;
  }

  void setInterventionBooked(int row, boolean booked) {
    setFlag(row, INTERVENTION_BOOKED, booked);
  }

  long alerts(int row) {
    return words[row + ALERTS];
  }

  void setAlerts(int row, long alerts) {
    words[row + ALERTS] = alerts;
  }

  /// First alert in flight: its deadline. Else: when it is due.
  long codeNanos(int row) {
    return words[row + CODE_NANOS];
  }

  void setCodeNanos(int row, long nanos) {
    words[row + CODE_NANOS] = nanos;
  }

  /// When the delivery in flight was due.
  long codeDue(int row) {
    return words[row + CODE_DUE];
  }

  void setCodeDue(int row, long nanos) {
    words[row + CODE_DUE] = nanos;
  }

  int codeNumber(int row) {
    return (int) words[row + CODE_NUMBER];
  }

  void setCodeNumber(int row, int number) {
    words[row + CODE_NUMBER] = number;
  }

  /// Whether the first alert's delivery is due and waits for its lane.
  boolean codeBooked(int row) {
    return (words[row + VITALS] & CODE_BOOKED) != 0;
  }

  void setCodeBooked(int row, boolean booked) {
    setFlag(row, CODE_BOOKED, booked);
  }

  /// When an open incident's red is to be repeated, 0 for never.
  long remindNanos(int row) {
    return words[row + REMIND_NANOS];
  }

  void setRemindNanos(int row, long nanos) {
    words[row + REMIND_NANOS] = nanos;
  }

  /// When the pulse in flight was due, if that is not the slot before the next; else 0. Stored plus
  /// one, since time 0 is a time.
  long pulseDuePlusOne(int row) {
    return words[row + PULSE_DUE];
  }

  void setPulseDuePlusOne(int row, long nanos) {
    words[row + PULSE_DUE] = nanos;
  }

  private void setFlag(int row, long flag, boolean on) {
    long word = words[row + VITALS];
    words[row + VITALS] = on ? word | flag : word & ~flag;
  }
}
