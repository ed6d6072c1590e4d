package dev.cpra.harness.trial;

import dev.cpra.engine.Engine;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Virtual time: moves on by one tick whenever every lane has room, as fast as engine and workers
/// can. Intervals and spread stay as loaded; jobs cross the real queues.
///
/// So that time can't run away from a worker that is not scheduled for a while (few monitors, a
/// busy machine), it also waits at barriers, a quarter of the shortest interval or timeout apart:
/// as many jobs must have ended as had been dispatched at the barrier before. A job is thus in
/// flight for half that time at most and no slot is missed; were one missed all the same, the trial
/// is invalid.
final class SaturateDrive implements EngineThread {
  private static final int TASKS_MAX = 64;

  private final Engine engine;
  private final Lanes lanes;
  private final long tickNanos;
  private final long barrierNanos;
  private final ArrayBlockingQueue<Consumer<Engine>> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
  private final Thread thread;
  private volatile boolean draining;
  private volatile boolean halted;
  private volatile boolean drained;
  private volatile @Nullable Throwable failure;
  private final AtomicLong ticks = new AtomicLong();
  private long nowNanos;
  private long nextBarrierNanos;
  private long dispatchedAtBarrier;

  /// @param startNanos the virtual time at the start
  /// @param shortestNanos the shortest interval or timeout of any monitor, at the highest rate
  SaturateDrive(Engine engine, Lanes lanes, long tickNanos, long startNanos, long shortestNanos) {
    this.engine = engine;
    this.lanes = lanes;
    this.tickNanos = tickNanos;
    this.barrierNanos = Math.max(tickNanos, shortestNanos / 4);
    this.nowNanos = startNanos;
    this.nextBarrierNanos = startNanos;
    this.thread = new Thread(this::run, ThreadTimes.ENGINE);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public List<Thread> threads() {
    return List.of(thread);
  }

  @Override
  public long ticks() {
    return ticks.get();
  }

  @Override
  public void submit(Consumer<Engine> task) {
    if (!tasks.offer(task)) {
      throw new RejectedExecutionException("expected fewer than " + TASKS_MAX + " waiting tasks");
    }
  }

  @Override
  public boolean stop(Duration bound) throws InterruptedException {
    draining = true;
    thread.join(bound);
    halted = true;
    thread.join();
    return drained && failure == null;
  }

  @Override
  public @Nullable Throwable failure() {
    return failure;
  }

  private void run() {
    try {
      while (!halted && !draining) {
        runTasks();
        ticks.lazySet(ticks.getPlain() + 1);
        if (mayMoveOn()) {
          nowNanos += tickNanos;
        }
        if (engine.tick(nowNanos) == 0) {
          Thread.onSpinWait();
        }
      }
      drain();
    } catch (Throwable e) {
      failure = e;
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // the workers have to finish first
  private void drain() {
    engine.drain(nowNanos);
    do {
      if (engine.tick(nowNanos) == 0) {
        Thread.yield();
      }
    } while (engine.ledger().inFlight() > 0 && !halted);
    drained = engine.ledger().inFlight() == 0;
  }

  private boolean mayMoveOn() {
    if (lanes.pulse().room() == 0 || lanes.intervention().room() == 0 || lanes.code().room() == 0) {
      return false;
    }
    if (nowNanos < nextBarrierNanos) {
      return true;
    }
    Ledger ledger = engine.ledger();
    if (ended(ledger.pulse) + ended(ledger.intervention) + ended(ledger.code)
        < dispatchedAtBarrier) {
      return false;
    }
    dispatchedAtBarrier =
        ledger.pulse.dispatched + ledger.intervention.dispatched + ledger.code.dispatched;
    nextBarrierNanos = nowNanos + barrierNanos;
    return true;
  }

  private static long ended(LaneLedger lane) {
    return lane.dispatched - lane.inFlight;
  }

  private void runTasks() {
    for (Consumer<Engine> task = tasks.poll(); task != null; task = tasks.poll()) {
      task.accept(engine);
    }
  }
}
