package dev.cpra.probes;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Outcome;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/// One lane's jobs on one loop: starts them, collects their outcomes in batches of its own, and
/// gives those at the end of the loop's turn. Owned by the loop's thread; the transfer of jobs to
/// it belongs to the runner's home loop.
final class LoopWorker implements ProbeRun.Listener {
  /// What jobs mean and who hears of their end.
  record Jobs(Targets targets, ResultListener results) {}

  private static final int BATCHES_KEPT = 256;
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LaneRunner runner;
  private final LaneQueue lane;
  private final ProbeLoop loop;
  private final Jobs jobs;
  private final RunnerCounters counters = new RunnerCounters();
  private final Runnable flush = this::flush;

  // Outcomes on their way to the engine, and batches on their way back from it.
  private final Queue<Batch> recycled = new SpscVarHandleArrayQueue<>(BATCHES_KEPT);
  private final ArrayDeque<Batch> pending = new ArrayDeque<>();
  private @Nullable Batch open;
  private boolean flushing;
  private boolean retrying;
  private volatile boolean blocked;

  // Jobs on their way from the home loop, and empty batches on their way back to it.
  private final Queue<Batch> inbox;
  private final Queue<Batch> inboxFree;
  private final Runnable receive = this::receive;
  private @Nullable Batch transfer;

  LoopWorker(LaneRunner runner, LaneQueue lane, ProbeLoop loop, Jobs jobs, int workers) {
    this.runner = runner;
    this.lane = lane;
    this.loop = loop;
    this.jobs = jobs;
    // Each batch under way holds a job that counts as running, so there are never more of them.
    this.inbox = new SpscVarHandleArrayQueue<>(Math.max(2, workers));
    this.inboxFree = new SpscVarHandleArrayQueue<>(BATCHES_KEPT);
  }

  ProbeLoop loop() {
    return loop;
  }

  RunnerCounters counters() {
    return counters;
  }

  /// Whether outcomes wait for room in the lane. Any thread.
  boolean isBlocked() {
    return blocked;
  }

  // --- on the home loop

  /// Puts a job aside for this worker's own loop.
  void transfer(Batch from, int i) {
    Batch batch = transfer;
    if (batch == null) {
      batch = inboxFree.poll();
      transfer = batch = batch == null ? new Batch(from.capacity()) : batch;
    }
    batch.add(
        from.monitor(i), from.number(i), from.dueNanos(i), from.deadlineNanos(i), from.detail(i));
    if (batch.isFull()) {
      sendTransfers();
    }
  }

  void sendTransfers() {
    Batch batch = transfer;
    if (batch != null) {
      transfer = null;
      if (!inbox.offer(batch)) {
        throw new IllegalStateException("more batches under way than jobs may run");
      }
      loop.execute(receive);
    }
  }

  // --- on the worker's loop

  private void receive() {
    for (Batch batch = inbox.poll(); batch != null; batch = inbox.poll()) {
      for (int i = 0, n = batch.size(); i < n; i++) {
        start(
            batch.monitor(i),
            batch.number(i),
            batch.dueNanos(i),
            batch.deadlineNanos(i),
            batch.detail(i));
      }
      batch.clear();
      inboxFree.offer(batch);
    }
  }

  void start(int monitor, int number, long dueNanos, long deadlineNanos, int detail) {
    long now = loop.nanos();
    if (deadlineNanos <= now) {
      discard(monitor, number, dueNanos);
      return;
    }
    Probe probe;
    ProbeRun run;
    try {
      probe = jobs.targets().probe(monitor, number, detail);
      if (probe == null) {
        refuse(monitor, number, dueNanos, Reason.NO_TARGET);
        return;
      }
      run = probe.newRun();
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      loop.contained(e);
      refuse(monitor, number, dueNanos, Reason.EXCEPTION);
      return;
    }
    run.lane = lane.lane();
    run.monitor = monitor;
    run.number = number;
    run.detail = probe.detail(detail);
    run.dueNanos = dueNanos;
    counters.add(RunnerCounters.STARTED, 1);
    run.begin(loop, now, Math.min(deadlineNanos, now + probe.timeoutNanos()), this);
  }

  /// Gives a job back unexecuted.
  void discard(int monitor, int number, long dueNanos) {
    counters.add(RunnerCounters.DISCARDED, 1);
    outcome(monitor, number, dueNanos, Outcome.DISCARDED);
  }

  /// Ends all jobs that still run.
  void abort() {
    loop.runs().abort(this);
    flush();
  }

  @Override
  public void ended(ProbeRun run, CheckResult result) {
    counters.add(RunnerCounters.ENDED, 1);
    counters.add(RunnerCounters.BYTES_READ, result.bytesRead());
    counters.add(RunnerCounters.BYTES_WRITTEN, result.bytesWritten());
    counters.add(RunnerCounters.CONNECTIONS, result.connections());
    counters.add(RunnerCounters.WAITED, run.waited ? 1 : 0);
    counters.addReason(result.reason());
    tell(run.monitor, run.number, result);
    byte outcome = result.ok() ? Outcome.OK : Outcome.FAILED;
    if (result.reason() == Reason.ABORTED) {
      // Cut off, it says nothing about its target.
      counters.add(RunnerCounters.ABORTED, 1);
      outcome = Outcome.DISCARDED;
    } else if (result.reason() == Reason.NO_ROOM && run.lane == Lane.PULSE) {
      // The target was not asked, or not for long enough: the engine's own deadline ends the job.
      counters.add(RunnerCounters.NOT_JUDGED, 1);
      outcome = Outcome.DISCARDED;
    }
    outcome(run.monitor, run.number, run.dueNanos, outcome);
  }

  private void refuse(int monitor, int number, long dueNanos, Reason reason) {
    counters.add(RunnerCounters.STARTED, 1);
    counters.add(RunnerCounters.ENDED, 1);
    counters.addReason(reason);
    tell(monitor, number, CheckResult.failed(reason, Failures.text(reason)));
    outcome(monitor, number, dueNanos, Outcome.FAILED);
  }

  private void tell(int monitor, int number, CheckResult result) {
    try {
      jobs.results().ended(monitor, number, result);
    } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
      loop.contained(e);
    }
  }

  private void outcome(int monitor, int number, long dueNanos, byte outcome) {
    Batch batch = open;
    if (batch == null) {
      batch = recycled.poll();
      open = batch = batch == null ? new Batch(lane.limits().batchJobs(), recycled) : batch;
    }
    batch.addOutcome(monitor, number, dueNanos, outcome);
    if (batch.isFull()) {
      pending.addLast(batch);
      open = null;
    }
    counters.add(RunnerCounters.RELEASED, 1);
    if (!flushing) {
      flushing = true;
      // Runs when this turn's sockets have been served.
      loop.execute(flush);
    }
  }

  private void flush() {
    flushing = false;
    Batch last = open;
    if (last != null) {
      pending.addLast(last);
      open = null;
    }
    for (Batch batch = pending.peekFirst(); batch != null; batch = pending.peekFirst()) {
      int size = batch.size();
      if (!lane.give(batch)) {
        counters.add(RunnerCounters.GIVE_RETRIES, 1);
        retryLater();
        break;
      }
      // Given, it is the engine's.
      counters.add(RunnerCounters.GIVEN, size);
      pending.pollFirst();
    }
    blocked = !pending.isEmpty();
    runner.released();
  }

  private void retryLater() {
    if (!retrying && !runner.isClosed()) {
      retrying = true;
      var _ = loop.eventLoop().schedule(this::retry, RETRY_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private void retry() {
    retrying = false;
    flush();
  }
}
