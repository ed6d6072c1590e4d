package dev.cpra.harness.gate;

import dev.cpra.harness.gate.GateFile.GateLoad;
import dev.cpra.harness.gate.GateResult.Outcome;
import dev.cpra.harness.paired.Build;
import dev.cpra.harness.paired.Pair;
import dev.cpra.harness.paired.PairPlan;
import dev.cpra.harness.paired.Side;
import dev.cpra.harness.result.ResultFiles;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.statistics.Binomial;
import dev.cpra.manifest.load.Drive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How often a gate is right: it is run on the same build twice, and on builds with a real cost
/// planted in one engine. Runs are appended to a file, so that what was stopped goes on.
///
/// Runs count for the gate file and the loads that they were made with, and for the method of this
/// class: see [#METHOD].
final class Calibration {
  /// Raised when the measuring or its rule changes, so that older runs no longer count.
  static final int METHOD = 4;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final int PROBE_ROUNDS = 30;

  private final GateFile gate;
  private final Path folder;
  private final String key;
  private final JsonLines<CalibrationRun> runs;

  private Calibration(GateFile gate, Path folder, String key) {
    this.gate = gate;
    this.folder = folder;
    this.key = key;
    this.runs = new JsonLines<>(folder.resolve("runs.jsonl"), CalibrationRun.class);
  }

  /// That of a gate.
  ///
  /// @param reports the folder that holds `calibration`
  static Calibration of(GateFile gate, Path reports) {
    return new Calibration(gate, reports.resolve("calibration").resolve(gate.name()), key(gate));
  }

  Path folder() {
    return folder;
  }

