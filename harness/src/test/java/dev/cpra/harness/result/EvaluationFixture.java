package dev.cpra.harness.result;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Invented evaluations for tests: seeded random figures of a plausible shape. Nothing here was
/// measured.
public final class EvaluationFixture {

  public static final Variant BASELINE = new Variant("baseline", "baseline", Map.of());
  public static final Variant ECS =
      new Variant("ecs", "ecs", Map.of("structure", "deferred", "batch", "64"));
  private static final double SECONDS = 25;
  private static final double WARM_UP = 5;

  private final RandomGenerator random = new SplittableRandom(11);
  private final List<TrialResult> trials = new ArrayList<>();

  private EvaluationFixture() {}

  /// Two variants, so many rounds, in alternating order.
  public static Evaluation twoVariants(int rounds) {
    EvaluationFixture fixture = new EvaluationFixture();
    for (int round = 0; round < rounds; round++) {
      boolean flip = round % 2 == 1;
      fixture.run(flip ? ECS : BASELINE, round);
      fixture.run(flip ? BASELINE : ECS, round);
    }
    return evaluation("fixture-steady-100k", List.of(BASELINE, ECS), fixture.trials);
  }

  /// Three variants, so many rounds.
  public static Evaluation threeVariants(int rounds) {
    Variant peer = new Variant("jdk-executor", "jdk-executor", Map.of());
    EvaluationFixture fixture = new EvaluationFixture();
    List<Variant> variants = List.of(BASELINE, ECS, peer);
    for (int round = 0; round < rounds; round++) {
      for (int place = 0; place < variants.size(); place++) {
        fixture.run(variants.get((place + round) % variants.size()), round);
      }
    }
    return evaluation("fixture-three", variants, fixture.trials);
  }

  public static Evaluation evaluation(
      String load, List<Variant> variants, List<TrialResult> trials) {
    return new Evaluation(
        Evaluation.FORMAT,
        load,
        "Does either engine keep 100,000 monitors on their schedule while workers hang?",
        "open",
        new LoadSource(
            "loads/fixture.yaml",
            "name: fixture\nmonitors:\n  generate: {count: 100000, seed: 7}\ndrive: open\n"),
        "./cpra eval loads/fixture.yaml --engines baseline,ecs --out reports/fixture",
        Instant.parse("2026-03-01T10:00:00Z"),
        Instant.parse("2026-03-01T10:07:41Z"),
        new Environment(
            "Invented CPU @ 2.80GHz",
            2,
            7_934L,
            "Linux 6.1 (fixture)",
            "OpenJDK 25.0.1+8",
            null,
            "0123456789abcdef0123456789abcdef01234567",
            true,
            new Noise(412.0, 6_910.0, 1.4)),
        variants,
        trials,
        List.of("This evaluation is a fixture: its figures are invented."));
  }

  /// The trial with other parts replaced.
  public static TrialResult with(TrialResult trial, Status status, @Nullable LedgerCounts ledger) {
    return copy(trial, status, ledger, trial.throughput(), trial.faults());
  }

  /// The trial with other faults.
  public static TrialResult with(TrialResult trial, List<FaultResult> faults) {
    return copy(trial, trial.status(), trial.ledger(), trial.throughput(), faults);
  }

  /// The trial as one that did not keep up.
  public static TrialResult saturated(TrialResult trial) {
    Throughput throughput = trial.throughput();
    return throughput == null
        ? trial
        : copy(
            trial,
            trial.status(),
            trial.ledger(),
            new Throughput(
                throughput.jobsPerSecond(),
                throughput.offeredJobsPerSecond(),
                true,
                throughput.measuredJobs(),
                throughput.measuredSeconds(),
                throughput.bracket()),
            trial.faults());
  }

  /// The trial as a ramp that ended so.
  public static TrialResult climbed(TrialResult trial, RateBracket bracket) {
    Throughput throughput = new Throughput(bracket.keptPerSecond(), 20_000.0, false, 1, 1, bracket);
    return copy(trial, trial.status(), trial.ledger(), throughput, trial.faults());
  }

