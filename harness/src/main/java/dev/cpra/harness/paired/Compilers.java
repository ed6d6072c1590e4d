package dev.cpra.harness.paired;

import dev.cpra.harness.result.Cpu;
import dev.cpra.harness.trial.ThreadTimes;

/// Tells whether this JVM's compilers have worked since they were last asked about. Goes by the CPU
/// time of their threads: the JVM's own account counts a compilation only once it is done. Not
/// thread-safe.
final class Compilers {
  private static final int GROUP = Cpu.GROUPS.indexOf("compiler");

  /// A compiler thread that only looks for work uses less.
  private static final long IDLE_NANOS = 2_000_000;

  private final ThreadTimes times = new ThreadTimes();
  private long spentNanos;

  /// Whether they did nothing worth mentioning since the last call. Always where the system does
  /// not tell.
  boolean wereSilent() {
    long now = times.read()[GROUP];
    boolean silent = now - spentNanos < IDLE_NANOS;
    spentNanos = now;
    return silent;
  }
}
