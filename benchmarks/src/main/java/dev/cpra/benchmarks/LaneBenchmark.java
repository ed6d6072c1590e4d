package dev.cpra.benchmarks;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Outcome;
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

/// A job's whole way: offered, taken, given back with an outcome, polled, its batch recycled. Per
/// job, over the same queues that trials use.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LaneBenchmark {
  private static final int JOBS = 16_384;

  private static LaneQueue lane(int batch) {
    LaneLimits one = new LaneLimits(64, 1, 64);
    LaneLimits limits = new LaneLimits(2 * JOBS, batch, 2 * JOBS);
    return Lanes.create(limits, one, one, new ArrayQueues()).lane(Lane.PULSE);
  }

  /// A lane whose worker is the engine's own thread.
  @State(Scope.Thread)
  public static class Alone {
    /// Most jobs in a batch.
    @Param({"1", "16", "64", "256", "1024", "5000"})
    public int batch;

    private LaneQueue lane = lane(1);

    /// Makes it.
    @Setup
    public void make() {
      lane = lane(batch);
    }
  }

  /// A lane with a worker thread.
  @State(Scope.Thread)
  public static class Worked {
    /// Most jobs in a batch.
    @Param({"1", "16", "64", "256", "1024", "5000"})
    public int batch;

    private LaneQueue lane = lane(1);
    private WorkerThread worker = WorkerThread.of(lane);
    private final Idle idle = new Idle();

    /// Makes it and starts its worker.
    @Setup
    public void start() {
      lane = lane(batch);
      worker = WorkerThread.of(lane);
      worker.start();
    }

    /// Stops the worker.
    @TearDown
    public void stop() throws InterruptedException {
      worker.stop();
    }
  }

  /// One thread does both sides, one after the other.
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public int oneThread(Alone alone) {
    LaneQueue lane = alone.lane;
    offer(lane);
    for (Batch batch = lane.take(); batch != null; batch = lane.take()) {
      WorkerThread.succeed(batch);
      lane.give(batch);
    }
    return collect(lane);
  }

  /// The jobs cross to another thread and back.
  @Benchmark
  @OperationsPerInvocation(JOBS)
  public int twoThreads(Worked worked) {
    LaneQueue lane = worked.lane;
    offer(lane);
    Idle idle = worked.idle;
    int ended = 0;
    while (ended < JOBS) {
      int more = collect(lane);
      if (more == 0) {
        idle.idle();
      } else {
        idle.reset();
        ended += more;
      }
    }
    return ended;
  }

  private static void offer(LaneQueue lane) {
    for (int i = 0; i < JOBS; i++) {
      if (!lane.offer(i, i, i, Long.MAX_VALUE, 0)) {
        throw new IllegalStateException("the lane is full after " + i + " jobs");
      }
    }
    lane.flush();
  }

  private static int collect(LaneQueue lane) {
    int ended = 0;
    for (Batch batch = lane.pollOutcomes(); batch != null; batch = lane.pollOutcomes()) {
      for (int i = 0; i < batch.size(); i++) {
        ended += batch.outcome(i) == Outcome.OK ? 1 : 0;
      }
      lane.recycle(batch);
    }
    return ended;
  }
}
