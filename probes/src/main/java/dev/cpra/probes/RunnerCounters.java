package dev.cpra.probes;

import java.util.concurrent.atomic.AtomicLongArray;

/// The counters of one runner on one loop: written by the loop's thread, read by any.
@SuppressWarnings("EnumOrdinal") // columns by reason; the counts are never stored
final class RunnerCounters {
  static final int STARTED = 0;
  static final int DISCARDED = 1;
  static final int ABORTED = 2;
  static final int BYTES_READ = 3;
  static final int BYTES_WRITTEN = 4;
  static final int CONNECTIONS = 5;
  static final int ENDED = 6;
  static final int RELEASED = 7;
  static final int GIVEN = 8;
  static final int GIVE_RETRIES = 9;
  static final int NOT_JUDGED = 10;
  static final int WAITED = 11;
  private static final int REASONS = 12;

  // One writer, so a plain read and an ordered write will do; the pad keeps neighbours' lines
  // apart.
  private static final int PAD = 8;
  private final AtomicLongArray counts = new AtomicLongArray(PAD + REASONS + Reason.COUNT + PAD);

  void add(int counter, long n) {
    int i = PAD + counter;
    counts.setRelease(i, counts.getPlain(i) + n);
  }

  void addReason(Reason reason) {
    add(REASONS + reason.ordinal(), 1);
  }

  long get(int counter) {
    return counts.getAcquire(PAD + counter);
  }

  long get(Reason reason) {
    return get(REASONS + reason.ordinal());
  }
}