  private static TrialResult copy(
      TrialResult trial,
      Status status,
      @Nullable LedgerCounts ledger,
      @Nullable Throughput throughput,
      List<FaultResult> faults) {
    return new TrialResult(
        trial.variant(),
        trial.engine(),
        trial.options(),
        trial.round(),
        trial.order(),
        status,
        trial.phases(),
        throughput,
        trial.latencies(),
        trial.samples(),
        ledger,
        null,
        trial.cpu(),
        trial.memory(),
        trial.gc(),
        trial.loadMonitorsPerSecond(),
        trial.manifest(),
        trial.wireBytesPerCheck(),
        faults,
        trial.noise(),
        trial.targets(),
        trial.journal(),
        trial.jvm());
  }

  /// The trial with a heap that was looked at, on threads that slept so.
  public static TrialResult watched(
      TrialResult trial, List<HeapPoint> heap, @Nullable Sleep sleep) {
    Memory memory = trial.memory();
    Jvm jvm = trial.jvm();
    return new TrialResult(
        trial.variant(),
        trial.engine(),
        trial.options(),
        trial.round(),
        trial.order(),
        trial.status(),
        trial.phases(),
        trial.throughput(),
        trial.latencies(),
        trial.samples(),
        trial.ledger(),
        trial.imbalance(),
        trial.cpu(),
        new Memory(
            memory.engineAllocatedBytes(),
            memory.heapBytesPerMonitor(),
            memory.nativeBytesPerMonitor(),
            memory.peakRssMib(),
            heap),
        trial.gc(),
        trial.loadMonitorsPerSecond(),
        trial.manifest(),
        trial.wireBytesPerCheck(),
        trial.faults(),
        trial.noise(),
        trial.targets(),
        trial.journal(),
        jvm == null ? null : new Jvm(jvm.pid(), jvm.version(), jvm.gc(), jvm.flags(), sleep));
  }

  private void run(Variant variant, int round) {
    double slow =
        switch (variant.engine()) {
          case "baseline" -> 1;
          case "ecs" -> 1.6;
          default -> 4;
        };
    double drift = Math.exp(0.08 * gaussian());
    double jobsPerSecond = 20_000 * Math.exp(0.002 * gaussian());
    long measured = Math.round(jobsPerSecond * (SECONDS - WARM_UP));
    double cpu = measured * slow * drift;
    trials.add(
        new TrialResult(
            variant.name(),
            variant.engine(),
            variant.options(),
            round,
            trials.size(),
            Status.COMPLETE,
            List.of(
                new PhaseResult("warm-up", false, 0, WARM_UP, 100_000, 20_000.0),
                new PhaseResult("steady", true, WARM_UP, SECONDS - WARM_UP, measured, 20_000.0)),
            new Throughput(jobsPerSecond, 20_000.0, false, measured, SECONDS - WARM_UP, null),
            Map.of(
                "pulse",
                new LaneLatency(latency(560 * slow * drift), latency(21_000 * drift)),
                "code",
                new LaneLatency(latency(700 * drift), latency(1_900 * drift))),
            samples(slow, drift),
            ledger(measured),
            null,
            new Cpu(0.9 * cpu, 1.3 * measured, 0.05 * cpu, 0.2 * measured, 0.15 * measured),
            new Memory(
                slow > 1 ? Math.round(14.0 * measured * slow) : 120L,
                24.5 * slow * slow + 0.02 * random.nextDouble(),
                slow > 1 ? 40.0 : null,
                180 * Math.sqrt(slow) * drift),
            new Gc(slow > 1 ? 6 : 1, 30 * slow, 9 * slow * drift),
            2_400_000 / slow * drift,
            new ManifestRead(5_200 * slow * drift, 640 * drift),
            null,
            List.of(new FaultResult("worker-hang", 12, 15, 220 * slow * drift)),
            new Noise(380 * drift, 5_200 * drift, 1.1 * drift),
            targets(measured),
            journal(slow),
            new Jvm(
                40_000 + trials.size(),
                "OpenJDK 25.0.1+8",
                "Parallel",
                List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC"),
                null)));
  }

