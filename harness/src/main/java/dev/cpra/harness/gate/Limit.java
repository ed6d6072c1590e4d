package dev.cpra.harness.gate;

import org.jspecify.annotations.Nullable;

/// What a gate holds one figure to.
sealed interface Limit {
  /// The engine it is about; null for each of the gate's.
  @Nullable String engine();

  /// A figure that is the same on every run.
  ///
  /// @param metric `allocated_bytes_per_job`, `bytes_per_monitor`, `missed`, `lateness_us.p99` and
  ///   its like, or `operations.NAME`
  /// @param atMost the most it may be; null for no such bound
  /// @param atMostTimes the most it may be as a multiple of the other build's, without which it is
  ///   not looked at; null for no such bound
  record Exact(
      String metric, @Nullable String engine, @Nullable Double atMost, @Nullable Double atMostTimes)
      implements Limit {}

  /// A figure of paired measuring.
  ///
  /// @param metric what
  /// @param versus the engine it is compared with, in the same build; null to compare with the same
  ///   engine of the other build
  /// @param bound a ratio for most metrics; for [PairedMetric#STALLS] a difference in ms per second
  record Paired(PairedMetric metric, @Nullable String engine, @Nullable String versus, double bound)
      implements Limit {}
}
