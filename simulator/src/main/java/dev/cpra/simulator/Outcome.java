package dev.cpra.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What came of one scenario.
///
/// @param scenario what was run
/// @param runs one for each engine
/// @param failure the first thing wrong, null if nothing is: a run's own, or a difference of traces
public record Outcome(Scenario scenario, List<Run> runs, @Nullable Failure failure) {}
