package dev.cpra.harness.paired;

import com.sun.management.ThreadMXBean;
import dev.cpra.engine.Engine;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.trial.EngineFactory;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.load.Load;
import dev.cpra.simulator.Population;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// An engine in virtual time, its workers on the same thread: tick, do all jobs, next tick.
///
/// With a worker thread of its own a slice would also measure how the machine shares two threads
/// among its cores, which is most of the noise and none of the engine. What one thread can't show
/// is the cost of passing batches between cores; `eval` on a `saturate` load shows that.
///
/// The same load gives the same jobs in the same tick on every run, so the slices of two engines
/// pair job for job. Not thread-safe.
final class VirtualRun implements LoadRun {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int DRAIN_TICKS_MAX = 10_000_000;
  private static final long WARM_UP_TICKS = 64;

  private final long tickNanos;
  private final Engine engine;
  private final InlineWorkers workers;
  private long nowNanos = TrialClock.START_NANOS;

  VirtualRun(Load load, Population population, EngineFactory factory, Transitions listener) {
    Lanes lanes = factory.lanes();
    this.tickNanos = load.engine().tickNanos();
    this.engine = factory.engine(population.size(), lanes, listener);
    this.workers = InlineWorkers.of(load, population, lanes);
    population.addTo(engine, 0, population.size(), TrialClock.START_NANOS);
  }

  /// One tick of virtual time, jobs included; the bytes that the engine's part of it allocated are
  /// added to `allocated` if that is not null.
  void tick(long @Nullable [] allocated) {
    nowNanos += tickNanos;
    if (allocated == null) {
      engine.tick(nowNanos);
    } else {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      engine.tick(nowNanos);
      allocated[0] += THREADS.getCurrentThreadAllocatedBytes() - before;
    }
    workers.pass(nowNanos, nowNanos - TrialClock.START_NANOS);
  }

  @Override
  public SliceFigures run(long ticks) {
    long jobs = applied(engine.ledger());
    long missed = engine.ledger().pulse.missed;
    long cpu = THREADS.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    for (long i = 0; i < ticks; i++) {
      tick(null);
    }
    wall = System.nanoTime() - wall;
    cpu = THREADS.getCurrentThreadCpuTime() - cpu;
    return new SliceFigures(
        applied(engine.ledger()) - jobs, wall, cpu, 0, engine.ledger().pulse.missed - missed, null);
  }

  @Override
  public void warmUp(long nanos) {
    long until = System.nanoTime() + nanos;
    while (System.nanoTime() < until) {
      run(WARM_UP_TICKS);
    }
  }

  Engine engine() {
    return engine;
  }

  long batches() {
    return workers.batches();
  }

  static long applied(Ledger ledger) {
    return applied(ledger.pulse) + applied(ledger.intervention) + applied(ledger.code);
  }

  private static long applied(LaneLedger lane) {
    return lane.ok + lane.failed;
  }

  @Override
  public @Nullable String drain() {
    engine.drain(nowNanos);
    for (int i = 0; i < DRAIN_TICKS_MAX; i++) {
      tick(null);
      if (engine.ledger().inFlight() == 0) {
        return engine.ledger().imbalance();
      }
    }
    return engine.ledger().inFlight() + " jobs were still in flight after draining";
  }

  @Override
  public Answer.Tails tails() {
    return new Answer.Tails(null, null);
  }

  @Override
  public void close() {
    engine.close();
  }
}
