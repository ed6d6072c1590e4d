package dev.cpra.harness.trial;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.harness.work.Doorbell;
import dev.cpra.harness.work.LaneWorker;
import dev.cpra.harness.work.NoopWorker;
import dev.cpra.harness.work.ScriptedWorker;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.load.Drive;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Work;
import dev.cpra.simulator.Population;
import dev.cpra.simulator.work.LaneFaults;
import dev.cpra.simulator.work.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/// Workers that do no I/O, on plain threads: `noop` has up to one thread less than there are
/// processors in a lane, `scripted` one that plays them all.
final class ThreadCrew implements Crew {
  private final Load load;
  private final Population population;
  private final TrialClock clock;
  private final AtomicReference<Throwable> failure;
  private final List<LaneWorker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /// @param failure set to what ended a worker before its time
  ThreadCrew(
      Load load, Population population, TrialClock clock, AtomicReference<Throwable> failure) {
    this.load = load;
    this.population = population;
    this.clock = clock;
    this.failure = failure;
  }

  @Override
  public int threads(Lane lane) {
    int spare = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    return load.work().kind() == Work.Kind.NOOP
        ? Math.min(load.engine().lane(lane).workers(), spare)
        : 1;
  }

  @Override
  public void start(Lanes lanes) {
    for (Lane lane : Lane.values()) {
      List<Doorbell> doorbells = new ArrayList<>();
      for (int i = 0; i < threads(lane); i++) {
        Doorbell doorbell = new Doorbell();
        doorbells.add(doorbell);
        start(lane, worker(lanes.lane(lane), doorbell));
      }
      lanes.lane(lane).onJobs(() -> ring(doorbells));
    }
    threads.forEach(Thread::start);
  }

  private static void ring(List<Doorbell> doorbells) {
    for (int i = 0; i < doorbells.size(); i++) {
      doorbells.get(i).ring();
    }
  }

  private void start(Lane lane, LaneWorker worker) {
    Thread thread =
        new Thread(
            () -> {
              try {
                worker.run();
              } catch (Throwable e) {
                failure.compareAndSet(null, e);
              }
            },
            ThreadTimes.WORKER_PREFIX + lane.name().toLowerCase(Locale.ROOT));
    workers.add(worker);
    threads.add(thread);
  }

  private LaneWorker worker(LaneQueue queue, Doorbell doorbell) {
    Lane lane = queue.lane();
    Work work = load.work();
    if (work.kind() == Work.Kind.NOOP) {
      boolean sleeps = load.drive() != Drive.SATURATE || lane != Lane.PULSE;
      return new NoopWorker(queue, doorbell, sleeps);
    }
    return new ScriptedWorker(
        queue,
        clock,
        new Script(
            work.seed(), work.failure(), work.latency().p50Nanos(), work.latency().p99Nanos()),
        population.timeouts(lane),
        load.engine().lane(lane).workers(),
        LaneFaults.of(load.faults(), lane, work.seed()),
        doorbell);
  }

  @Override
  public void stop() throws InterruptedException {
    workers.forEach(LaneWorker::stop);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public long discarded() {
    return workers.stream().mapToLong(LaneWorker::discarded).sum();
  }
}
