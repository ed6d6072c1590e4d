package dev.cpra.harness.gate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run of a gate, one line of its history.
///
/// @param at when, as an instant
/// @param commit that was gated; null outside a repository
/// @param dirty whether the working tree differed from it
/// @param against the other build; null without one
/// @param outcome what the gate said
/// @param seconds how long it took
/// @param machine a fingerprint: processor, cores, kernel and JVM
/// @param figures by engine, then by load and metric
record HistoryLine(
    String at,
    @Nullable String commit,
    @Nullable Boolean dirty,
    @Nullable String against,
    GateResult.Outcome outcome,
    double seconds,
    String machine,
    Map<String, Map<String, Double>> figures) {

  static HistoryLine of(GateResult result) {
    var environment = result.environment();
    return new HistoryLine(
        result.started().toString(),
        environment.gitCommit(),
        environment.gitDirty(),
        result.against(),
        result.outcome(),
        result.seconds(),
        environment.cpuModel()
            + ", "
            + environment.cores()
            + " cores, "
            + environment.kernel()
            + ", "
            + environment.jvm(),
        result.figures());
  }
}
