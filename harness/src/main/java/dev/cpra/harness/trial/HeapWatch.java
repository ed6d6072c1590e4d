package dev.cpra.harness.trial;

import dev.cpra.harness.result.HeapPoint;
import dev.cpra.manifest.load.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/// Collects all garbage every so often, on a thread of its own, and writes down what the heap holds
/// then. Each collection stops the engine as any other does: its pause is part of the run. All room
/// is taken at the start, so that the watch does not grow the heap it watches. Used once.
final class HeapWatch {
  private final long everyNanos;
  private final LongSupplier clock;
  private final DoubleSupplier collectedMib;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "heap-watch");
  private final double[] seconds = new double[Load.COLLECTIONS_MAX];
  private final double[] mib = new double[Load.COLLECTIONS_MAX];
  private int size;

  /// @param everyNanos how often; 0 for never
  /// @param clock the machine's, in nanoseconds
  /// @param collectedMib collects, and tells what the heap holds, in MiB
  HeapWatch(long everyNanos, LongSupplier clock, DoubleSupplier collectedMib) {
    this.everyNanos = everyNanos;
    this.clock = clock;
    this.collectedMib = collectedMib;
  }

  /// Starts it; times count from now.
  void start() {
    if (everyNanos > 0) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    long start = clock.getAsLong();
    try {
      while (size < seconds.length && !stopped.await(everyNanos, TimeUnit.NANOSECONDS)) {
        mib[size] = collectedMib.getAsDouble();
        seconds[size] = (clock.getAsLong() - start) / 1e9;
        size++;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends it and waits for it.
  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
  }

  /// What was seen, once stopped.
  List<HeapPoint> points() {
    List<HeapPoint> points = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      points.add(new HeapPoint(seconds[i], mib[i]));
    }
    return List.copyOf(points);
  }
}
