package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// What it took from a manifest to the engine that runs its monitors.
///
/// @param ms reading and checking the file, and adding the monitors
/// @param peakRssMib the largest resident memory of the process until then; null where the system
///   does not tell
public record ManifestRead(double ms, @Nullable Double peakRssMib) {}
