package dev.cpra.harness.simulate;

import dev.cpra.harness.result.Variant;
import java.util.List;

/// What came of a simulation.
///
/// @param load its name
/// @param engines the variants' names
/// @param firstSeed the first seed
/// @param seeds how many were run
/// @param passed how many of them without a failure
/// @param virtualSeconds over all seeds and engines
/// @param wallSeconds that this took
/// @param events told, over all seeds and engines
/// @param failures one for each failing seed
/// @param runs what each engine did; of one seed only, empty for several
public record SimulateResult(
    String load,
    List<String> engines,
    long firstSeed,
    int seeds,
    long passed,
    double virtualSeconds,
    double wallSeconds,
    long events,
    List<FailedSeed> failures,
    List<SeedResult> runs) {

  static SimulateResult of(
      String load,
      SimulateOptions options,
      List<SeedResult> seeds,
      List<FailedSeed> failed,
      double wallSeconds) {
    return new SimulateResult(
        load,
        options.variants().stream().map(Variant::name).toList(),
        options.firstSeed(),
        seeds.size(),
        seeds.stream().filter(seed -> seed.failure() == null).count(),
        seeds.stream().mapToDouble(SeedResult::virtualSeconds).sum(),
        wallSeconds,
        seeds.stream().mapToLong(SeedResult::events).sum(),
        failed,
        seeds.size() == 1 ? seeds : List.of());
  }
}
