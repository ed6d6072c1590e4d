package dev.cpra.harness.work;

import dev.cpra.engine.LaneQueue;
import dev.cpra.simulator.work.JobTimeouts;
import dev.cpra.simulator.work.LaneFaults;
import dev.cpra.simulator.work.Script;
import dev.cpra.simulator.work.ScriptedLane;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Plays all workers of one lane on one thread, in real time; see [ScriptedLane].
///
/// Outcomes may be up to [#PASS_NANOS] late: the thread looks at its jobs that often, so that it
/// costs little CPU and wakes the engine with batches, not with single outcomes.
public final class ScriptedWorker implements LaneWorker {
  /// How often the worker looks at its running jobs.
  static final long PASS_NANOS = 500_000;

  private static final long SLEEP_NANOS = 20_000_000;

  /// A pass that did more than this is followed by another without a pause: there is a backlog.
  private static final int BUSY = 1_024;

  private final LaneQueue queue;
  private final TrialClock clock;
  private final Doorbell doorbell;
  private final ScriptedLane lane;
  private final BooleanSupplier hasWork = this::hasWork;
  private volatile boolean stopped;

  /// A lane's workers.
  ///
  /// @param workers jobs at once
  /// @param doorbell rung when jobs are published
  public ScriptedWorker(
      LaneQueue queue,
      TrialClock clock,
      Script script,
      JobTimeouts timeouts,
      int workers,
      LaneFaults faults,
      Doorbell doorbell) {
    this.queue = queue;
    this.clock = clock;
    this.doorbell = doorbell;
    this.lane =
        new ScriptedLane(queue, script, monitor -> monitor, timeouts, workers, faults, 1, null);
  }

  @Override
  public void run() {
    while (!stopped) {
      if (lane.pass(clock.getAsLong(), clock.elapsedNanos()) < BUSY) {
        idle();
      }
    }
  }

  private boolean hasWork() {
    return stopped || queue.hasJobs();
  }

  private void idle() {
    if (lane.isIdle() && !lane.hasFaults()) {
      doorbell.sleep(SLEEP_NANOS, hasWork);
    } else {
      LockSupport.parkNanos(this, PASS_NANOS);
    }
  }

  @Override
  public void stop() {
    stopped = true;
    doorbell.ring();
  }

  @Override
  public long discarded() {
    return lane.discarded();
  }
}
