package dev.cpra.harness.trial;

import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/// A bare sleeping timer: a control thread that does nothing but park until its next deadline, a
/// period later, and look how late it woke. A sleep that takes several periods counts for each
/// deadline that fell into it, as pulses do that became due meanwhile. What it sees is what the
/// machine does to any thread, the engine's included, and a floor for lateness. Started once;
/// figures after [#stop].
public final class HiccupMeter {
  private static final long PERIOD_DEFAULT_NANOS = 1_000_000;
  private static final long HIGHEST_US = 60_000_000;

  private final long periodNanos;
  private final Histogram overshootUs = new Histogram(1, HIGHEST_US, 2);
  private final Thread thread = new Thread(this::run, "hiccup");
  private volatile boolean measuring;
  private volatile boolean stopped;

  /// A timer of one millisecond.
  public HiccupMeter() {
    this(PERIOD_DEFAULT_NANOS);
  }

  /// A timer of this period.
  public HiccupMeter(long periodNanos) {
    this.periodNanos = periodNanos;
  }

  /// Starts the thread.
  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /// Only what is seen while this is on counts.
  public void measure(boolean on) {
    measuring = on;
  }

  private void run() {
    while (!stopped) {
      boolean counts = measuring;
      long before = System.nanoTime();
      LockSupport.parkNanos(this, periodNanos);
      long over = (System.nanoTime() - before - periodNanos) / 1_000;
      if (counts && over >= 0) {
        record(over);
      }
    }
  }

  /// Takes how late one sleep ended, and with it how late the deadlines were that it slept through.
  void record(long lateUs) {
    overshootUs.recordValueWithExpectedInterval(
        Math.min(lateUs, HIGHEST_US), Math.max(1, periodNanos / 1_000));
  }

  /// The histogram in microseconds, once stopped.
  public Histogram overshootUs() {
    return overshootUs;
  }

  /// Ends the thread and waits for it.
  public void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }
}
