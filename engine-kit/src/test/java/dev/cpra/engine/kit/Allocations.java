package dev.cpra.engine.kit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// Counts the bytes that the current thread allocates.
final class Allocations {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /// Bytes allocated by the current thread so far.
  static long bytes() {
    return THREADS.getCurrentThreadAllocatedBytes();
  }

  /// Bytes allocated by running this.
  static long of(Runnable work) {
    long before = bytes();
    work.run();
    return bytes() - before;
  }
}
