package dev.cpra.benchmarks;

import dev.cpra.engine.Batch;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Outcome;

/// A worker that does nothing and says that it went well, on a thread of its own that never sleeps.
final class WorkerThread {
  /// Looks for a batch, does it, and says whether there was one.
  @FunctionalInterface
  interface Step {
    boolean run();
  }

  private final Thread thread;
  private volatile boolean stopped;

  WorkerThread(Step step) {
    thread =
        new Thread(
            () -> {
              Idle idle = new Idle();
              while (!stopped) {
                if (step.run()) {
                  idle.reset();
                } else {
                  idle.idle();
                }
              }
            },
            "work-pulse");
    thread.setDaemon(true);
  }

  /// For a lane.
  static WorkerThread of(LaneQueue lane) {
    return new WorkerThread(() -> work(lane));
  }

  void start() {
    thread.start();
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  private static boolean work(LaneQueue lane) {
    Batch batch = lane.take();
    if (batch == null) {
      return false;
    }
    succeed(batch);
    if (!lane.give(batch)) {
      throw new IllegalStateException("no room for as many outcomes as jobs were taken");
    }
    return true;
  }

  /// Writes an ok for every job.
  static void succeed(Batch batch) {
    for (int i = 0; i < batch.size(); i++) {
      batch.outcome(i, Outcome.OK);
    }
  }
}
