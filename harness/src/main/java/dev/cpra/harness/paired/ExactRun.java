package dev.cpra.harness.paired;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.trial.EngineFactory;
import dev.cpra.harness.trial.Footprint;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Phase;
import dev.cpra.simulator.Population;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Takes the exact figures of one engine on one load: its phases in virtual time, on one thread.
///
/// The whole run is made at least twice, each time with a fresh engine, until the compilers are
/// silent; the last run counts. Interpreted code allocates where compiled code does not.
final class ExactRun {
  private static final int RUNS_MAX = 4;
  private static final double US = 1_000;

  private final Load load;
  private final Population population;
  private final EngineFactory factory;

  ExactRun(Load load, Population population, EngineFactory factory) {
    this.load = load;
    this.population = population;
    this.factory = factory;
  }

  /// Takes them.
  ExactFigures take() {
    Footprint footprint = new Footprint(population.size());
    footprint.before(factory, population);
    try (VirtualRun loaded = new VirtualRun(load, population, factory, Transitions.NONE)) {
      footprint.after();
      loaded.engine().ledger(); // still in use while the heap was measured
    }
    Double heap = footprint.heapBytesPerMonitor();
    Double outside = footprint.nativeBytesPerMonitor();
    Double bytes = heap == null ? null : Double.valueOf(heap + (outside == null ? 0 : outside));
    Compilers compilers = new Compilers();
    compilers.wereSilent();
    ExactFigures figures = once(bytes);
    for (int run = 1; run < RUNS_MAX; run++) {
      compilers.wereSilent();
      figures = once(bytes);
      if (compilers.wereSilent()) {
        return figures;
      }
    }
    return figures;
  }

  private ExactFigures once(@org.jspecify.annotations.Nullable Double bytesPerMonitor) {
    Lateness lateness = new Lateness();
    try (VirtualRun run = new VirtualRun(load, population, factory, lateness)) {
      Counts counts = new Counts();
      for (Phase phase : load.phases()) {
        long ticks = Math.max(1, phase.forNanos() / load.engine().tickNanos());
        lateness.on = phase.measured();
        counts.begin(run);
        for (long i = 0; i < ticks; i++) {
          run.tick(counts.allocated);
        }
        counts.end(run, phase.measured());
      }
      lateness.on = false;
      return counts.figures(bytesPerMonitor, lateness.percentiles(), run.drain());
    }
  }

  /// What was counted over the measured phases.
  private static final class Counts {
    private final long[] allocated = new long[1];
    private final Map<String, Long> operations = new TreeMap<>();
    private Map<String, Long> operationsBefore = Map.of();
    private long allocatedBefore;
    private long jobsBefore;
    private long missedBefore;
    private long measuredBytes;
    private long jobs;
    private long missed;

    void begin(VirtualRun run) {
      operationsBefore = operations(run);
      jobsBefore = VirtualRun.applied(run.engine().ledger());
      missedBefore = run.engine().ledger().pulse.missed;
      allocatedBefore = allocated[0];
    }

    void end(VirtualRun run, boolean measured) {
      if (!measured) {
        return;
      }
      measuredBytes += allocated[0] - allocatedBefore;
      jobs += VirtualRun.applied(run.engine().ledger()) - jobsBefore;
      missed += run.engine().ledger().pulse.missed - missedBefore;
      operations(run)
          .forEach((name, count) ->
              operations.merge(name, count - operationsBefore.getOrDefault(name, 0L), Long::sum));
    }

    private static Map<String, Long> operations(VirtualRun run) {
      Map<String, Long> all = new TreeMap<>(counted(run.engine()));
      all.put("batches", run.batches());
      return all;
    }

    /// A build older than the method counts nothing.
    private static Map<String, Long> counted(Engine engine) {
      try {
        return engine.operations();
      } catch (NoSuchMethodError _) {
        return Map.of();
      }
    }

    ExactFigures figures(
        @org.jspecify.annotations.Nullable Double bytesPerMonitor,
        Map<String, Double> latenessUs,
        @org.jspecify.annotations.Nullable String imbalance) {
      double each = Math.max(1, jobs);
      Map<String, Double> perJob = new LinkedHashMap<>();
      operations.forEach((name, count) -> perJob.put(name, count / each));
      return new ExactFigures(
          jobs, measuredBytes / each, bytesPerMonitor, perJob, latenessUs, missed, imbalance);
    }
  }

  /// The pulse lane's lateness in virtual time.
  private static final class Lateness implements Transitions {
    private final Histogram nanos = new Histogram(1_000, 3_600_000_000_000L, 4);
    private boolean on;

    @Override
    public void dispatched(
        Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
      if (on && lane == Lane.PULSE) {
        nanos.recordValue(nowNanos - dueNanos);
      }
    }

    Map<String, Double> percentiles() {
      Map<String, Double> found = new LinkedHashMap<>();
      if (nanos.getTotalCount() > 0) {
        found.put("p50", nanos.getValueAtPercentile(50) / US);
        found.put("p90", nanos.getValueAtPercentile(90) / US);
        found.put("p99", nanos.getValueAtPercentile(99) / US);
        found.put("p99_9", nanos.getValueAtPercentile(99.9) / US);
        found.put("max", nanos.getMaxValue() / US);
      }
      return found;
    }
  }
}
