package dev.cpra.simulator.work;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Outcome;
import dev.cpra.manifest.load.Fault;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.function.IntUnaryOperator;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/// All workers of one lane as a passive object: each job takes as long and ends as the [Script]
/// says, at most `workers` at once. A job found past its deadline is handed back unexecuted; one
/// that would take longer than its timeout fails when that is over.
///
/// Not thread-safe: whoever owns it calls [#pass] now and then, in real or in virtual time, and
/// brings the time. Faults of the load are carried out here, see [JobFate].
///
/// Script and faults know a monitor by what `identity` makes of its handle, and a job by its number
/// within the lane and monitor: for pulses the engine's own, for the other lanes, whose numbers
/// come from one counter, a count kept here. So a job has the same fate in every engine, whatever
/// happened to other monitors before.
public class ScriptedLane {
  private static final int SPARE_MAX = 64;

  private final LaneQueue queue;
  private final Script script;
  private final IntUnaryOperator identity;
  private final JobTimeouts timeouts;
  private final LaneFaults faults;
  private final @Nullable LaneListener listener;
  private final JobFate fate;
  private final boolean[] faultSeen;
  private final RunningJobs running;
  private final Queue<Batch> home = new SpscVarHandleArrayQueue<>(4 * SPARE_MAX);
  private final ArrayDeque<Batch> spare = new ArrayDeque<>();
  private final ArrayDeque<Batch> outbox = new ArrayDeque<>();
  private final int batchJobs;
  private final long stepNanos;
  private int[] jobsOf = {};
  private @Nullable Batch taken;
  private int takenNext;
  private @Nullable Batch open;
  private int faultsToSee;
  private long discarded;
  private long produced;
  private boolean calm;

  /// A lane's workers.
  ///
  /// @param identity what script and faults know a monitor by
  /// @param workers jobs at once
  /// @param stepNanos jobs end at multiples of this, on the engine's clock
  /// @param listener of worlds on one thread only, else null
  public ScriptedLane(
      LaneQueue queue,
      Script script,
      IntUnaryOperator identity,
      JobTimeouts timeouts,
      int workers,
      LaneFaults faults,
      long stepNanos,
      @Nullable LaneListener listener) {
    this.queue = queue;
    this.script = script;
    this.identity = identity;
    this.timeouts = timeouts;
    this.faults = faults;
    this.listener = listener;
    this.fate = new JobFate(faults);
    this.faultSeen = new boolean[faults.size()];
    this.faultsToSee = faults.size();
    this.running = new RunningJobs(workers);
    this.batchJobs = queue.limits().batchJobs();
    this.stepNanos = stepNanos;
  }

  /// Does what is to be done at this time; returns how many jobs were taken or ended.
  ///
  /// @param nowNanos on the engine's clock
  /// @param elapsedNanos since the start, by a clock that never jumps
  public final int pass(long nowNanos, long elapsedNanos) {
    fate.at(nowNanos, elapsedNanos);
    if (faultsToSee > 0) {
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

  /// When the next running job ends, on the engine's clock; [Long#MAX_VALUE] without one, and while
  /// outcomes are held back.
  public final long nextEndNanos() {
    return outbox.isEmpty() ? running.nextEndNanos() : Long.MAX_VALUE;
  }

  /// Whether no job runs and none waits to be started or given back.
  public final boolean isIdle() {
    return running.size() == 0 && outbox.isEmpty() && taken == null;
  }

  /// Whether this lane has faults, now or later.
  public final boolean hasFaults() {
    return faults.size() > 0;
  }

  /// From now on every job that begins ends at once, and well.
  public final void calm() {
    calm = true;
  }

  /// Jobs handed back unexecuted because their deadline had passed.
  public final long discarded() {
    return discarded;
  }

  /// Outcomes made so far, given or still held back; those lost by faults are left out.
  public final long produced() {
    return produced;
  }

  /// Outcomes made and not yet taken by the queue.
  public final long held() {
    Batch batch = open;
    long held = batch == null ? 0 : batch.size();
    for (Batch waiting : outbox) {
      held += waiting.size();
    }
    return held;
  }

  /// Crashes and hangs hit the jobs that run when they begin.
  private void hitRunningJobs(long nowNanos, long elapsedNanos) {
    for (int f = 0; f < faults.size(); f++) {
      Fault fault = faults.get(f);
      if (faultSeen[f] || elapsedNanos < fault.atNanos()) {
        continue;
      }
      faultSeen[f] = true;
      faultsToSee--;
      int index = f;
      switch (fault.kind()) {
        case WORKER_CRASH -> running.lose((m, n) -> faults.hits(index, m, n));
        case WORKER_HANG ->
            running.hold(
                (m, n) -> faults.hits(index, m, n), nowNanos + fault.endNanos() - elapsedNanos);
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
        tellTaken(batch);
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

  @SuppressWarnings("ReferenceEquality") // the one listener that hears nothing
  private void tellTaken(Batch batch) {
    LaneListener told = listener;
    if (told == null) {
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      told.taken(
          queue.lane(),
          batch.monitor(i),
          batch.number(i),
          batch.detail(i),
          batch.dueNanos(i),
          batch.deadlineNanos(i));
    }
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
    Lane lane = queue.lane();
    if (calm) {
      running.add(monitor, number, due, nowNanos, Outcome.OK, 1);
      return;
    }
    int known = identity.applyAsInt(monitor);
    int key = lane == Lane.PULSE ? number : countJob(known);
    fate.of(known, key, deadline, script.latencyNanos(lane, known, key));
    long timeout = timeouts.timeoutNanos(monitor);
    boolean fails = fate.fails() || script.fails(lane, known, key);
    byte outcome = fails ? Outcome.FAILED : Outcome.OK;
    long end = nowNanos + fate.latencyNanos();
    if (fate.latencyNanos() > timeout) {
      outcome = Outcome.FAILED;
      end = Math.min(nowNanos + timeout, deadline);
    }
    end = Math.max(end, fate.notBeforeNanos());
    long rounded = Math.ceilDiv(end, stepNanos) * stepNanos;
    running.add(monitor, number, due, rounded, outcome, fate.copies());
  }

  private int countJob(int known) {
    if (known >= jobsOf.length) {
      jobsOf = Arrays.copyOf(jobsOf, Math.max(known + 1, 2 * jobsOf.length));
    }
    return ++jobsOf[known];
  }

  private void addOutcome(int monitor, int number, long dueNanos, byte outcome) {
    produced++;
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
      if (!give(queue, batch)) {
        break;
      }
      outbox.removeFirst();
      tellGiven(batch);
      given++;
    }
    return given;
  }

  @SuppressWarnings("ReferenceEquality") // the one listener that hears nothing
  private void tellGiven(Batch batch) {
    LaneListener told = listener;
    if (told == null) {
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      told.given(queue.lane(), batch.monitor(i), batch.number(i), batch.outcome(i));
    }
  }

  /// Gives a batch back. Open to the mutants among tests.
  protected boolean give(LaneQueue lane, Batch batch) {
    return lane.give(batch);
  }
}
