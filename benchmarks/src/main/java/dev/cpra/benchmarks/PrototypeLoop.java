package dev.cpra.benchmarks;

import dev.cpra.engine.kit.TimingWheel;
import java.util.Queue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/// The bare loop: packed records, a timing wheel, batches of handles through a queue and back. It
/// keeps schedules and counts failures, and that is all. Outcomes are applied in two passes, state
/// first and wheel second, so that each walks its own memory.
final class PrototypeLoop implements Loop {
  /// A record is 16 bytes: when next due, interval, number of the job in flight (0 for none),
  /// failures.
  private static final int RECORD = 4;

  private static final int INTERVAL = 1;
  private static final int NUMBER = 2;
  private static final int FAILURES = 3;

  /// Handles of one batch on their way out, or back with a bit set per success.
  private static final class Handles {
    private final int[] monitor = new int[BATCH];
    private final boolean[] ok = new boolean[BATCH];
    private int size;
  }

  private final int[] record;
  private final TimingWheel wheel = new TimingWheel(1_000_000);
  private final Queue<Handles> jobs = new SpscVarHandleArrayQueue<>(2 * IN_FLIGHT_MAX);
  private final Queue<Handles> outcomes = new SpscVarHandleArrayQueue<>(2 * IN_FLIGHT_MAX);
  private final Handles[] free = new Handles[2 * IN_FLIGHT_MAX];
  private final @Nullable WorkerThread worker;
  private int freeCount;
  private final Idle idle = new Idle();
  private final VirtualTime time = new VirtualTime();
  private long dispatched;
  private long ended;
  private long target;

  PrototypeLoop(int monitors, boolean ownThread) {
    record = new int[monitors * RECORD];
    for (int m = 0; m < monitors; m++) {
      record[m * RECORD] = Intervals.firstTick(m);
      record[m * RECORD + INTERVAL] = Intervals.ticks(m);
      wheel.schedule(m, Intervals.firstTick(m));
    }
    worker = ownThread ? new WorkerThread(this::work) : null;
    if (worker != null) {
      worker.start();
    }
  }

  @Override
  public long run(int jobsMore) {
    target += jobsMore;
    while (ended < target) {
      long before = ended;
      applyOutcomes();
      boolean moved = time.moveOn(dispatched, ended);
      if (moved) {
        dispatchDue();
      }
      if (worker == null) {
        workOff();
      } else if (moved || ended > before) {
        idle.reset();
      } else {
        idle.idle();
      }
    }
    return ended;
  }

  private void applyOutcomes() {
    for (Handles batch = outcomes.poll(); batch != null; batch = outcomes.poll()) {
      int size = batch.size;
      for (int i = 0; i < size; i++) {
        int at = batch.monitor[i] * RECORD;
        record[at] += record[at + INTERVAL];
        record[at + NUMBER] = 0;
        record[at + FAILURES] = batch.ok[i] ? 0 : record[at + FAILURES] + 1;
      }
      for (int i = 0; i < size; i++) {
        int monitor = batch.monitor[i];
        wheel.schedule(monitor, record[monitor * RECORD]);
      }
      ended += size;
      free[freeCount++] = batch;
    }
  }

  private void dispatchDue() {
    Handles batch = null;
    while (wheel.next(time.tick()) >= 0) {
      int[] due = wheel.handles();
      for (int i = wheel.from(); i < wheel.to(); i++) {
        if (batch == null) {
          batch = freeCount > 0 ? free[--freeCount] : new Handles();
          batch.size = 0;
        }
        record[due[i] * RECORD + NUMBER]++;
        batch.monitor[batch.size++] = due[i];
        dispatched++;
        if (batch.size == BATCH) {
          publish(batch);
          batch = null;
        }
      }
    }
    if (batch != null) {
      publish(batch);
    }
  }

  private void publish(Handles batch) {
    if (!jobs.offer(batch)) {
      throw new IllegalStateException("more batches than jobs may be on their way");
    }
  }

  private void workOff() {
    boolean more = true;
    while (more) {
      more = work();
    }
  }

  /// The worker's side.
  private boolean work() {
    Handles batch = jobs.poll();
    if (batch == null) {
      return false;
    }
    for (int i = 0; i < batch.size; i++) {
      batch.ok[i] = true;
    }
    return outcomes.offer(batch);
  }

  @Override
  public void close() throws InterruptedException {
    if (worker != null) {
      worker.stop();
    }
  }
}
