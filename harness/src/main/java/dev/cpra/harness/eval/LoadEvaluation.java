package dev.cpra.harness.eval;

import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.LoadSource;
import dev.cpra.harness.result.Noise;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.trial.ChildMessage;
import dev.cpra.harness.trial.Quick;
import dev.cpra.manifest.load.Load;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Runs all trials of one load, in order, and gathers what they yield. One thread; [#cancel] any.
final class LoadEvaluation {
  private final Load load;
  private final Load asRun;
  private final Path given;
  private final List<Variant> variants;
  private final EvalOptions options;
  private final Progress progress;
  private final TrialRunner runner;
  private final Clock clock;

  /// @param given the load's path as on the command line
  /// @param folder where its trials keep their files
  LoadEvaluation(
      Load load,
      Path given,
      long monitors,
      List<Variant> variants,
      EvalOptions options,
      Path folder,
      Progress progress,
      Clock clock) {
    this.load = load;
    this.asRun = options.quick() ? Quick.shorten(load) : load;
    this.given = given;
    this.variants = variants;
    this.options = options;
    this.progress = progress;
    this.clock = clock;
    this.runner = new TrialRunner(asRun, monitors, options.quick(), folder);
  }

  /// Runs them; after [#cancel] what was finished so far, and a warning.
  Evaluation run() throws InterruptedException {
    Instant started = clock.instant();
    List<PlannedTrial> plan = TrialPlan.of(load.name(), variants, options.rounds());
    List<TrialResult> trials = new ArrayList<>();
    for (PlannedTrial planned : plan) {
      if (runner.isCancelled()) {
        break;
      }
      TrialResult trial = runner.run(planned, message -> show(planned, plan.size(), message));
      trials.add(trial);
      progress.say(line(planned, plan.size(), trial));
    }
    return new Evaluation(
        Evaluation.FORMAT,
        load.name(),
        load.question(),
        load.drive().name().toLowerCase(Locale.ROOT),
        source(),
        options.commandFor(given),
        started,
        clock.instant(),
        Machine.describe(worst(trials)),
        variants,
        List.copyOf(trials),
        warnings(plan.size(), trials.size()));
  }

  /// Kills the running trial and leaves out the rest.
  void cancel() {
    runner.cancel();
  }

  private void show(PlannedTrial planned, int trials, ChildMessage message) {
    String phase =
        switch (message.type()) {
          case LOADING -> "loading";
          case STARTED -> "started";
          case DRAINING -> "draining";
          default -> message.text();
        };
    if (message.type() == ChildMessage.Type.PROGRESS
        || message.type() == ChildMessage.Type.LOADING) {
      progress.update(
          load.name() + " " + planned.variant().name(),
          planned.order() + 1,
          trials,
          phase,
          message.secondsLeft(),
          message.jobsPerSecond(),
          message.waiting());
    }
  }

  private String line(PlannedTrial planned, int trials, TrialResult trial) {
    String head =
        String.format(
            Locale.ROOT,
            "%s  %s  trial %d/%d: ",
            load.name(),
            planned.variant().name(),
            planned.order() + 1,
            trials);
    if (trial.status().kind() != Status.Kind.COMPLETE) {
      String kind = trial.status().kind().name().toLowerCase(Locale.ROOT);
      return head + kind + ", " + trial.status().reason();
    }
    var throughput = trial.throughput();
    Double rate = throughput == null ? null : throughput.jobsPerSecond();
    Double bytes = trial.memory().bytesPerMonitor();
    return head
        + (rate == null ? "nothing measured" : String.format(Locale.ROOT, "%,.0f jobs/s", rate))
        + (bytes == null ? "" : String.format(Locale.ROOT, ", %.1f B per monitor", bytes))
        + (trial.saturated() ? ", saturated" : "");
  }

  private LoadSource source() {
    try {
      return new LoadSource(
          given.toString(), Files.readString(load.file(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the load was readable a moment ago: " + load.file(), e);
    }
  }

  private List<String> warnings(int planned, int ran) {
    List<String> warnings = new ArrayList<>();
    if (options.quick()) {
      warnings.add(
          Quick.shortens(load)
              ? "A quick run: one round, all phases together shortened to %.0f s."
                  .formatted(Quick.TOTAL_NANOS / 1e9)
              : "A quick run: one round.");
    }
    if (ran < planned || runner.isCancelled()) {
      warnings.add("Interrupted: %d of %d trials were begun.".formatted(ran, planned));
    }
    return warnings;
  }

  private static Noise worst(List<TrialResult> trials) {
    Double p99 = null;
    Double max = null;
    Double steal = null;
    for (TrialResult trial : trials) {
      p99 = larger(p99, trial.noise().hiccupP99Us());
      max = larger(max, trial.noise().hiccupMaxUs());
      steal = larger(steal, trial.noise().stealPercent());
    }
    return new Noise(p99, max, steal);
  }

  private static @Nullable Double larger(@Nullable Double a, @Nullable Double b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return Math.max(a, b);
  }
}
