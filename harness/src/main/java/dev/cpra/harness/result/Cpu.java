package dev.cpra.harness.result;

import java.util.List;

/// CPU time of the trial's process over the measured phases, in microseconds per thread group.
///
/// @param engineUs the thread that owns the engine
/// @param workersUs the lanes' workers, event loops included
/// @param gcUs garbage collection
/// @param compilerUs just-in-time compilation
/// @param otherUs everything else, the measuring itself included
public record Cpu(
    double engineUs, double workersUs, double gcUs, double compilerUs, double otherUs) {

  /// The names of the groups, in the order of the fields: the keys of [Sample#cpuCores].
  public static final List<String> GROUPS = List.of("engine", "workers", "gc", "compiler", "other");

  /// The whole process.
  public double totalUs() {
    return engineUs + workersUs + gcUs + compilerUs + otherUs;
  }
}
