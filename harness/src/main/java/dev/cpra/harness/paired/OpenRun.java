package dev.cpra.harness.paired;

import com.sun.management.ThreadMXBean;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineDriver;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Outcome;
import dev.cpra.harness.trial.EngineFactory;
import dev.cpra.harness.trial.TimerSlack;
import dev.cpra.harness.work.Doorbell;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.load.Load;
import dev.cpra.simulator.Population;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// An engine in real time, driven as production drives it, with one no-op worker on a thread of its
/// own. Between slices its clock stands still, its thread is held within a task and its worker
/// waits for a permit: nothing of it runs, and nothing falls due.
///
/// All methods are called by one thread; the engine and the worker have their own.
final class OpenRun implements LoadRun {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /// On top of a tick: what waking a thread usually takes.
  private static final long WAKE_UP_NANOS = 250_000;

  private static final long ANSWER_SECONDS = 30;
  private static final long SLEEP_NANOS = 10_000_000;

  private final SliceClock clock = new SliceClock(System::nanoTime);
  private final SliceRecorder recorder;
  private final Lanes lanes;
  private final Engine engine;
  private final EngineDriver driver;
  private final Thread worker = new Thread(this::work, "pair-worker");
  private final Doorbell doorbell = new Doorbell();
  private final Semaphore workerMayRun = new Semaphore(0);
  private final AtomicReference<@Nullable Throwable> workerFailure = new AtomicReference<>();
  private volatile boolean running;
  private volatile boolean stopped;

  /// Set by a held engine's task; opened to let it go on.
  private Hold hold = new Hold();

  OpenRun(Load load, Population population, EngineFactory factory) {
    TimerSlack.set(load.engine().timerSlackNanos()); // its threads begin with it
    this.recorder = new SliceRecorder(clock, load.engine().tickNanos() + WAKE_UP_NANOS);
    this.lanes = factory.lanes();
    this.engine = factory.engine(population.size(), lanes, recorder);
    this.driver =
        new EngineDriver("engine", engine, lanes, (LongSupplier) clock, load.engine().spinNanos());
    population.addTo(engine, 0, population.size(), TrialClock.START_NANOS);
    lanes.pulse().onJobs(doorbell::ring);
    lanes.intervention().onJobs(doorbell::ring);
    lanes.code().onJobs(doorbell::ring);
    driver.submit(hold);
    driver.start();
    worker.start();
  }

  /// A task that takes figures and then holds the engine's thread.
  private final class Hold implements Consumer<Engine> {
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private long atNanos;
    private long jobs;
    private long missed;
    private long cpuNanos;
    private SliceFigures.@Nullable Latency latency;

    @Override
    public void accept(Engine its) {
      atNanos = clock.pause();
      cpuNanos = THREADS.getCurrentThreadCpuTime();
      jobs = VirtualRun.applied(its.ledger());
      missed = its.ledger().pulse.missed;
      latency = recorder.take();
      held.countDown();
      boolean interrupted = false;
      while (release.getCount() > 0) {
        try {
          release.await();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    void await() throws InterruptedException {
      if (!held.await(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the engine's thread did not answer", driver.failure());
      }
    }
  }

  @Override
  public SliceFigures run(long nanos) throws InterruptedException {
    Hold before = hold;
    before.await();
    Hold after = new Hold();
    hold = after;
    long workerCpu = THREADS.getThreadCpuTime(worker.threadId());
    running = true;
    workerMayRun.release();
    clock.resume();
    before.release.countDown();
    TimeUnit.NANOSECONDS.sleep(nanos);
    driver.submit(after);
    after.await();
    running = false;
    doorbell.ring();
    workerCpu = THREADS.getThreadCpuTime(worker.threadId()) - workerCpu;
    Throwable failure = workerFailure.get();
    if (failure != null) {
      throw new IllegalStateException("a worker threw " + failure, failure);
    }
    return new SliceFigures(
        after.jobs - before.jobs,
        after.atNanos - before.atNanos,
        after.cpuNanos - before.cpuNanos,
        workerCpu,
        after.missed - before.missed,
        after.latency);
  }

  @Override
  public void warmUp(long nanos) throws InterruptedException {
    run(nanos);
    recorder.reset(); // the engine's thread is held
  }

  @Override
  public Answer.Tails tails() throws InterruptedException {
    hold.await();
    return recorder.tails();
  }

  private void work() {
    try {
      List<LaneQueue> queues = List.of(lanes.pulse(), lanes.intervention(), lanes.code());
      while (!stopped) {
        if (!running) {
          workerMayRun.acquire();
        }
        boolean any = false;
        for (int i = 0; i < queues.size(); i++) {
          any |= answer(queues.get(i));
        }
        if (!any && running) {
          doorbell.sleep(SLEEP_NANOS, this::hasWork);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      workerFailure.set(e);
    }
  }

  private boolean hasWork() {
    return stopped
        || !running
        || lanes.pulse().hasJobs()
        || lanes.intervention().hasJobs()
        || lanes.code().hasJobs();
  }

  @SuppressWarnings("ThreadPriorityCheck") // the engine has to make room first
  private boolean answer(LaneQueue queue) {
    boolean any = false;
    for (Batch batch = queue.take(); batch != null; batch = queue.take()) {
      any = true;
      for (int i = 0, size = batch.size(); i < size; i++) {
        batch.outcome(i, Outcome.OK);
      }
      while (!queue.give(batch) && !stopped) {
        Thread.yield();
      }
    }
    return any;
  }

  @Override
  public @Nullable String drain() throws InterruptedException {
    hold.await();
    running = true;
    workerMayRun.release();
    clock.resume();
    hold.release.countDown();
    boolean drained = driver.stop(Duration.ofSeconds(ANSWER_SECONDS));
    stopWorker();
    return drained ? engine.ledger().imbalance() : "the engine did not drain";
  }

  private void stopWorker() {
    stopped = true;
    workerMayRun.release();
    doorbell.ring();
  }

  @Override
  public void close() {
    hold.release.countDown();
    driver.close();
    stopWorker();
    engine.close();
  }
}
