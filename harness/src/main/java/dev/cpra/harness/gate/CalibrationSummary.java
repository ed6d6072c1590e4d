package dev.cpra.harness.gate;

import org.jspecify.annotations.Nullable;

/// How often a gate was right about one kind of build, with the interval of Clopper and Pearson.
///
/// @param scenario what was planted, see [Scenario#key]
/// @param engine in which engine; null where nothing was planted
/// @param wanted the outcome that is right
/// @param right how many runs had it
/// @param regressions how many runs said regression
/// @param inconclusive how many runs could not tell
/// @param runs how many runs
/// @param low lower end of the interval of right / runs
/// @param high upper end
record CalibrationSummary(
    String scenario,
    @Nullable String engine,
    GateResult.Outcome wanted,
    int right,
    int regressions,
    int inconclusive,
    int runs,
    double low,
    double high) {

  /// What was planted and where, for a reader.
  String planted() {
    return engine == null ? scenario : scenario + " in " + engine;
  }
}
