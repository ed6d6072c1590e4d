package dev.cpra.harness.result;

/// Garbage collections over the measured phases.
///
/// @param count how many pauses
/// @param pauseTotalMs all pauses together
/// @param pauseMaxMs the longest pause
public record Gc(long count, double pauseTotalMs, double pauseMaxMs) {}