  private String latency(double medianUs) {
    Histogram histogram = new Histogram(3_600_000_000L, 3);
    for (int value = 0; value < 20_000; value++) {
      double tail = random.nextInt(400) == 0 ? 12 : 1;
      histogram.recordValue(Math.max(1, Math.round(medianUs * tail * Math.exp(0.45 * gaussian()))));
    }
    String text = Histograms.encode(histogram);
    if (text == null) {
      throw new AssertionError("Values were recorded");
    }
    return text;
  }

  private List<Sample> samples(double slow, double drift) {
    List<Sample> samples = new ArrayList<>();
    for (double at = 0.25; at <= SECONDS; at += 0.25) {
      boolean fault = at > 12 && at < 15 + 0.3 * slow;
      double warm = at < 2 ? 3 : 1;
      samples.add(
          new Sample(
              at,
              20_000 * (fault ? 0.55 : 1) * (1 + 0.03 * gaussian()),
              1_500 * slow * drift * warm * (fault ? 25 : 1) * Math.exp(0.2 * gaussian()),
              Math.round(1_900 * (fault ? 3 : 1) * (1 + 0.1 * gaussian())),
              fault ? 20_000 : 0,
              60 * slow + 25 * (at % 6) / 6 * slow,
              170 * Math.sqrt(slow) + 2 * at,
              cores(slow, warm)));
    }
    return samples;
  }

  private Map<String, Double> cores(double slow, double warm) {
    Map<String, Double> cores = new LinkedHashMap<>();
    cores.put("engine", 0.08 * slow * warm * (1 + 0.1 * gaussian()));
    cores.put("workers", 0.12 * (1 + 0.1 * gaussian()));
    cores.put("compiler", 0.2 * (warm - 1) + 0.01);
    return cores;
  }

  private LedgerCounts ledger(long jobs) {
    long failed = jobs / 50;
    long expired = jobs / 400;
    long missed = jobs / 1_000;
    LaneCounts pulse =
        new LaneCounts(
            jobs + missed,
            jobs,
            0,
            missed,
            0,
            jobs - failed - expired,
            failed,
            expired,
            0,
            0,
            expired / 2,
            jobs - expired + expired / 2);
    LaneCounts intervention = new LaneCounts(240, 238, 0, 0, 2, 180, 50, 8, 0, 0, 3, 233);
    LaneCounts code = new LaneCounts(1_010, 1_010, 0, 0, 0, 1_000, 10, 0, 0, 0, 0, 1_010);
    return new LedgerCounts(
        pulse, intervention, code, new AlertCounts(1_002, 1_000, 2, 0, 0, 37), 0, 0, 0);
  }

  private static List<TargetCheck> targets(long pulses) {
    long refused = pulses / 500;
    return List.of(
        new TargetCheck(
            "http-1",
            "http",
            pulses / 2,
            pulses / 2,
            pulses / 2,
            pulses / 2,
            List.of(
                new StateChange(0, "up"), new StateChange(8, "down"), new StateChange(18, "up")),
            List.of(
                new StateChange(0, "up"),
                new StateChange(8.6, "down"),
                new StateChange(18.9, "up")),
            true),
        new TargetCheck(
            "tcp-1",
            "tcp",
            pulses / 2 - refused,
            null,
            pulses / 2,
            null,
            List.of(new StateChange(0, "up")),
            List.of(new StateChange(0, "up")),
            null));
  }

  private static Map<String, List<StateChange>> journal(double slow) {
    Map<String, List<StateChange>> journal = new LinkedHashMap<>();
    for (int monitor = 1; monitor <= 3; monitor++) {
      double late = 0.2 * monitor * slow;
      journal.put(
          "web-" + monitor,
          List.of(
              new StateChange(0, "idle"),
              new StateChange(8.2 + late, "idle warned alerted failures=1"),
              new StateChange(10 + late, "intervention-due warned alerted failures=3"),
              new StateChange(12.5 + late, "idle warned verifying alerted verify-left=3"),
              new StateChange(14 + late, "idle incident warned alerted attempts=2"),
              new StateChange(18.4 + late, "idle streak=1")));
    }
    return journal;
  }

  private double gaussian() {
    return random.nextGaussian();
  }
}
