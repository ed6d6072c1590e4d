package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// What else went on on the machine while something was measured.
///
/// @param hiccupP99Us 99th percentile of how much longer than asked a control thread's short sleeps
///   took, in microseconds
/// @param hiccupMaxUs the worst of them
/// @param stealPercent share of CPU time that the hypervisor gave to others; null where not known
public record Noise(
    @Nullable Double hiccupP99Us, @Nullable Double hiccupMaxUs, @Nullable Double stealPercent) {

  /// Nothing measured.
  public static final Noise UNKNOWN = new Noise(null, null, null);
}
