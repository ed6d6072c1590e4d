package dev.cpra.simulator;

import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.simulator.check.Checker;
import dev.cpra.simulator.work.Mix;
import java.util.Arrays;

/// The trace of a world as one number for each stretch of time. Two engines with equal digests told
/// the same, event for event, but for chance in 2^64.
///
/// The contract orders the comings and goings of jobs over all monitors, and everything else only
/// within one: so the jobs of an instant are hashed in their order; of each monitor its alerts in
/// their order, the net change of its flags and counters, its cancelled jobs and its missed slots;
/// and monitors in any order.
final class TraceDigest implements Checker {
  /// No watched bits are all ones.
  private static final long NO_CHANGE = -1;

  private static final long NO_INSTANT = -1;

  private final long stretchNanos;
  private long[] digests = new long[64];
  private int stretches;

  private int[] touched = new int[64];
  private int touchedCount;
  private boolean[] isTouched = new boolean[16];
  private long[] alerts = new long[16];
  private long[] cancelled = new long[16];
  private long[] missed = new long[16];
  private long[] firstMissed = new long[16];
  private long[] before = new long[16];
  private long[] after = new long[16];
  private long jobs;
  private long addedBefore;
  private long instant = NO_INSTANT;
  private long events;

  /// @param stretchNanos how much time shares a number
  TraceDigest(long stretchNanos) {
    this.stretchNanos = stretchNanos;
  }

  @Override
  public String name() {
    return "trace";
  }

  /// What was told so far.
  TraceSummary summary() {
    close();
    return new TraceSummary(stretchNanos, Arrays.copyOf(digests, stretches));
  }

  /// Events so far.
  long events() {
    return events;
  }

  private void job(long kind, Lane lane, int monitor, int number, int detail, long due) {
    events++;
    long what = kind << 40 | (long) lane.ordinal() << 32 | (detail & 0xFFFF_FFFFL);
    jobs = Mix.mix(jobs ^ what, Mix.mix(((long) monitor << 32 | (number & 0xFFFF_FFFFL)), due));
  }

  private void touch(int monitor) {
    events++;
    if (monitor >= isTouched.length) {
      int length = Math.max(monitor + 1, 2 * isTouched.length);
      isTouched = Arrays.copyOf(isTouched, length);
      alerts = Arrays.copyOf(alerts, length);
      cancelled = Arrays.copyOf(cancelled, length);
      missed = Arrays.copyOf(missed, length);
      firstMissed = Arrays.copyOf(firstMissed, length);
      before = Arrays.copyOf(before, length);
      after = Arrays.copyOf(after, length);
    }
    if (!isTouched[monitor]) {
      isTouched[monitor] = true;
      alerts[monitor] = 0;
      cancelled[monitor] = 0;
      missed[monitor] = 0;
      firstMissed[monitor] = Long.MAX_VALUE;
      before[monitor] = NO_CHANGE;
      after[monitor] = NO_CHANGE;
      if (touchedCount == touched.length) {
        touched = Arrays.copyOf(touched, 2 * touchedCount);
      }
      touched[touchedCount++] = monitor;
    }
  }

  @Override
  public void tickBegins(long nowNanos, long lateNanos) {
    if (nowNanos != instant) {
      close();
      instant = nowNanos;
    }
    if (addedBefore != 0) {
      jobs = Mix.mix(jobs, addedBefore);
      addedBefore = 0;
    }
  }

  /// Takes the instant into its stretch.
  private void close() {
    if (touchedCount == 0 && jobs == 0) {
      return;
    }
    long sum = 0;
    for (int i = 0; i < touchedCount; i++) {
      int m = touched[i];
      isTouched[m] = false;
      long flags = before[m] == after[m] ? 0 : Mix.mix(before[m], after[m]);
      long slots = missed[m] == 0 ? 0 : Mix.mix(missed[m], firstMissed[m]);
      if (alerts[m] != 0 || cancelled[m] != 0 || flags != 0 || slots != 0) {
        sum += Mix.mix(Mix.mix(alerts[m], cancelled[m]) ^ flags, Mix.mix(slots, m));
      }
    }
    touchedCount = 0;
    if (sum != 0 || jobs != 0) {
      int stretch = (int) (instant / stretchNanos);
      if (stretch >= digests.length) {
        digests = Arrays.copyOf(digests, Math.max(stretch + 1, 2 * digests.length));
      }
      stretches = Math.max(stretches, stretch + 1);
      digests[stretch] = Mix.mix(digests[stretch] ^ Mix.mix(jobs, sum), instant);
    }
    jobs = 0;
  }

  /// Counts with the tick that follows: the tick before may be one that another engine did not ask
  /// for.
  @Override
  public void added(int monitor, MonitorRules rules, long firstDueNanos) {
    addedBefore = Mix.mix(addedBefore + monitor + 1, firstDueNanos);
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    job(1, lane, monitor, number, detail, dueNanos);
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    job(2, lane, monitor, number, end, dueNanos);
  }

  @Override
  public void stale(Lane lane, int monitor, int number, long nowNanos) {
    job(3, lane, monitor, number, 0, 0);
  }

  @Override
  public void missed(int monitor, long firstSlotNanos, long slots, long nowNanos) {
    touch(monitor);
    missed[monitor] += slots;
    firstMissed[monitor] = Math.min(firstMissed[monitor], firstSlotNanos);
  }

  @Override
  public void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {
    touch(monitor);
    cancelled[monitor] = Mix.mix(cancelled[monitor] + 1 + lane.ordinal(), dueNanos);
  }

  @Override
  public void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {
    touch(monitor);
    if (before[monitor] == NO_CHANGE) {
      before[monitor] = vitalsBefore & WATCHED;
    }
    after[monitor] = vitalsAfter & WATCHED;
  }

  private void alert(int kind, int monitor, Code code) {
    touch(monitor);
    alerts[monitor] = Mix.mix(alerts[monitor] + kind, code.ordinal());
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    alert(1, monitor, code);
  }

  @Override
  public void skipped(int monitor, Code code, long nowNanos) {
    alert(2, monitor, code);
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    alert(3, monitor, code);
  }

  @Override
  public void dropped(int monitor, Code code, long nowNanos) {
    alert(4, monitor, code);
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    touch(monitor);
    cancelled[monitor] = Mix.mix(cancelled[monitor] + 99, 0);
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    close();
    instant = NO_INSTANT; // alerts that a restored engine tells belong to no tick
  }
}
