package dev.cpra.harness.work;

import dev.cpra.engine.Batch;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Outcome;
import dev.cpra.harness.fault.LaneFaults;
import dev.cpra.manifest.load.Fault;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/// Plays all workers of one lane on one thread: each job takes as long and ends as the [Script]
/// says, at most `workers` at once. A job found past its deadline is handed back unexecuted; one
/// that would take longer than its timeout fails when that is over.
///
/// Outcomes may be up to [#PASS_NANOS] late: the thread looks at its jobs that often, so that it
/// costs little CPU and wakes the engine with batches, not with single outcomes. Faults of the load
/// are carried out here, see [JobFate].
public final class ScriptedWorker implements LaneWorker {
  /// How often the worker looks at its running jobs.
  static final long PASS_NANOS = 500_000;

  private static final long SLEEP_NANOS = 20_000_000;
  private static final int SPARE_MAX = 64;

  /// A pass that did more than this is followed by another without a pause: there is a backlog.
  private static final int BUSY = 1_024;

  private final LaneQueue queue;
  private final TrialClock clock;
  private final Script script;
  private final JobTimeouts timeouts;
  private final LaneFaults faults;
  private final JobFate fate;
  private final boolean[] faultSeen;
  private final Doorbell doorbell;
  private final RunningJobs running;
  private final Queue<Batch> home = new SpscVarHandleArrayQueue<>(4 * SPARE_MAX);
  private final ArrayDeque<Batch> spare = new ArrayDeque<>();
  private final ArrayDeque<Batch> outbox = new ArrayDeque<>();
  private final int batchJobs;
  private final BooleanSupplier hasWork = this::hasWork;
  private @Nullable Batch taken;
  private int takenNext;
  private @Nullable Batch open;
  private long discarded;
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
    this.script = script;
    this.timeouts = timeouts;
    this.faults = faults;
    this.fate = new JobFate(faults);
    this.faultSeen = new boolean[faults.size()];
    this.doorbell = doorbell;
    this.running = new RunningJobs(workers);
    this.batchJobs = queue.limits().batchJobs();
  }

  @Override
  public void run() {
    while (!stopped) {
      if (pass(clock.getAsLong(), clock.elapsedNanos()) < BUSY) {
        idle();
      }
    }
  }

  /// Does what is to be done at this time; returns how many jobs were taken or ended.
  int pass(long nowNanos, long elapsedNanos) {
    fate.at(nowNanos, elapsedNanos);
    if (faults.size() > 0) {
      hitRunningJobs(nowNanos, elapsedNanos);
    }
    int work = giveOutbox();
    if (outbox.isEmpty()) {
      work += endJobs(nowNanos);
      work += startJobs(nowNanos);
      closeOpen();
      work += giveOutbox();
    }
    return work;
  }

  private boolean hasWork() {
    return stopped || queue.hasJobs();
  }

  private void idle() {
    if (running.size() == 0 && outbox.isEmpty() && taken == null && faults.size() == 0) {
      doorbell.sleep(SLEEP_NANOS, hasWork);
    } else {
      LockSupport.parkNanos(this, PASS_NANOS);
    }
  }

  /// Crashes and hangs hit the jobs that run when they begin.
  private void hitRunningJobs(long nowNanos, long elapsedNanos) {
    for (int f = 0; f < faults.size(); f++) {
      Fault fault = faults.get(f);
      if (faultSeen[f] || elapsedNanos < fault.atNanos()) {
        continue;
      }
      faultSeen[f] = true;
      int index = f;
      switch (fault.kind()) {
        case WORKER_CRASH -> running.lose((m, n) -> faults.hits(index, m, n));
        case WORKER_HANG ->
            running.hold(
                (m, n) -> faults.hits(index, m, n),
                nowNanos + fault.atNanos() + fault.forNanos() - elapsedNanos);
        default -> {}
      }
    }
  }

  private int endJobs(long nowNanos) {
    int ended = 0;
    while (running.nextEndNanos() <= nowNanos && outbox.size() < SPARE_MAX) {
      for (int copy = running.nextCopies(); copy > 0; copy--) {
        addOutcome(
            running.nextMonitor(),
            running.nextNumber(),
            running.nextDueNanos(),
            running.nextOutcome());
      }
      running.removeNext();
      ended++;
    }
    return ended;
  }

  private int startJobs(long nowNanos) {
    int started = 0;
    int most = fate.workersLeft(running.capacity());
    while (running.size() < most) {
      Batch batch = taken;
      if (batch == null) {
        batch = queue.take();
        if (batch == null) {
          return started;
        }
        taken = batch;
        takenNext = 0;
      }
      int size = batch.size();
      while (takenNext < size && running.size() < most) {
        start(batch, takenNext++, nowNanos);
        started++;
      }
      if (takenNext == size) {
        taken = null;
        batch.clear();
        keep(batch);
      }
    }
    return started;
  }

  private void start(Batch batch, int i, long nowNanos) {
    int monitor = batch.monitor(i);
    int number = batch.number(i);
    long due = batch.dueNanos(i);
    long deadline = batch.deadlineNanos(i);
    if (nowNanos > deadline) {
      discarded++;
      addOutcome(monitor, number, due, Outcome.DISCARDED);
      return;
    }
    fate.of(monitor, number, deadline, script.latencyNanos(queue.lane(), monitor, number));
    long timeout = timeouts.timeoutNanos(monitor);
    byte outcome = script.fails(queue.lane(), monitor, number) ? Outcome.FAILED : Outcome.OK;
    long end = nowNanos + fate.latencyNanos();
    if (fate.latencyNanos() > timeout) {
      outcome = Outcome.FAILED;
      end = Math.min(nowNanos + timeout, deadline);
    }
    running.add(monitor, number, due, Math.max(end, fate.notBeforeNanos()), outcome, fate.copies());
  }

  private void addOutcome(int monitor, int number, long dueNanos, byte outcome) {
    Batch batch = open;
    if (batch == null) {
      open = batch = freshBatch();
    }
    batch.addOutcome(monitor, number, dueNanos, outcome);
    if (batch.isFull()) {
      closeOpen();
    }
  }

  /// One that was taken, else one of our own that came home, else a new one.
  private Batch freshBatch() {
    Batch batch = spare.pollLast();
    if (batch == null) {
      batch = home.poll();
    }
    return batch == null ? new Batch(batchJobs, home) : batch;
  }

  private void closeOpen() {
    if (open != null) {
      outbox.addLast(open);
      open = null;
    }
  }

  /// A taken batch carries outcomes later; what is too many goes home at once.
  private void keep(Batch batch) {
    if (spare.size() < SPARE_MAX) {
      spare.addLast(batch);
    } else {
      outbox.addLast(batch);
    }
  }

  private int giveOutbox() {
    int given = 0;
    if (fate.refusesOutcomes()) {
      return 0;
    }
    for (Batch batch = outbox.peekFirst(); batch != null; batch = outbox.peekFirst()) {
      if (!queue.give(batch)) {
        break;
      }
      outbox.removeFirst();
      given++;
    }
    return given;
  }

  @Override
  public void stop() {
    stopped = true;
    doorbell.ring();
  }

  @Override
  public long discarded() {
    return discarded;
  }
}
