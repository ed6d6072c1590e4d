package dev.cpra.harness.gate;

import dev.cpra.harness.eval.Machine;
import dev.cpra.harness.gate.GateFile.GateLoad;
import dev.cpra.harness.paired.Build;
import dev.cpra.harness.paired.ExactFigures;
import dev.cpra.harness.paired.PairFailure;
import dev.cpra.harness.paired.PairPlan;
import dev.cpra.harness.paired.PairSlices;
import dev.cpra.harness.paired.Side;
import dev.cpra.harness.result.Environment;
import dev.cpra.harness.result.Noise;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.trial.HiccupMeter;
import dev.cpra.harness.trial.ProcessFigures;
import dev.cpra.manifest.load.Drive;
import dev.cpra.simulator.work.Mix;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// One run of a gate: exact figures first, then pairs, one contest in turn with the other, until
/// the answer is clear or the time is over. It is clear when every limit is decided, and as soon as
/// one is broken. One thread.
final class GateRun {
  private static final double NANOS_PER_SECOND = 1e9;

  private final GateFile gate;
  private final Build candidate;
  private final @Nullable Build against;
  private final Measurements measurements;
  private final GateProgress progress;
  private final LongSupplier nanos;
  private final List<String> problems = new ArrayList<>();
  private final Tails tails = new Tails();
  private final long seed;

  /// @param candidate the build that is held to the limits
  /// @param against the other build; null for engine against engine and exact limits only
  /// @param seed decides the order of slices
  /// @param nanos the machine's clock
  GateRun(
      GateFile gate,
      Build candidate,
      @Nullable Build against,
      Measurements measurements,
      GateProgress progress,
      long seed,
      LongSupplier nanos) {
    this.gate = gate;
    this.candidate = candidate;
    this.against = against;
    this.measurements = measurements;
    this.progress = progress;
    this.seed = seed;
    this.nanos = nanos;
  }

  /// Runs it.
  ///
  /// @param calibration what is known of this gate's errors
  GateResult run(List<CalibrationSummary> calibration) throws InterruptedException {
    Instant started = Clock.systemUTC().instant();
    long began = nanos.getAsLong();
    long @Nullable [] before = ProcessFigures.totalAndSteal();
    HiccupMeter hiccups = new HiccupMeter();
    hiccups.start();
    List<ExactVerdict> exact = List.of();
    List<Contest> contests = contests();
    try {
      exact = exact();
      hiccups.measure(true);
      if (GateResult.outcome(exact, List.of(), problems) == GateResult.Outcome.PASS) {
        pairs(contests, began);
      }
    } catch (PairFailure | IOException e) {
      problems.add(String.valueOf(e.getMessage()));
    } finally {
      hiccups.stop();
    }
    List<PairedVerdict> paired = new ArrayList<>();
    double background = 0;
    for (Contest contest : contests) {
      contest.finish();
      paired.addAll(contest.verdicts());
      background = Math.max(background, contest.backgroundShareMax());
    }
    paired.addAll(notMeasured());
    requireAnyMeasured(exact, paired);
    Histogram control = hiccups.overshootUs();
    return new GateResult(
        GateResult.FORMAT,
        gate.name(),
        gate.question(),
        GateResult.outcome(exact, paired, problems),
        candidate.name(),
        against == null ? null : against.name(),
        started,
        (nanos.getAsLong() - began) / NANOS_PER_SECOND,
        environment(control, before),
        exact,
        List.copyOf(paired),
        tails.with(control),
        figures(exact, contests),
        background,
        List.copyOf(problems),
        calibration);
  }

