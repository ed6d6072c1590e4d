package dev.cpra.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Saturation in virtual time: the engines beside the bare loop that they grew out of, which has
/// neither lifecycle nor ledger nor deadlines. What an engine is slower is what those cost. Per
/// job, no-op work, batches of 64.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoopBenchmark {
  private static final int JOBS = 65_536;

  /// The loop without anything around it.
  private static final String PROTOTYPE = "prototype";

  private static Loop loop(String engine, int monitors, boolean worker) {
    return engine.equals(PROTOTYPE)
        ? new PrototypeLoop(monitors, worker)
        : new EngineLoop(engine, monitors, worker);
  }

  /// A loop whose jobs are done on its own thread.
  @State(Scope.Thread)
  public static class Alone {
    /// What runs.
    @Param({PROTOTYPE, "baseline", "ecs"})
    public String engine = PROTOTYPE;

    /// How many monitors.
    @Param({"100000", "1000000"})
    public int monitors;

    private Loop loop = Loop.NONE;

    /// Makes it.
    @Setup
    public void make() {
      loop = loop(engine, monitors, false);
    }

    /// Closes it.
    @TearDown
    public void close() throws InterruptedException {
      loop.close();
    }
  }

  /// A loop whose jobs are done on a thread of their own.
  @State(Scope.Thread)
  public static class Worked {
    /// What runs.
    @Param({PROTOTYPE, "baseline", "ecs"})
    public String engine = PROTOTYPE;

    /// How many monitors.
    @Param({"100000", "1000000"})
    public int monitors;

    private Loop loop = Loop.NONE;

    /// Makes it.
    @Setup
    public void make() {
      loop = loop(engine, monitors, true);
    }

    /// Closes it.
    @TearDown
    public void close() throws InterruptedException {
      loop.close();
    }
  }

  /// One thread ticks and does the jobs.
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long oneThread(Alone alone) {
    return alone.loop.run(JOBS);
  }

  /// One thread ticks, another does the jobs.
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public long workerThread(Worked worked) {
    return worked.loop.run(JOBS);
  }
}
