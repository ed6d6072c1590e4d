package dev.cpra.daemon;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for conditions, never for time.
public final class Await {
  private static final Duration BOUND = Duration.ofSeconds(20);

  private Await() {}

  /// Waits until it holds; fails after 20 s.
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + BOUND.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + BOUND + ": " + what);
      }
      LockSupport.parkNanos(200_000);
    }
  }
}
