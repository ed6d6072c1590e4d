package dev.cpra.harness.trial;

import dev.cpra.engine.MonitorRules;
import dev.cpra.harness.result.PhaseResult;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.load.Drive;
import dev.cpra.manifest.load.Phase;
import dev.cpra.simulator.Population;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Runs a load's phases one after the other, on the trial's main thread.
///
/// A phase with another rate than the one before gives every monitor rules with another interval, a
/// phase with `due: all` calls `runNow` for every monitor. Both go to the engine in chunks of
/// [#CHUNK] calls with ticks in between, as a production reload would: a million monitors take the
/// engine some tenths of a second, which are part of the phase, and equal work for every engine. A
/// ramp, which changes the rate often, has larger chunks.
final class PhaseRun {
  /// Calls handed to the engine between two ticks.
  static final int CHUNK = 8_192;

  /// The same for a ramp.
  private static final int RAMP_CHUNK = 131_072;

  private static final long LOOK_NANOS = 50_000_000;

  private final EngineThread engine;
  private final Population population;
  private final TrialClock clock;
  private final Drive drive;
  private final Measurement measurement;
  private final Consumer<Phase> listener;
  private final List<PhaseResult> results = new ArrayList<>();
  private double rate = 1;

  /// @param listener told of each phase that begins
  PhaseRun(
      EngineThread engine,
      Population population,
      TrialClock clock,
      Drive drive,
      Measurement measurement,
      Consumer<Phase> listener) {
    this.engine = engine;
    this.population = population;
    this.clock = clock;
    this.drive = drive;
    this.measurement = measurement;
    this.listener = listener;
  }

  /// Runs them all.
  void run(List<Phase> phases) throws InterruptedException {
    long end = 0;
    for (Phase phase : phases) {
      end += phase.forNanos();
      run(phase, end);
    }
  }

  private void run(Phase phase, long endNanos) throws InterruptedException {
    listener.accept(phase);
    measurement.begin(phase.measured());
    double from = clock.elapsedNanos() / 1e9;
    changeRate(phase.rate());
    if (phase.dueAll()) {
      inChunks((its, monitor) -> its.runNow(monitor, clock.getAsLong()));
    }
    awaitElapsed(endNanos);
    measurement.end(phase.measured());
    double seconds = measurement.phaseNanos() / 1e9;
    results.add(
        new PhaseResult(
            phase.name(),
            phase.measured(),
            from,
            seconds,
            measurement.phaseJobs(),
            drive == Drive.SATURATE ? null : measurement.phaseDue() / seconds));
  }

  /// Calls between two ticks under this drive.
  static int chunk(Drive drive) {
    return drive == Drive.RAMP ? RAMP_CHUNK : CHUNK;
  }

  /// Gives every monitor its interval divided by `next`.
  void changeRate(double next) throws InterruptedException {
    if (next == rate) {
      return;
    }
    rate = next;
    Map<MonitorRules, MonitorRules> changed = new HashMap<>();
    for (MonitorRules rules : population.distinctRules()) {
      changed.put(rules, rules.withInterval(Math.max(1, Math.round(rules.intervalNanos() / next))));
    }
    inChunks((its, monitor) -> {
      MonitorRules rules = changed.get(population.rules(monitor));
      its.update(monitor, rules == null ? population.rules(monitor) : rules);
    });
  }

  /// One call of an engine for one monitor.
  @FunctionalInterface
  private interface MonitorCall {
    void make(dev.cpra.engine.Engine engine, int monitor);
  }

  private void inChunks(MonitorCall call) throws InterruptedException {
    int chunk = chunk(drive);
    for (int from = 0; from < population.size(); from += chunk) {
      int first = from;
      int last = Math.min(population.size(), from + chunk);
      engine.callAndTick(its -> {
        for (int monitor = first; monitor < last; monitor++) {
          call.make(its, monitor);
        }
      });
    }
  }

  private void awaitElapsed(long nanos) throws InterruptedException {
    for (long left = nanos - clock.elapsedNanos(); left > 0; left = nanos - clock.elapsedNanos()) {
      engine.checkAlive();
      TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_NANOS));
    }
  }

  /// What the phases yielded.
  List<PhaseResult> results() {
    return List.copyOf(results);
  }
}
