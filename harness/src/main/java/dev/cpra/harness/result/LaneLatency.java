package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// Latencies of one lane over the measured phases, counted from the intended due time.
///
/// @param latenessUs dispatch - due, in microseconds, as [Histograms#encode] writes it; null if
///   nothing was recorded
/// @param responseUs outcome applied - due, likewise
public record LaneLatency(@Nullable String latenessUs, @Nullable String responseUs) {
  /// In place of a lane's name: the bare sleeping timer beside the engine, see `HiccupMeter`. It
  /// has no responses.
  public static final String SLEEPER = "sleeper";
}
