package dev.cpra.engine.contract;

import dev.cpra.engine.Lane;

/// A job as a worker sees it.
///
/// @param due when it was due, in nanoseconds on the engine's clock
/// @param deadline when the engine gives it up, on the same clock
public record Job(Lane lane, int monitor, int number, long due, long deadline, int detail) {}
