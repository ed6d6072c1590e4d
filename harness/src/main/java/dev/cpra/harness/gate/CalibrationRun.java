package dev.cpra.harness.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One run of a calibration, one line of its file.
///
/// @param key of the gate: a run counts only for the gate it was made with
/// @param scenario what was planted
/// @param engine in which engine
/// @param at when, as an instant
/// @param commit of the working tree
/// @param machine processor, cores and JVM
/// @param outcome what the gate said
/// @param right whether that was right
/// @param seconds how long the run took
/// @param hiccupP99Us noise: the control thread's overshoot
/// @param limits what it said of each paired limit
record CalibrationRun(
    String key,
    String scenario,
    String engine,
    String at,
    @Nullable String commit,
    String machine,
    GateResult.Outcome outcome,
    boolean right,
    double seconds,
    @Nullable Double hiccupP99Us,
    List<LimitRun> limits) {

  /// What one run said of one paired limit.
  ///
  /// @param name load, side and metric
  /// @param effect the median of the pairs
  /// @param effects of each pair: log ratios, or differences
  /// @param decision what was said
  record LimitRun(String name, @Nullable Double effect, List<Double> effects, Decision decision) {}

  static CalibrationRun of(String key, Scenario scenario, String engine, GateResult result) {
    var environment = result.environment();
    return new CalibrationRun(
        key,
        scenario.key(),
        engine,
        result.started().toString(),
        environment.gitCommit(),
        environment.cpuModel() + ", " + environment.cores() + " cores, " + environment.jvm(),
        result.outcome(),
        scenario.isRight(result),
        result.seconds(),
        environment.noise().hiccupP99Us(),
        result.paired().stream()
            .filter(verdict -> verdict.decision() != Decision.NOT_MEASURED)
            .map(CalibrationRun::limit)
            .toList());
  }

  private static LimitRun limit(PairedVerdict verdict) {
    String side = verdict.a();
    int of = side.indexOf(" of ");
    return new LimitRun(
        verdict.load()
            + " "
            + (of < 0 ? side : side.substring(0, of))
            + " "
            + verdict.limit().metric().key(),
        verdict.effect(),
        verdict.effects(),
        verdict.decision());
  }
}
