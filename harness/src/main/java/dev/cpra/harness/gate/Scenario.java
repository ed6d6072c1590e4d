package dev.cpra.harness.gate;

import dev.cpra.harness.gate.GateResult.Outcome;
import dev.cpra.harness.planted.PlantedCost;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A build of which it is known what is wrong with it.
enum Scenario {
  /// The same build twice: nothing is wrong.
  AA(20),
  /// 5 % less throughput.
  SLOW_5(20),
  /// A stall of 2 ms in every 100 ms; the gate must find it in a latency.
  STALL(10),
  /// 3 % less throughput.
  SLOW_3(20),
  /// 10 % less throughput.
  SLOW_10(20),
  /// One small array allocated per job.
  ALLOCATION(5),
  /// One monitor added and removed per job: structural changes.
  CHURN(5);

  private static final long STALL_EVERY_NANOS = 100_000_000;
  private static final long STALL_NANOS = 2_000_000;
  private static final int ARRAY_BYTES = 16;

  private final int runs;

  Scenario(int runs) {
    this.runs = runs;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The scenario with this key.
  ///
  /// @throws IllegalArgumentException naming those there are
  static Scenario of(String key) {
    for (Scenario scenario : values()) {
      if (scenario.key().equals(key)) {
        return scenario;
      }
    }
    List<String> keys = Arrays.stream(values()).map(Scenario::key).toList();
    throw new IllegalArgumentException("expected one of " + keys + ", found " + key);
  }

  /// How often it is run unless asked otherwise.
  int runs() {
    return runs;
  }

  /// The outcome that is right.
  Outcome wanted() {
    return this == AA ? Outcome.PASS : Outcome.REGRESSION;
  }

  /// Whether a result is right: the wanted outcome, and for a stall for a latency's sake.
  boolean isRight(GateResult result) {
    boolean wanted = result.outcome() == wanted();
    return this == STALL
        ? wanted
            && result.paired().stream()
                .anyMatch(verdict ->
                    verdict.decision() == Decision.REGRESSION
                        && verdict.limit().metric().needsRealTime()
                        && verdict.limit().metric() != PairedMetric.CPU_PER_JOB)
        : wanted;
  }

  /// What is planted; nothing for [#AA].
  ///
  /// @param nanosPerJob what a job takes the engine as it is
  PlantedCost cost(String engine, double nanosPerJob) {
    double busy =
        switch (this) {
          case SLOW_3 -> busy(0.03, nanosPerJob);
          case SLOW_5 -> busy(0.05, nanosPerJob);
          case SLOW_10 -> busy(0.10, nanosPerJob);
          default -> 0;
        };
    return new PlantedCost(
        engine,
        busy,
        this == STALL ? STALL_EVERY_NANOS : 0,
        this == STALL ? STALL_NANOS : 0,
        this == ALLOCATION ? ARRAY_BYTES : 0,
        this == CHURN);
  }

  /// So much more per job takes this share of the throughput.
  private static double busy(double share, double nanosPerJob) {
    return nanosPerJob * share / (1 - share);
  }
}
