package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// One phase of a trial as it ran.
///
/// @param name the phase's name in the load
/// @param measured whether its figures count
/// @param fromSeconds when it began, in seconds of wall clock since the first phase began
/// @param wallSeconds how long it took by the wall clock
/// @param outcomesApplied outcomes that the engine applied in it, all lanes
/// @param offeredJobsPerSecond pulses per second that became due; null in virtual time
public record PhaseResult(
    String name,
    boolean measured,
    double fromSeconds,
    double wallSeconds,
    long outcomesApplied,
    @Nullable Double offeredJobsPerSecond) {}
