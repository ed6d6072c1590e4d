package dev.cpra.harness.trial;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.result.Histograms;
import dev.cpra.harness.result.LaneLatency;
import dev.cpra.harness.result.LedgerCounts;
import dev.cpra.harness.result.ManifestRead;
import dev.cpra.harness.result.Memory;
import dev.cpra.harness.result.PhaseResult;
import dev.cpra.harness.result.Sample;
import dev.cpra.harness.result.Sleep;
import dev.cpra.harness.result.StateChange;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.Throughput;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.load.Drive;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Phase;
import dev.cpra.simulator.Population;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run of one variant: loads the monitors, measures what they cost in memory, runs the phases,
/// drains, and collects the result. Used once, by one thread; the engine, the workers, the sampler
/// and the faults have threads of their own.
final class Trial {
  /// How much longer than the longest deadline draining may take.
  private static final Duration DRAIN_SLACK = Duration.ofSeconds(10);

  private final TrialSpec spec;
  private final Load load;
  private final TrialWorld world;
  private final Consumer<ChildMessage> parent;
  private final TrialClock clock;
  private final Population population;
  private final List<Crew> crews = new ArrayList<>();
  private final boolean realTime;
  private final @Nullable Recorder recorder;
  private final @Nullable Journal journal;
  private final Transitions listener;
  private final AtomicReference<Throwable> workerFailure = new AtomicReference<>();
  private volatile String phaseName = "";

  Trial(TrialSpec spec, Load load, TrialWorld world, Consumer<ChildMessage> parent) {
    this.spec = spec;
    this.load = load;
    this.world = world;
    this.parent = parent;
    this.clock = world.clock();
    this.population = world.population();
    for (int i = 0; i < spec.variant().shards(); i++) {
      crews.add(world.crew(load, workerFailure));
    }
    this.realTime = load.drive() != Drive.SATURATE;
    this.recorder = realTime ? new Recorder(clock) : null;
    Transitions measured = recorder == null ? Transitions.NONE : recorder;
    this.journal =
        realTime && !population.names().isEmpty()
            ? new Journal(population.names(), TrialClock.START_NANOS, measured)
            : null;
    this.listener = world.watch(journal == null ? measured : journal);
  }

  /// Runs it.
  TrialResult run() throws InterruptedException {
    TimerSlack.set(load.engine().timerSlackNanos()); // the threads to come begin with it
    parent.accept(ChildMessage.of(ChildMessage.Type.LOADING, load.name()));
    ProfileRequest profile = spec.profile();
    MeasuredSpan span = profile == null ? MeasuredSpan.NONE : PhaseProfiler.open(profile);
    EngineFactory factory =
        new EngineFactory(spec.variant(), load, population, crews.getFirst()::threads);
    Footprint footprint = new Footprint(population.size());
    footprint.before(factory, population);
    try (TrialEngine engine =
        TrialEngine.of(factory, population.size(), spec.variant().shards(), listener)) {
      long before = System.nanoTime();
      engine.load(population);
      long took = System.nanoTime() - before;
      Loaded loaded = new Loaded(population.size() * 1e9 / Math.max(1, took), manifestRead(took));
      footprint.after();
      return run(engine, footprint, loaded, span);
    }
  }

  /// How the monitors came into the engine.
  private record Loaded(double monitorsPerSecond, @Nullable ManifestRead manifest) {}

  private @Nullable ManifestRead manifestRead(long addedNanos) {
    Long read = world.manifestNanos();
    return read == null
        ? null
        : new ManifestRead((read + addedNanos) / 1e6, ProcessFigures.peakRssMib());
  }

  private TrialResult run(TrialEngine engine, Footprint footprint, Loaded loaded, MeasuredSpan span)
      throws InterruptedException {
    engine.start(crews);
    EngineThread thread = engine.drive(this::drive);
    HiccupMeter hiccups = new HiccupMeter(load.engine().tickNanos());
    GcMeter gc = new GcMeter();
    Measurement measurement = new Measurement(thread, hiccups, gc, recorder, span);
    PhaseRun phases =
        new PhaseRun(thread, population, clock, load.drive(), measurement, this::phaseBegins);
    Climb climb =
        load.drive() == Drive.RAMP && recorder != null
            ? new Climb(new LiveOffer(thread, phases, population, clock, measurement, recorder))
            : null;
    FaultRun faults =
        new FaultRun(thread, engine.shards().getFirst().lanes(), clock, load.faults());
    Sampler sampler =
        new Sampler(
            thread,
            new EngineView(recorder),
            System.nanoTime(),
            load.durationNanos(),
            this::progress);
    HeapWatch heap =
        new HeapWatch(load.collectNanos(), System::nanoTime, ProcessFigures::collectedHeapMib);
    String stopped = null;
    hiccups.start();
    gc.start();
    clock.start();
    parent.accept(ChildMessage.of(ChildMessage.Type.STARTED, load.name()));
    thread.start();
    sampler.start();
    heap.start();
    faults.start();
    try {
      runPhases(phases, climb);
    } catch (TrialFailure e) {
      stopped = e.getMessage();
    }
    parent.accept(ChildMessage.of(ChildMessage.Type.DRAINING, load.name()));
    faults.stop();
    heap.stop();
    boolean drained = thread.stop(drainBound());
    sampler.stop();
    hiccups.stop();
    for (Crew crew : crews) {
      crew.stop();
    }
    Ledger ledger = engine.engine().ledger().copy();
    Map<String, List<StateChange>> changes = journal == null ? Map.of() : journal.byName();
    List<PhaseResult> results = new ArrayList<>(phases.results());
    results.addAll(climb == null ? List.of() : climb.results());
    Status status = status(stopped, drained, thread, ledger);
    return new TrialResult(
        spec.variant().name(),
        spec.variant().engine(),
        spec.variant().options(),
        spec.round(),
        spec.order(),
        status,
        results,
        throughput(measurement, results, climb),
        latencies(hiccups),
        sampler.samples(),
        LedgerCounts.of(ledger),
        ledger.imbalance(),
        measurement.cpu(),
        new Memory(
            journal == null ? measurement.allocatedBytes() : null, // a journal allocates
            footprint.heapBytesPerMonitor(),
            footprint.nativeBytesPerMonitor(),
            ProcessFigures.peakRssMib(),
            heap.points()),
        gc.result(),
        loaded.monitorsPerSecond(),
        loaded.manifest(),
        crews.getFirst().wireBytesPerCheck(),
        faults.results(),
        measurement.noise(),
        world.targetChecks(changes),
        changes,
        ThisJvm.describe(realTime ? sleep() : null));
  }

