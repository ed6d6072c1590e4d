package dev.cpra.engine;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Owns the one thread that may touch an engine: it ticks, then sleeps until the next wake-up, an
/// outcome, or a task.
///
/// Thread-safe. Whoever wants something of the engine hands in a task ([#submit]), which runs on
/// the engine's thread between two ticks.
public final class EngineDriver implements AutoCloseable {
  /// Tasks that may wait at one time.
  public static final int TASKS_MAX = 4_096;

  /// The longest sleep: a lost wake-up could cost no more than this.
  private static final long SLEEP_MAX_NANOS = 100_000_000;

  private static final int TASKS_PER_TICK = 256;

  private final Engine engine;
  private final Lanes lanes;
  private final LongSupplier clock;
  private final long spinNanos;
  private final long restNanos;
  private final ArrayBlockingQueue<Consumer<Engine>> tasks = new ArrayBlockingQueue<>(TASKS_MAX);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean sleeping;
  private volatile boolean draining;
  private volatile boolean halted;
  private volatile @Nullable Throwable failure;

  /// A driver whose thread is not started yet. It takes over the lanes' outcome listener.
  ///
  /// @param clock nanoseconds from 0 or more, never backwards more than the engine tolerates
  /// @param spinNanos how long before a wake-up to stop sleeping and spin; 0 to never spin
  public EngineDriver(
      String threadName, Engine engine, Lanes lanes, LongSupplier clock, long spinNanos) {
    this(threadName, engine, lanes, clock, spinNanos, 0);
  }

  /// A driver that ticks at most once in so long, whatever wakes it: outcomes that come one by one
  /// are applied together, at most so much later.
  ///
  /// @param restNanos the shortest time from one tick to the next; 0 for none
  public EngineDriver(
      String threadName,
      Engine engine,
      Lanes lanes,
      LongSupplier clock,
      long spinNanos,
      long restNanos) {
    this.restNanos = restNanos;
    this.engine = engine;
    this.lanes = lanes;
    this.clock = clock;
    this.spinNanos = spinNanos;
    this.thread = new Thread(this::run, threadName);
    lanes.onOutcomes(this::wake);
    engine.onWakeup(this::wake);
  }

  /// Starts the thread.
  public void start() {
    thread.start();
  }

  /// The engine's thread, for measuring.
  public Thread thread() {
    return thread;
  }

  /// Hands a task to the engine's thread. A task that waits when the thread ends otherwise than by
  /// draining (by [#close], the bound of [#stop], or what a task or the engine throws), or that
  /// comes while it ends, does not run.
  ///
  /// @throws RejectedExecutionException if [#TASKS_MAX] tasks wait already, or the driver has
  ///   stopped
  public void submit(Consumer<Engine> task) {
    if (stopped.getCount() == 0 || !tasks.offer(task)) {
      throw new RejectedExecutionException(
          stopped.getCount() == 0
              ? "the engine's thread has stopped"
              : "expected fewer than " + TASKS_MAX + " waiting tasks");
    }
    wake();
  }

  /// Ends the thread's sleep. Any thread may call it.
  public void wake() {
    if (sleeping) {
      LockSupport.unpark(thread);
    }
  }

  /// Drains the engine and waits until nothing is in flight, at most for `bound`; then stops the
  /// thread.
  ///
  /// @return whether everything in flight has ended
  public boolean stop(Duration bound) throws InterruptedException {
    draining = true;
    LockSupport.unpark(thread); // also when it rests
    boolean inTime = stopped.await(bound.toNanos(), TimeUnit.NANOSECONDS);
    close();
    return inTime && failure == null;
  }

  /// What ended the thread before its time, or null.
  public @Nullable Throwable failure() {
    return failure;
  }

  /// Whether the thread has ended.
  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /// Stops the thread at once, whatever is in flight, and waits for it; an interrupt is kept for
  /// the caller. The engine itself stays open, for its ledger.
  @Override
  public void close() {
    halted = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    stopped.countDown(); // the thread may never have been started
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      loop();
    } catch (Throwable e) {
      failure = e;
    } finally {
      stopped.countDown();
    }
  }

  private void loop() {
    boolean drained = false;
    while (!halted) {
      int work = runTasks();
      long now = clock.getAsLong();
      if (draining && !drained) {
        engine.drain(now);
        drained = true;
      }
      work += engine.tick(now);
      if (drained && engine.ledger().inFlight() == 0) {
        runAllTasks();
        return;
      }
      if (restNanos > 0) {
        rest(now);
      }
      if (work == 0 || restNanos > 0) {
        idle();
      }
    }
  }

  /// Nobody wakes a thread that rests: it is not [#sleeping].
  private void rest(long tickNanos) {
    long left = tickNanos + restNanos - clock.getAsLong();
    if (left > 0 && !halted) {
      LockSupport.parkNanos(Math.min(left, restNanos));
    }
  }

  private int runTasks() {
    int done = 0;
    for (; done < TASKS_PER_TICK; done++) {
      Consumer<Engine> task = tasks.poll();
      if (task == null) {
        break;
      }
      task.accept(engine);
    }
    return done;
  }

  /// Runs what was handed in before the end, however much it is.
  private void runAllTasks() {
    int ran = runTasks();
    while (ran > 0 && !halted) {
      ran = runTasks();
    }
  }

  private void idle() {
    sleeping = true; // a volatile write: what is checked next was offered before or will see it
    long left = engine.nextWakeupNanos() - clock.getAsLong();
    if (left > spinNanos) {
      if (!halted && tasks.isEmpty() && !lanes.hasOutcomes()) {
        LockSupport.parkNanos(Math.min(left - spinNanos, SLEEP_MAX_NANOS));
      }
    } else if (left > 0) {
      Thread.onSpinWait();
    }
    sleeping = false;
  }
}
