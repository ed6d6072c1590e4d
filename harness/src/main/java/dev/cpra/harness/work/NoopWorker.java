package dev.cpra.harness.work;

import dev.cpra.engine.Batch;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Outcome;
import java.util.function.BooleanSupplier;

/// Gives every batch back at once, all jobs ok: what is left is the engine and its queues. Runs on
/// a thread of its own; several may share a lane whose queues allow it.
public final class NoopWorker implements LaneWorker {
  /// Empty polls before the thread sleeps, or gives its core away. Few: what it burns meanwhile
  /// counts as a cost of the job.
  private static final int SPINS = 200;

  private static final long SLEEP_NANOS = 10_000_000;

  private final LaneQueue queue;
  private final Doorbell doorbell;
  private final boolean sleeps;
  private final BooleanSupplier hasWork = this::hasWork;
  private volatile boolean stopped;

  /// A worker.
  ///
  /// @param doorbell rung when jobs are published
  /// @param sleeps whether to sleep when there is nothing to do; a worker that does not wastes a
  ///   core and saves the engine from waking it
  public NoopWorker(LaneQueue queue, Doorbell doorbell, boolean sleeps) {
    this.queue = queue;
    this.doorbell = doorbell;
    this.sleeps = sleeps;
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // where cores are few, the engine needs this one
  public void run() {
    int empty = 0;
    while (!stopped) {
      Batch batch = queue.take();
      if (batch != null) {
        empty = 0;
        execute(batch);
      } else if (++empty < SPINS) {
        Thread.onSpinWait();
      } else if (sleeps) {
        doorbell.sleep(SLEEP_NANOS, hasWork);
      } else {
        Thread.yield();
      }
    }
  }

  private boolean hasWork() {
    return stopped || queue.hasJobs();
  }

  @SuppressWarnings("ThreadPriorityCheck") // the engine has to make room first
  private void execute(Batch batch) {
    for (int i = 0, size = batch.size(); i < size; i++) {
      batch.outcome(i, Outcome.OK);
    }
    while (!queue.give(batch) && !stopped) {
      Thread.yield();
    }
  }

  @Override
  public void stop() {
    stopped = true;
    doorbell.ring();
  }
}
