package dev.cpra.harness.report;

import dev.cpra.harness.result.Environment;
import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.Noise;
import dev.cpra.harness.result.RateBracket;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.Throughput;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.statistics.Spread;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a sceptical reader would hold against an evaluation, found in its own data.
final class Threats {

  private static final double STEAL_PERCENT_SERIOUS = 1;
  private static final double HICCUP_P99_US_SERIOUS = 1_000;

  private final List<String> found = new ArrayList<>();

  private Threats() {}

  static List<String> of(Evaluation evaluation, List<VariantSummary> variants) {
    Threats threats = new Threats();
    threats.trials(evaluation, variants);
    threats.order(evaluation);
    threats.noise(evaluation);
    threats.environment(evaluation);
    threats.found.addAll(evaluation.warnings());
    return List.copyOf(threats.found);
  }

  private void trials(Evaluation evaluation, List<VariantSummary> variants) {
    for (TrialResult trial : evaluation.trials()) {
      if (trial.status().kind() != Status.Kind.COMPLETE || !trial.balanced()) {
        add(
            "%s, round %d, is not compared: %s."
                .formatted(trial.variant(), trial.round() + 1, TrialStatus.text(trial)));
      }
    }
    String uncompared = Summary.ramp(evaluation) ? "latencies, CPU and allocation" : "latencies";
    for (VariantSummary variant : variants) {
      int comparable = variant.comparable().size();
      if (variant.saturated() > 0) {
        add(
            "%s did not keep up in %d of %d trials: its %s are shown, not compared."
                .formatted(variant.name(), variant.saturated(), comparable, uncompared));
      }
      openSearches(variant);
      if (comparable < Spread.SAMPLES_FOR_INTERVAL) {
        add(
            "%s has %d valid trials: below %d the spread is the range seen, not an interval."
                .formatted(variant.name(), comparable, Spread.SAMPLES_FOR_INTERVAL));
      }
    }
    long unrecovered =
        evaluation.trials().stream()
            .flatMap(trial -> trial.faults().stream())
            .filter(fault -> fault.recoveryMs() == null)
            .count();
    if (unrecovered > 0) {
      add(
          "%d injected faults have no recovery time: never seen back on schedule."
              .formatted(unrecovered));
    }
  }

  /// Of the trials whose ramp ended before its search: their figures are lower bounds.
  private void openSearches(VariantSummary variant) {
    List<String> open = new ArrayList<>();
    for (TrialFigures figures : variant.comparable()) {
      Throughput throughput = figures.trial().throughput();
      RateBracket bracket = throughput == null ? null : throughput.bracket();
      if (bracket != null && bracket.open()) {
        Double broken = bracket.brokenPerSecond();
        open.add(
            "kept %s, broke %s"
                .formatted(
                    Numbers.count(Math.round(bracket.keptPerSecond())),
                    broken == null ? "none" : Numbers.count(Math.round(broken))));
      }
    }
    if (!open.isEmpty()) {
      add(
          "%s: the search of %d of %d trials was still open: %s."
              .formatted(
                  variant.name(),
                  open.size(),
                  variant.comparable().size(),
                  String.join("; ", open)));
    }
  }

  /// A variant that always runs first meets a cooler machine.
  private void order(Evaluation evaluation) {
    Map<Integer, TrialResult> firstOfRound = new TreeMap<>();
    for (TrialResult trial : evaluation.trials()) {
      firstOfRound.merge(
          trial.round(), trial, (one, other) -> one.order() <= other.order() ? one : other);
    }
    long distinct = firstOfRound.values().stream().map(TrialResult::variant).distinct().count();
    if (firstOfRound.size() > 1 && evaluation.variants().size() > 1 && distinct == 1) {
      add(
          "%s ran first in every round: drift of the machine is not told apart from it."
              .formatted(firstOfRound.values().iterator().next().variant()));
    }
  }

  private void noise(Evaluation evaluation) {
    Noise noise = evaluation.environment().noise();
    double steal = worst(noise.stealPercent());
    double hiccup = worst(noise.hiccupP99Us());
    for (TrialResult trial : evaluation.trials()) {
      steal = Math.max(steal, worst(trial.noise().stealPercent()));
      hiccup = Math.max(hiccup, worst(trial.noise().hiccupP99Us()));
    }
    if (steal >= STEAL_PERCENT_SERIOUS) {
      add("The hypervisor took up to %s %% of the CPU time away.".formatted(Numbers.up(steal)));
    }
    if (hiccup >= HICCUP_P99_US_SERIOUS) {
      add(
          ("A control thread that does nothing but sleep woke up to %s µs late (p99): lateness near"
                  + " that is the machine's.")
              .formatted(Numbers.up(hiccup)));
    }
  }

  private void environment(Evaluation evaluation) {
    Environment environment = evaluation.environment();
    boolean targets = evaluation.trials().stream().anyMatch(trial -> !trial.targets().isEmpty());
    if (targets) {
      add("The targets shared the %d cores with what was measured.".formatted(environment.cores()));
    }
    if (environment.cores() <= 2) {
      add(
          "With %d cores, engine, workers, collector and compiler compete with each other."
              .formatted(environment.cores()));
    }
    String governor = environment.governor();
    if (governor != null && !governor.toLowerCase(Locale.ROOT).equals("performance")) {
      add("The CPU frequency governor was %s, not performance.".formatted(governor));
    }
    if (Boolean.TRUE.equals(environment.gitDirty())) {
      add("The working tree differed from the commit named.");
    }
  }

  private static double worst(@Nullable Double value) {
    return value == null ? 0 : value;
  }

  private void add(String threat) {
    found.add(threat);
  }
}
