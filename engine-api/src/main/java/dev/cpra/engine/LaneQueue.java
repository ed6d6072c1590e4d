package dev.cpra.engine;

import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One lane: jobs go out to its workers in batches through a bounded queue, outcomes come back
/// through another. Batches are recycled, so the steady state allocates nothing.
///
/// Capacity counts jobs, whatever the batches' sizes. The methods of the engine's side belong to
/// the engine's owner thread, those of the worker's side may be called from any thread that the
/// queues given to [Lanes] allow.
public final class LaneQueue {
  /// Batches made in advance, so that a small fluctuation does not allocate.
  private static final int READY_BATCHES = 64;

  private final Lane lane;
  private final LaneLimits limits;
  private final Queue<Batch> jobs;
  private final Queue<Batch> outcomes;
  private final EngineSide mine = new EngineSide();
  private final PaddedCounter taken = new PaddedCounter();
  private final AtomicLong refusedOutcomes = new AtomicLong();
  private volatile int capacity;
  private Runnable onJobs = LaneQueue::nobodyListens;
  private Runnable onOutcomes = LaneQueue::nobodyListens;

  LaneQueue(Lane lane, LaneLimits limits, Lanes.Queues queues) {
    this.lane = lane;
    this.limits =
        lane == Lane.INTERVENTION
            ? new LaneLimits(limits.queueJobs(), 1, limits.outcomeBatches())
            : limits;
    this.jobs = queues.jobs(lane, limits.queueJobs());
    this.outcomes = queues.outcomes(lane, limits.outcomeBatches());
    this.capacity = limits.queueJobs();
    for (int i = 0; i < Math.min(READY_BATCHES, limits.queueJobs()); i++) {
      mine.keepFree(new Batch(this.limits.batchJobs()));
    }
  }

  /// Which lane this is.
  public Lane lane() {
    return lane;
  }

  /// The sizes this lane was made with.
  public LaneLimits limits() {
    return limits;
  }

  /// Whom to call, on the engine's thread, when jobs were published. Set before the engine runs.
  public void onJobs(Runnable listener) {
    onJobs = listener;
  }

  /// Whom to call, on the worker's thread, when outcomes were given. Set before workers run.
  public void onOutcomes(Runnable listener) {
    onOutcomes = listener;
  }

  // --- the engine's side

  /// Offers a job. It joins the open batch, which goes out when full or at [#flush].
  ///
  /// @return false if the lane is full; the job is then still the engine's
  public boolean offer(int monitor, int number, long dueNanos, long deadlineNanos, int detail) {
    if (mine.offered - mine.takenSeen >= capacity && room() == 0) {
      return false;
    }
    Batch batch = mine.open;
    if (batch == null) {
      batch = mine.takeFree();
      mine.open = batch = batch == null ? new Batch(limits.batchJobs()) : batch;
    }
    batch.add(monitor, number, dueNanos, deadlineNanos, detail);
    mine.offered++;
    if (batch.isFull()) {
      publish(batch);
    }
    return true;
  }

  /// How many more jobs the lane takes now.
  public int room() {
    mine.takenSeen = taken.get();
    return (int) Math.max(0, capacity - (mine.offered - mine.takenSeen));
  }

  /// Publishes the open batch. Called at the end of every tick.
  public void flush() {
    Batch batch = mine.open;
    if (batch != null) {
      publish(batch);
    }
  }

  /// The next batch of outcomes, or null. After applying it the engine [recycles][#recycle] it.
  public @Nullable Batch pollOutcomes() {
    return outcomes.poll();
  }

  /// Takes back a batch whose outcomes were applied. One that a worker made without a home is
  /// dropped unless it has the size of this lane's own: the engine's batches must hold what the
  /// limits say. So is one that would make more of them than the lane has jobs.
  public void recycle(Batch batch) {
    batch.clear();
    Queue<Batch> home = batch.home();
    if (home == null) {
      if (batch.capacity() == limits.batchJobs() && mine.freeCount < limits.queueJobs()) {
        mine.keepFree(batch);
      }
    } else if (!home.offer(batch)) {
      return; // the worker keeps fewer than it made; this one is garbage
    }
  }

  private static void nobodyListens() {}

  private void publish(Batch batch) {
    mine.open = null;
    if (!jobs.offer(batch)) {
      throw new IllegalStateException(
          lane + " queue refused a batch below its capacity of " + limits.queueJobs() + " jobs");
    }
    onJobs.run();
  }

  // --- the workers' side

  /// The next batch of jobs, or null.
  public @Nullable Batch take() {
    Batch batch = jobs.poll();
    if (batch != null) {
      taken.add(batch.size());
    }
    return batch;
  }

  /// Gives a batch back: outcomes, or an empty one for recycling.
  ///
  /// @return false if there is no room: the worker keeps the batch and tries again later, outcomes
  ///   are never dropped
  public boolean give(Batch batch) {
    if (!outcomes.offer(batch)) {
      refusedOutcomes.getAndIncrement();
      return false;
    }
    // The engine's sleep flag must be read after the offer is visible.
    VarHandle.fullFence();
    onOutcomes.run();
    return true;
  }

  // --- any side

  /// Whether outcomes wait for the engine.
  public boolean hasOutcomes() {
    return !outcomes.isEmpty();
  }

  /// Whether published jobs wait for a worker.
  public boolean hasJobs() {
    return !jobs.isEmpty();
  }

  /// How often a worker found no room for outcomes.
  public long refusedOutcomes() {
    return refusedOutcomes.get();
  }

  /// Narrows the lane to fewer jobs than it was made for, or widens it again (a fault for tests and
  /// evaluations). Takes effect at the next tick.
  public void narrow(int queueJobs) {
    capacity = Math.clamp(queueJobs, 0, limits.queueJobs());
  }
}
