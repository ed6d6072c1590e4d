package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// Work done over the measured phases of a trial.
///
/// @param jobsPerSecond outcomes applied / wall clock of the measured phases; under `ramp` the
///   highest rate at which the schedule was still kept; null if nothing was measured
/// @param offeredJobsPerSecond pulses per second that became due; null in virtual time
/// @param saturated whether the engine or its workers did not keep up, under `ramp` even at the
///   highest rate kept: its latencies are then shown but not compared
/// @param measuredJobs outcomes applied in the measured phases, all lanes
/// @param measuredSeconds wall clock of the measured phases
/// @param bracket how near the search of a `ramp` came; null without one
public record Throughput(
    @Nullable Double jobsPerSecond,
    @Nullable Double offeredJobsPerSecond,
    boolean saturated,
    long measuredJobs,
    double measuredSeconds,
    @Nullable RateBracket bracket) {}