  /// A gate that looked at nothing has nothing to say, and least of all that all is well.
  private void requireAnyMeasured(List<ExactVerdict> exact, List<PairedVerdict> paired) {
    List<Decision> decisions =
        Stream.concat(
                exact.stream().map(ExactVerdict::decision),
                paired.stream().map(PairedVerdict::decision))
            .filter(decision -> decision != Decision.SHOWN)
            .distinct()
            .toList();
    if (problems.isEmpty() && decisions.isEmpty()) {
      problems.add("no limit has a bound: expected at least one, found none");
    } else if (problems.isEmpty() && decisions.equals(List.of(Decision.NOT_MEASURED))) {
      problems.add(
          against == null
              ? "no limit was measured: all compare two builds, expected --against BUILD"
              : "no limit was measured: all compare two engines, expected a run without --against");
    }
  }

  private static Environment environment(Histogram control, long @Nullable [] before) {
    long @Nullable [] after = ProcessFigures.totalAndSteal();
    boolean any = control.getTotalCount() > 0;
    Double steal =
        before == null || after == null || after[0] == before[0]
            ? null
            : Double.valueOf(100.0 * (after[1] - before[1]) / (after[0] - before[0]));
    return Machine.describe(
        new Noise(
            any ? (double) control.getValueAtPercentile(99) : null,
            any ? (double) control.getMaxValue() : null,
            steal));
  }

  // --- exact figures

  private List<ExactVerdict> exact() throws IOException, InterruptedException {
    List<GateLoad> loads = gate.loads().stream().filter(l -> !l.exact().isEmpty()).toList();
    List<ExactVerdict> verdicts = new ArrayList<>();
    if (loads.isEmpty()) {
      return verdicts;
    }
    progress.say("exact figures of " + String.join(", ", gate.engines()));
    List<Side> sides = new ArrayList<>();
    for (String engine : gate.engines()) {
      sides.add(side(engine, candidate));
      if (against != null) {
        sides.add(side(engine, against));
      }
    }
    List<Map<String, ExactFigures>> figures = measurements.exact(sides, loads);
    int perEngine = against == null ? 1 : 2;
    for (int engine = 0; engine < gate.engines().size(); engine++) {
      Map<String, ExactFigures> own = figures.get(perEngine * engine);
      Map<String, ExactFigures> others =
          against == null ? Map.of() : figures.get(perEngine * engine + 1);
      verdicts.addAll(verdicts(gate.engines().get(engine), loads, own, others));
    }
    for (int side = 0; side < sides.size(); side++) {
      requireSound(sides.get(side), figures.get(side));
    }
    return List.copyOf(verdicts);
  }

  private static List<ExactVerdict> verdicts(
      String engine,
      List<GateLoad> loads,
      Map<String, ExactFigures> own,
      Map<String, ExactFigures> others) {
    List<ExactVerdict> verdicts = new ArrayList<>();
    for (GateLoad load : loads) {
      String name = load.load().name();
      for (Limit.Exact limit : load.exact()) {
        if (limit.engine() == null || engine.equals(limit.engine())) {
          verdicts.add(
              ExactVerdict.of(
                  name,
                  engine,
                  limit,
                  ExactValues.of(own.get(name), limit.metric()),
                  ExactValues.of(others.get(name), limit.metric())));
        }
      }
    }
    return verdicts;
  }

  /// Without a job a figure per job is nothing, which would hold any limit.
  private void requireSound(Side side, Map<String, ExactFigures> figures) {
    figures.forEach((load, its) -> {
      if (its.jobs() == 0) {
        problems.add(side.name() + ", " + load + ": did no job in the measured phases");
      }
      if (its.imbalance() != null) {
        problems.add(
            side.name() + ", " + load + ": the ledger does not balance: " + its.imbalance());
      }
    });
  }

  // --- pairs

  private Side side(String engine, Build build) {
    String name = against == null ? engine : engine + " of " + build.name();
    return new Side(name, new Variant(engine, engine, Map.of()), build);
  }

