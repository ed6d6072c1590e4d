package dev.cpra.harness.paired;

import org.jspecify.annotations.Nullable;

/// What one slice yielded.
///
/// @param jobs outcomes applied, all lanes
/// @param wallNanos how long it took
/// @param cpuNanos CPU time of the thread that owns the engine
/// @param workerCpuNanos CPU time of the worker's thread; 0 if the engine's thread did the jobs
/// @param missed pulse slots missed
/// @param latency null in virtual time
public record SliceFigures(
    long jobs,
    long wallNanos,
    long cpuNanos,
    long workerCpuNanos,
    long missed,
    @Nullable Latency latency) {

  /// Latencies of one slice of real time, in nanoseconds; NaN if no job passed.
  ///
  /// @param latenessP50 half of the pulses were dispatched no later than this
  /// @param latenessP90 nine in ten
  /// @param responseP50 half of the outcomes were applied no later than this
  /// @param responseP90 nine in ten
  /// @param stalledNanos how much of the slice some due pulse was already waiting for longer than
  ///   [StallMeter] tolerates
  public record Latency(
      double latenessP50,
      double latenessP90,
      double responseP50,
      double responseP90,
      long stalledNanos) {}
}
