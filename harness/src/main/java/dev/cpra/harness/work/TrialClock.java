package dev.cpra.harness.work;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// The clock of one trial: stands still until started, then runs with the machine's, and can be
/// made to jump. Thread-safe.
public final class TrialClock implements LongSupplier {
  /// What the engine's clock shows until the trial starts. Not 0, so that there is room to jump
  /// back.
  public static final long START_NANOS = 1_000_000_000;

  private final LongSupplier machine;
  private volatile long origin = Long.MIN_VALUE;
  private final AtomicLong jumped = new AtomicLong();

  /// A clock on the machine's.
  public TrialClock() {
    this(System::nanoTime);
  }

  /// A clock on another one, for tests.
  public TrialClock(LongSupplier machine) {
    this.machine = machine;
  }

  /// Lets time begin.
  public void start() {
    origin = machine.getAsLong();
  }

  /// Wall clock since [#start], jumps left out; 0 before.
  public long elapsedNanos() {
    long from = origin;
    return from == Long.MIN_VALUE ? 0 : machine.getAsLong() - from;
  }

  /// The engine's time.
  @Override
  public long getAsLong() {
    return Math.max(0, START_NANOS + elapsedNanos() + jumped.get());
  }

  /// Moves the engine's time, backwards if `nanos` is negative.
  public void jump(long nanos) {
    jumped.addAndGet(nanos);
  }
}