  private List<Contest> contests() {
    Map<List<String>, List<Contest.Held>> byEngines = new LinkedHashMap<>();
    for (GateLoad load : gate.loads()) {
      for (Limit.Paired limit : load.paired()) {
        if (!isMeasured(limit)) {
          continue;
        }
        for (String engine : limit.engine() == null ? gate.engines() : List.of(limit.engine())) {
          String versus = limit.versus() == null ? engine : limit.versus();
          byEngines
              .computeIfAbsent(List.of(engine, versus), _ -> new ArrayList<>())
              .add(new Contest.Held(load.load().name(), limit));
        }
      }
    }
    List<Contest> contests = new ArrayList<>();
    Build other = against == null ? candidate : against;
    byEngines.forEach((engines, limits) ->
        contests.add(
            new Contest(
                side(engines.getFirst(), candidate),
                side(engines.getLast(), other),
                limits,
                gate.alpha(),
                byEngines.size())));
    return contests;
  }

  /// With another build, the builds are compared; without one, the engines.
  private boolean isMeasured(Limit.Paired limit) {
    return (limit.versus() == null) == (against != null);
  }

  private List<PairedVerdict> notMeasured() {
    List<PairedVerdict> verdicts = new ArrayList<>();
    for (GateLoad load : gate.loads()) {
      for (Limit.Paired limit : load.paired()) {
        if (!isMeasured(limit)) {
          verdicts.add(PairedVerdict.notMeasured(load.load().name(), limit));
        }
      }
    }
    return verdicts;
  }

  private void pairs(List<Contest> contests, long began) throws IOException, InterruptedException {
    long longest = 0;
    for (int pair = 0; ; pair++) {
      Contest next = next(contests);
      long spent = nanos.getAsLong() - began;
      if (next == null || spent + longest > gate.budgetNanos()) {
        return;
      }
      long pairBegan = nanos.getAsLong();
      PairSlices slices = measurements.pair(plan(next), next.a(), next.b(), Mix.mix(seed, pair));
      longest = Math.max(longest, nanos.getAsLong() - pairBegan);
      next.add(slices);
      tails.add(next.a().name(), next.b().name(), slices);
      progress.pair(
          next,
          (nanos.getAsLong() - began) / NANOS_PER_SECOND,
          gate.budgetNanos() / NANOS_PER_SECOND);
      if (next.isBroken()) {
        return;
      }
    }
  }

  /// The open contest with the fewest pairs; null if there is none.
  private @Nullable Contest next(List<Contest> contests) {
    Contest fewest = null;
    for (Contest contest : contests) {
      if (!contest.isClear()
          && contest.pairs() < gate.pairsMax()
          && (fewest == null || contest.pairs() < fewest.pairs())) {
        fewest = contest;
      }
    }
    return fewest;
  }

  /// A contest runs the loads that it has open limits on.
  private PairPlan plan(Contest contest) {
    List<String> open = contest.openLoads();
    List<PairPlan.SlicedLoad> sliced = new ArrayList<>();
    long monitors = 1;
    for (GateLoad load : gate.loads()) {
      if (open.contains(load.load().name())) {
        sliced.add(
            new PairPlan.SlicedLoad(
                load.load().file().toAbsolutePath(),
                load.load().drive() == Drive.SATURATE,
                load.warmUpNanos(),
                load.sliceNanos(),
                load.rounds()));
        monitors = Math.max(monitors, load.monitors());
      }
    }
    return new PairPlan(List.copyOf(sliced), monitors);
  }

  // --- for the history

  private Map<String, Map<String, Double>> figures(
      List<ExactVerdict> exact, List<Contest> contests) {
    Map<String, Map<String, Double>> byEngine = new TreeMap<>();
    for (ExactVerdict verdict : exact) {
      Double value = verdict.value();
      if (value != null) {
        byEngine
            .computeIfAbsent(verdict.engine(), _ -> new TreeMap<>())
            .put(verdict.load() + " " + verdict.limit().metric(), value);
      }
    }
    for (Contest contest : contests) {
      byEngine
          .computeIfAbsent(contest.a().variant().engine(), _ -> new TreeMap<>())
          .putAll(contest.figures(true));
      if (against == null) {
        byEngine
            .computeIfAbsent(contest.b().variant().engine(), _ -> new TreeMap<>())
            .putAll(contest.figures(false));
      }
    }
    return byEngine;
  }
}
