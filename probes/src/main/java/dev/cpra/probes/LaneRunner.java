package dev.cpra.probes;

import dev.cpra.engine.Batch;
import dev.cpra.engine.LaneQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The workers of one lane: takes its jobs, runs their probes, and gives every outcome back.
///
/// At most `workers` jobs of the lane run at once, over all loops; the rest wait in the lane's
/// queue (of the batch taken last, up to a batch's size waits here). A job past its deadline is not
/// started, one that runs ends by then. Outcomes are never dropped: while the lane has no room for
/// them no further job is taken. A monitor's jobs always run on the same loop.
///
/// [#start], [#stats] and [#close] may be called from any thread. Jobs are taken by one thread;
/// with several loops outcomes are given by several, so the lane's queue of outcomes must allow
/// that.
public final class LaneRunner implements AutoCloseable {
  /// What a close came to.
  ///
  /// @param taken jobs taken since the start
  /// @param given outcomes the lane took; equal to `taken` if all are accounted for
  /// @param aborted jobs that still ran when the grace was over; their outcomes say nothing
  public record Closed(long taken, long given, long aborted) {
    /// Whether every job's outcome was given.
    public boolean complete() {
      return taken == given;
    }
  }

  /// Jobs started before the loop looks after its sockets again.
  private static final int JOBS_PER_TURN = 256;

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long GIVE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final LaneQueue lane;
  private final int workers;
  private final ProbeLoop home;
  private final List<LoopWorker> loopWorkers = new ArrayList<>();
  private final Turns turns = new Turns();
  private final AtomicLong taken = new AtomicLong();
  private final Semaphore progress = new Semaphore(0);
  private final Runnable turn = this::turn;
  private volatile boolean closing;
  private volatile boolean closed;
  private volatile boolean emptied;

  // Owned by the home loop's thread.
  private final Batch backlog;
  private int backlogNext;
  private long handed;
  private @Nullable Batch toReturn;
  private boolean retries;

  private LaneRunner(LaneQueue lane, ProbeLoops loops, int workers, LoopWorker.Jobs jobs) {
    ProbeOptions.range("workers", workers, 1, 1 << 24);
    this.lane = lane;
    this.workers = workers;
    this.backlog = new Batch(lane.limits().batchJobs());
    for (ProbeLoop loop : loops.loops()) {
      loopWorkers.add(new LoopWorker(this, lane, loop, jobs, workers));
    }
    this.home = loopWorkers.getFirst().loop();
  }

  /// Starts to take jobs. To be called before the engine runs: this sets the lane's `onJobs`.
  ///
  /// @param workers jobs of the lane that run at once
  /// @param targets what the jobs are to do
  /// @param results hears of every job that ended
  public static LaneRunner start(
      LaneQueue lane, ProbeLoops loops, int workers, Targets targets, ResultListener results) {
    LaneRunner runner = new LaneRunner(lane, loops, workers, new LoopWorker.Jobs(targets, results));
    lane.onJobs(runner::wake);
    runner.wake();
    return runner;
  }

  /// What was done so far.
  public RunnerStats stats() {
    return RunnerStats.of(loopWorkers.stream().map(LoopWorker::counters).toList());
  }

  /// Jobs taken from the lane so far.
  public long taken() {
    return taken.get();
  }

  /// Closes with a grace of ten seconds.
  @Override
  public void close() {
    var _ = close(GRACE);
  }

  /// Takes no further job, gives back unexecuted what waits, lets what runs end, and cuts it off
  /// when the grace is over. Blocks; not for loops' threads. What the lane has no room for within
  /// two seconds after that stays counted as not given.
  public Closed close(Duration grace) {
    closing = true;
    wake();
    if (!await(grace.toNanos())) {
      for (LoopWorker worker : loopWorkers) {
        worker.loop().execute(worker::abort);
      }
      await(GIVE_NANOS);
    }
    closed = true;
    RunnerStats stats = stats();
    return new Closed(taken.get(), stats.given(), stats.aborted());
  }

