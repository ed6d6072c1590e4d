package dev.cpra.harness.simulate;

import dev.cpra.simulator.Failure;
import java.util.List;

/// A seed that failed, made small and told.
///
/// @param seed the seed
/// @param failure as the whole scenario failed
/// @param shrunk as the smallest scenario failed
/// @param size what is left of the scenario, in words
/// @param replay the command line that shows it again
/// @param faults those that are left, in words
/// @param story the last events of the monitor concerned, the oldest first
public record FailedSeed(
    long seed,
    Failure failure,
    Failure shrunk,
    String size,
    String replay,
    List<String> faults,
    List<String> story) {}
