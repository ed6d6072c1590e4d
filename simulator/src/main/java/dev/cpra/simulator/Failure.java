package dev.cpra.simulator;

import java.util.List;

/// What was found wrong in a run.
///
/// @param engines the variant; of a difference between two, both
/// @param checker which checker found it; `engine` when the engine threw, `trace` when two engines
///   differ
/// @param monitor the handle concerned, -1 for none in particular
/// @param elapsedNanos when, since the start
/// @param message what was expected and found
public record Failure(
    List<String> engines, String checker, int monitor, long elapsedNanos, String message) {}
