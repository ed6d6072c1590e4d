package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// How near a ramp's search came to the highest rate kept, by the rates that were offered.
///
/// @param keptPerSecond pulses per second of the highest rate kept; 0 if none was
/// @param brokenPerSecond those of the lowest rate at which the schedule was not kept, twice in a
///   row; null if there was none
/// @param open whether the phase ran out before the two were as near as the search brings them: the
///   highest rate kept may then lie anywhere between them
public record RateBracket(double keptPerSecond, @Nullable Double brokenPerSecond, boolean open) {}