  /// Under `ramp` the last phase is the climb.
  private void runPhases(PhaseRun phases, @Nullable Climb climb) throws InterruptedException {
    if (climb == null) {
      phases.run(load.phases());
      return;
    }
    int before = load.phases().size() - 1;
    phases.run(load.phases().subList(0, before));
    Phase last = load.phases().get(before);
    phaseBegins(last);
    climb.run(last);
  }

  /// Those of the lanes, and the bare timer's beside them.
  private Map<String, LaneLatency> latencies(HiccupMeter hiccups) {
    if (recorder == null) {
      return Map.of();
    }
    Map<String, LaneLatency> latencies = new LinkedHashMap<>(recorder.latencies());
    latencies.put(
        LaneLatency.SLEEPER, new LaneLatency(Histograms.encode(hiccups.overshootUs()), null));
    return latencies;
  }

  private Sleep sleep() {
    return new Sleep(load.engine().spinNanos(), TimerSlack.nanos());
  }

  private EngineThread drive(Engine engine, Lanes lanes) {
    if (realTime) {
      return new OpenDrive(engine, lanes, clock, load.engine().spinNanos());
    }
    double highest = load.phases().stream().mapToDouble(Phase::rate).max().orElse(1);
    return new SaturateDrive(
        engine,
        lanes,
        load.engine().tickNanos(),
        TrialClock.START_NANOS,
        (long) (population.shortestNanos() / Math.max(1, highest)));
  }

  private Duration drainBound() {
    long longest = population.longestTimeoutNanos() + load.engine().graceNanos();
    return DRAIN_SLACK.plusNanos(longest);
  }

  private void phaseBegins(Phase phase) {
    phaseName = phase.name();
  }

  private void progress(Sample sample) {
    double left = Math.max(0, (load.durationNanos() - clock.elapsedNanos()) / 1e9);
    parent.accept(
        new ChildMessage(
            ChildMessage.Type.PROGRESS, phaseName, left, sample.jobsPerSecond(), sample.waiting()));
  }

  private Throughput throughput(
      Measurement measurement, List<PhaseResult> phases, @Nullable Climb climb) {
    double seconds = measurement.seconds();
    double offeredJobs = 0;
    boolean offered = false;
    for (PhaseResult phase : phases) {
      Double rate = phase.offeredJobsPerSecond();
      if (phase.measured() && rate != null) {
        offeredJobs += rate * phase.wallSeconds();
        offered = true;
      }
    }
    return new Throughput(
        seconds == 0 ? null : climb == null ? measurement.jobs() / seconds : climb.highestKept(),
        offered && seconds > 0 ? offeredJobs / seconds : null,
        climb == null ? realTime && fellBehind(measurement) : !climb.measuredKept(),
        measurement.jobs(),
        seconds,
        climb == null ? null : climb.bracket());
  }

  /// Whether the engine or its workers did not keep up: at the end of the measured phases more
  /// pulses waited than fall due in a quarter of a second, or more than a twentieth of the slots
  /// were missed. Slots also pass while an intervention repairs a target, so the latter only counts
  /// without those.
  private boolean fellBehind(Measurement measurement) {
    boolean repairs =
        population.distinctRules().stream().anyMatch(rules -> rules.intervention() != null);
    return measurement.waitingAtEnd() > Held.waitingMax(population.pulsesPerSecond())
        || (!repairs && measurement.missed() > measurement.due() / 20);
  }

  private Status status(
      @Nullable String stopped, boolean drained, EngineThread thread, Ledger ledger) {
    Throwable engineFailure = thread.failure();
    if (engineFailure != null) {
      return Status.died("the engine threw " + engineFailure);
    }
    if (stopped != null) {
      return Status.partial(stopped);
    }
    Throwable failure = workerFailure.get();
    if (failure != null) {
      return Status.invalid("a worker threw " + failure);
    }
    if (!drained) {
      return Status.invalid(
          ledger.inFlight()
              + " jobs were still in flight "
              + drainBound().toSeconds()
              + " s after the last phase");
    }
    String imbalance = ledger.imbalance();
    if (imbalance != null) {
      return Status.invalid("the ledger does not balance: " + imbalance);
    }
    if (!realTime && ledger.pulse.missed > 0) {
      return Status.invalid(
          "missed " + ledger.pulse.missed + " slots: virtual time ran ahead of the workers");
    }
    return Status.COMPLETE;
  }
}
