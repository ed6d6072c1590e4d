package dev.cpra.harness.simulate;

import dev.cpra.harness.result.Variant;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a person asked to be simulated.
///
/// @param file the load, as given
/// @param variants at least one
/// @param firstSeed the first of them
/// @param seeds how many, one after the other
/// @param forNanos how long the load runs in virtual time
/// @param monitors indices of those that are left, null for all
/// @param faults likewise
/// @param shrinkNanos how long a failing seed is made smaller, 0 for not at all
public record SimulateOptions(
    Path file,
    List<Variant> variants,
    long firstSeed,
    int seeds,
    long forNanos,
    @Nullable List<Integer> monitors,
    @Nullable List<Integer> faults,
    long shrinkNanos) {

  /// These options for other seeds.
  SimulateOptions withSeeds(long first, int count) {
    return new SimulateOptions(
        file, variants, first, count, forNanos, monitors, faults, shrinkNanos);
  }
}
