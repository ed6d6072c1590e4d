package dev.cpra.harness.simulate;

import dev.cpra.engine.Lane;
import dev.cpra.manifest.Durations;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.Load;
import dev.cpra.simulator.Failure;
import dev.cpra.simulator.Outcome;
import dev.cpra.simulator.Scenario;
import dev.cpra.simulator.Shrinker;
import dev.cpra.simulator.Simulator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Simulates what was asked for. One seed runs with all engines at once, each on a thread of its
/// own; several are spread over processes. Used once, by one thread.
public final class Simulate {
  /// Failing seeds that are made small; of the others the failure alone is told.
  private static final int SHRUNK_MAX = 3;

  private static final int STORY_LINES = 25;

  private final Load load;
  private final SimulateOptions options;
  private final SimulateProgress progress;
  private final Scenarios scenarios;

  /// @param load as read from the options' file
  public Simulate(Load load, SimulateOptions options, SimulateProgress progress) {
    this.load = load;
    this.options = options;
    this.progress = progress;
    this.scenarios = new Scenarios(load, options);
  }

  /// Runs everything.
  public SimulateResult run() throws InterruptedException {
    long began = System.nanoTime();
    List<SeedResult> seeds = options.seeds() == 1 ? one() : many();
    seeds.sort(Comparator.comparingLong(SeedResult::seed));
    double wall = (System.nanoTime() - began) / 1e9;
    List<FailedSeed> failed = new ArrayList<>();
    for (SeedResult seed : seeds) {
      Failure failure = seed.failure();
      if (failure != null) {
        failed.add(explain(seed.seed(), failure, failed.size() < SHRUNK_MAX));
      }
    }
    return SimulateResult.of(load.name(), options, seeds, failed, wall);
  }

  private List<SeedResult> one() throws InterruptedException {
    Scenario scenario = scenarios.of(options.firstSeed());
    ConcurrentMap<String, Long> reached = new ConcurrentHashMap<>();
    Outcome outcome =
        scenarios
            .simulator()
            .runAtOnce(
                scenario,
                (engine, elapsed, wall) -> {
                  reached.put(engine, elapsed);
                  progress.reached(reached, options.forNanos(), wall);
                });
    List<SeedResult> seeds = new ArrayList<>();
    seeds.add(SeedResult.of(outcome));
    return seeds;
  }

  private List<SeedResult> many() throws InterruptedException {
    List<SeedResult> seeds = new ArrayList<>();
    SeedForks forks = new SeedForks(options);
    Thread stop = new Thread(forks::stop, "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      long began = System.nanoTime();
      double[] virtual = {0};
      int[] failed = {0};
      forks.run(
          result -> {
            seeds.add(result);
            virtual[0] += result.virtualSeconds();
            Failure failure = result.failure();
            if (failure != null) {
              failed[0]++;
              progress.say("seed %d failed in `%s`".formatted(result.seed(), failure.checker()));
            }
          },
          () ->
              progress.seeds(
                  seeds.size(),
                  options.seeds(),
                  failed[0],
                  virtual[0],
                  (System.nanoTime() - began) / 1e9));
    } finally {
      removeHook(stop);
    }
    return seeds;
  }

  private static void removeHook(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException _) {
      return; // it is running: this process is being stopped
    }
  }

  private FailedSeed explain(long seed, Failure failure, boolean shrinks) {
    Scenario whole = scenarios.of(seed);
    if (!shrinks || options.shrinkNanos() == 0 || failure.checker().equals("process")) {
      return new FailedSeed(
          seed, failure, failure, size(whole), replay(whole), List.of(), List.of());
    }
    progress.say(
        "seed %d failed (%s); making it small, at most %s"
            .formatted(seed, failure.checker(), Durations.format(options.shrinkNanos())));
    Simulator simulator = scenarios.simulator();
    Shrinker shrinker =
        new Shrinker(simulator, simulator.run(whole), System::nanoTime, options.shrinkNanos());
    Outcome smallest = shrinker.shrink();
    Failure shrunk = smallest.failure();
    if (shrunk == null) {
      return new FailedSeed(
          seed, failure, failure, "it passed when run again", replay(whole), List.of(), List.of());
    }
    Scenario scenario = smallest.scenario();
    List<String> story = new ArrayList<>();
    if (shrunk.monitor() >= 0) {
      for (String engine : shrunk.engines()) {
        story.add("on " + engine + ":");
        story.addAll(simulator.story(scenario, engine, shrunk, STORY_LINES));
      }
    }
    String size =
        "from %s to %s in %d tries".formatted(size(whole), size(scenario), shrinker.tries());
    return new FailedSeed(seed, failure, shrunk, size, replay(scenario), faults(scenario), story);
  }

  private static String size(Scenario scenario) {
    return String.format(
        Locale.ROOT,
        "%,d monitors, %,d faults, %s",
        scenario.size(),
        scenario.faultIndices().size(),
        Durations.format(scenario.durationNanos()));
  }

  private static List<String> faults(Scenario scenario) {
    List<Fault> all = scenario.allFaults();
    List<String> words = new ArrayList<>();
    for (int index : scenario.faultIndices()) {
      Fault fault = all.get(index);
      Lane lane = fault.lane();
      words.add(
          String.format(
              Locale.ROOT,
              "fault %d: %s%s at %s for %s, rate %.3f, delay %s, by %s",
              index,
              fault.kind().key(),
              lane == null ? "" : " " + lane.name().toLowerCase(Locale.ROOT),
              Durations.format(fault.atNanos()),
              Durations.format(fault.forNanos()),
              fault.rate(),
              Durations.format(fault.delayNanos()),
              Durations.format(fault.byNanos())));
    }
    return words;
  }

  private String replay(Scenario scenario) {
    StringBuilder line = new StringBuilder("./cpra simulate ").append(options.file());
    line.append(" --seed ").append(scenario.seed());
    line.append(" --engines ");
    line.append(options.variants().stream().map(v -> v.name()).collect(Collectors.joining(",")));
    if (scenario.durationNanos() != load.durationNanos()) {
      line.append(" --for ").append(scenario.durationNanos()).append("ns");
    }
    list(line, " --monitors ", scenario.monitors());
    list(line, " --faults ", scenario.faults());
    return line.toString();
  }

  private static void list(StringBuilder line, String option, @Nullable List<Integer> kept) {
    if (kept != null) {
      String text = kept.stream().map(String::valueOf).collect(Collectors.joining(","));
      line.append(option).append(text.isEmpty() ? "none" : text);
    }
  }
}
