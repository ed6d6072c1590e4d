package dev.cpra.harness.gate;

import dev.cpra.harness.result.Environment;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a gate found, as `gate.json` has it.
///
/// @param format of this file
/// @param gate the gate's name
/// @param question its question; null if it has none
/// @param outcome what follows for the build
/// @param candidate the build that is held to the limits
/// @param against the other build; null without one
/// @param started when it began
/// @param seconds how long it took
/// @param environment where
/// @param exact exact figures and their limits
/// @param paired paired figures and their limits
/// @param tails of real-time loads: shown, never gated
/// @param figures medians of the candidate by engine, then by load and metric, for the history
/// @param backgroundShareMax the most CPU time that a JVM used while it should have been idle, as a
///   share of one core
/// @param problems why the gate is invalid; empty if it is not
/// @param calibration what is known of this gate's errors
record GateResult(
    int format,
    String gate,
    @Nullable String question,
    Outcome outcome,
    String candidate,
    @Nullable String against,
    Instant started,
    double seconds,
    Environment environment,
    List<ExactVerdict> exact,
    List<PairedVerdict> paired,
    List<Tail> tails,
    Map<String, Map<String, Double>> figures,
    double backgroundShareMax,
    List<String> problems,
    List<CalibrationSummary> calibration) {

  /// The format that this version writes.
  static final int FORMAT = 1;

  /// What follows for the build.
  enum Outcome {
    /// Every limit holds.
    PASS(0),
    /// A limit is broken.
    REGRESSION(1),
    /// No limit is known to be broken, and not every one is known to hold.
    INCONCLUSIVE(3),
    /// Nothing can be said: a ledger does not balance, an engine died, a build can't be run.
    INVALID(4);

    private final int exitCode;

    Outcome(int exitCode) {
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  /// The outcome of verdicts.
  static Outcome outcome(
      List<ExactVerdict> exact, List<PairedVerdict> paired, List<String> problems) {
    if (!problems.isEmpty()) {
      return Outcome.INVALID;
    }
    boolean broken =
        exact.stream().anyMatch(v -> v.decision() == Decision.REGRESSION)
            || paired.stream().anyMatch(v -> v.decision() == Decision.REGRESSION);
    if (broken) {
      return Outcome.REGRESSION;
    }
    boolean open = paired.stream().anyMatch(v -> v.decision() == Decision.INCONCLUSIVE);
    return open ? Outcome.INCONCLUSIVE : Outcome.PASS;
  }

  /// Latencies of one side over all its slices in real time, in microseconds.
  ///
  /// @param who the side, or the control thread that did nothing but sleep
  /// @param figure which latency
  /// @param p99 the 99th percentile
  /// @param p99_9 the 99.9th percentile
  /// @param max the largest
  /// @param count how many
  record Tail(String who, String figure, double p99, double p99_9, double max, long count) {}
}