  /// Called by the engine's thread when jobs were published, and by workers when there is room
  /// again.
  void wake() {
    if (turns.wake()) {
      schedule();
    }
  }

  private void schedule() {
    if (!closed) {
      try {
        home.execute(turn);
      } catch (RejectedExecutionException _) {
        closed = true; // the loops are gone: nobody is left to run anything
      }
    }
  }

  /// A worker released jobs or got rid of outcomes.
  void released() {
    if (turns.released()) {
      schedule();
    }
    if (closing) {
      progress.release();
    }
  }

  boolean isClosed() {
    return closed;
  }

  private boolean await(long nanos) {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    while (!(emptied && taken.get() == given())) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      try {
        progress.tryAcquire(Math.min(left, RETRY_NANOS * 10), TimeUnit.NANOSECONDS);
        progress.drainPermits();
      } catch (InterruptedException _) {
        interrupted = true;
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return emptied && taken.get() == given();
  }

  private long given() {
    long given = 0;
    for (LoopWorker worker : loopWorkers) {
      given += worker.counters().get(RunnerCounters.GIVEN);
    }
    return given;
  }

  // --- on the home loop

  private void turn() {
    if (closed) {
      return;
    }
    turns.begin();
    int left = JOBS_PER_TURN;
    while (left > 0 && handOne()) {
      left--;
    }
    for (LoopWorker worker : loopWorkers) {
      worker.sendTransfers();
    }
    if (left == 0) {
      wake();
      return;
    }
    if (!hasWork()) {
      emptied = closing;
      return;
    }
    turns.stall();
    if (hasRoom()) {
      if (toReturn == null) {
        wake();
      } else {
        retryLater();
      }
    }
  }

  /// Room for a batch to be returned is told by nobody: looks again, one timer at a time.
  private void retryLater() {
    if (!retries) {
      retries = true;
      var _ = home.eventLoop().schedule(this::retry, RETRY_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private void retry() {
    retries = false;
    wake();
  }

  private boolean hasWork() {
    return backlogNext < backlog.size() || toReturn != null || lane.hasJobs();
  }

  private boolean hasRoom() {
    long released = 0;
    for (LoopWorker worker : loopWorkers) {
      if (worker.isBlocked()) {
        return false;
      }
      released += worker.counters().get(RunnerCounters.RELEASED);
    }
    return handed - released < workers;
  }

  private boolean handOne() {
    if (!hasRoom() || !refill()) {
      return false;
    }
    int i = backlogNext++;
    handed++;
    int monitor = backlog.monitor(i);
    if (closing) {
      loopWorkers.getFirst().discard(monitor, backlog.number(i), backlog.dueNanos(i));
      return true;
    }
    LoopWorker worker = loopWorkers.get(Math.floorMod(monitor, loopWorkers.size()));
    if (worker.loop() == home) {
      worker.start(
          monitor,
          backlog.number(i),
          backlog.dueNanos(i),
          backlog.deadlineNanos(i),
          backlog.detail(i));
    } else {
      worker.transfer(backlog, i);
    }
    return true;
  }

  /// Makes sure that a job is at hand, if there is one.
  private boolean refill() {
    if (!returnBatch()) {
      return false;
    }
    if (backlogNext < backlog.size()) {
      return true;
    }
    Batch batch = lane.take();
    if (batch == null) {
      return false;
    }
    backlog.clear();
    backlogNext = 0;
    for (int i = 0, n = batch.size(); i < n; i++) {
      backlog.add(
          batch.monitor(i),
          batch.number(i),
          batch.dueNanos(i),
          batch.deadlineNanos(i),
          batch.detail(i));
    }
    taken.lazySet(taken.get() + batch.size());
    batch.clear();
    toReturn = batch;
    return returnBatch() && backlog.size() > 0;
  }

  /// Gives the copied batch back. Without room for it nothing more is taken.
  private boolean returnBatch() {
    Batch batch = toReturn;
    if (batch == null) {
      return true;
    }
    if (!lane.give(batch)) {
      retryLater();
      return false;
    }
    toReturn = null;
    return true;
  }
}