  private static String key(GateFile gate) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) METHOD);
      digest.update(Files.readAllBytes(gate.file()));
      for (GateLoad load : gate.loads()) {
        digest.update(Files.readAllBytes(load.load().file()));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (IOException e) {
      throw new UncheckedIOException("the gate was readable a moment ago", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// What a run must have to count.
  String key() {
    return key;
  }

  /// The runs so far that count.
  List<CalibrationRun> counted() {
    try {
      return runs.read().stream().filter(run -> run.key().equals(key)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(runs.file() + " can't be read", e);
    }
  }

  /// Runs what is still missing, the kinds in turn.
  ///
  /// @param engine what costs are planted in
  /// @param wanted the kinds
  /// @param most of each kind; 0 for as many as the kind says
  ///
  /// @return whether every run said something
  boolean run(String engine, List<Scenario> wanted, int most, GateProgress progress)
      throws IOException, InterruptedException {
    double nanosPerJob = 0;
    for (Scenario next = next(engine, wanted, most);
        next != null;
        next = next(engine, wanted, most)) {
      if (nanosPerJob == 0) {
        nanosPerJob = nanosPerJob(engine);
        progress.say("a job takes %s %.1f ns".formatted(engine, nanosPerJob));
      }
      int number = count(engine, next) + 1;
      progress.say("%s, run %d".formatted(next.key(), number));
      GateResult result = run(next, engine, nanosPerJob, progress);
      runs.append(CalibrationRun.of(key, next, engine, result));
      result.problems().forEach(problem -> progress.say("invalid: " + problem));
      progress.say(
          "%s, run %d: %s in %.0f s"
              .formatted(next.key(), number, result.outcome(), result.seconds()));
      write();
      if (result.outcome() == Outcome.INVALID) {
        return false; // it would be the same again
      }
    }
    return true;
  }

  /// The kind of which the smallest part was run; null if nothing is missing.
  private @Nullable Scenario next(String engine, List<Scenario> wanted, int most) {
    Scenario least = null;
    double leastShare = 1;
    for (Scenario scenario : wanted) {
      int target = most == 0 ? scenario.runs() : Math.min(most, scenario.runs());
      double share = (double) count(engine, scenario) / target;
      if (share < leastShare) {
        least = scenario;
        leastShare = share;
      }
    }
    return least;
  }

  /// Runs that were stopped by something else than the gate do not count.
  private int count(String engine, Scenario scenario) {
    return (int)
        counted().stream().filter(run -> isOf(run, scenario, plantedIn(scenario, engine))).count();
  }

  private GateResult run(
      Scenario scenario, String engine, double nanosPerJob, GateProgress progress)
      throws IOException, InterruptedException {
    Build running = Build.running();
    try (PlantedBuild planted =
        PlantedBuild.of(scenario.key(), scenario.cost(engine, nanosPerJob))) {
      Build candidate = scenario == Scenario.AA ? running : planted.in(running);
      return new GateRun(
              gate,
              candidate,
              new Build("the same build", running.classPath()),
              new LiveMeasurements(),
              progress,
              System.nanoTime(),
              System::nanoTime)
          .run(List.of());
    }
  }

  /// What a job takes an engine as it is, in CPU time when nothing disturbs it, on the gate's first
  /// load in virtual time.
  private double nanosPerJob(String engine) throws IOException, InterruptedException {
    for (GateLoad load : gate.loads()) {
      if (load.load().drive() == Drive.SATURATE) {
        PairPlan.SlicedLoad sliced =
            new PairPlan.SlicedLoad(
                load.load().file().toAbsolutePath(),
                true,
                load.warmUpNanos(),
                load.sliceNanos(),
                PROBE_ROUNDS);
        Side side = new Side(engine, new Variant(engine, engine, Map.of()), Build.running());
        PairPlan plan = new PairPlan(List.of(sliced), load.monitors());
        Double nanos =
            PairFigures.of(Pair.take(plan, side, side, 1).loads().getFirst())
                .a()
                .get(PairedMetric.CPU_PER_JOB);
        if (nanos != null) {
          return nanos;
        }
      }
    }
    throw new IllegalArgumentException(
        gate.name() + ": expected a load with the drive `saturate` to calibrate with, found none");
  }

  /// The same build twice is the same whatever costs would be planted in.
  private static @Nullable String plantedIn(Scenario scenario, String engine) {
    return scenario == Scenario.AA ? null : engine;
  }

  private static boolean isOf(CalibrationRun run, Scenario scenario, @Nullable String engine) {
    return run.scenario().equals(scenario.key())
        && run.outcome() != Outcome.INVALID
        && (engine == null || run.engine().equals(engine));
  }

  /// How often the gate was right, for each kind that was run and each engine it was planted in.
  List<CalibrationSummary> summaries() {
    Set<CalibrationSummary> summaries =
        new LinkedHashSet<>(); // the same build twice is one of them
    List<CalibrationRun> all = counted();
    for (Scenario scenario : Scenario.values()) {
      for (String engine : gate.engines()) {
        CalibrationSummary summary = summary(all, scenario, plantedIn(scenario, engine));
        if (summary != null) {
          summaries.add(summary);
        }
      }
    }
    return List.copyOf(summaries);
  }

  private static @Nullable CalibrationSummary summary(
      List<CalibrationRun> all, Scenario scenario, @Nullable String engine) {
    List<CalibrationRun> its = all.stream().filter(run -> isOf(run, scenario, engine)).toList();
    if (its.isEmpty()) {
      return null;
    }
    int right = (int) its.stream().filter(CalibrationRun::right).count();
    Binomial share = new Binomial(right, its.size());
    return new CalibrationSummary(
        scenario.key(),
        engine,
        scenario.wanted(),
        right,
        count(its, Outcome.REGRESSION),
        count(its, Outcome.INCONCLUSIVE),
        its.size(),
        share.low(),
        share.high());
  }

  private static int count(List<CalibrationRun> runs, Outcome outcome) {
    return (int) runs.stream().filter(run -> run.outcome() == outcome).count();
  }

  /// Writes `calibration.md` and `calibration.json`.
  void write() throws IOException {
    List<CalibrationRun> all = counted();
    CalibrationReport report = CalibrationReport.of(gate.name(), key, summaries(), all);
    ResultFiles.write(MAPPER.writeValueAsBytes(report), folder.resolve("calibration.json"));
    ResultFiles.write(
        report.markdown().getBytes(StandardCharsets.UTF_8), folder.resolve("calibration.md"));
  }
}
