package dev.cpra.harness.trial;

import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.harness.result.FaultResult;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.load.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Carries out the faults that hit the engine or a lane's capacity, and measures the recovery from
/// every fault: from its end until nothing waits in any lane. One thread per fault, asleep most of
/// the time; those of workers and targets are carried out there and only timed here.
final class FaultRun {
  private static final long POLL_MS = 1;
  private static final long STEP_MS = 20;

  private final EngineThread engine;
  private final Lanes lanes;
  private final TrialClock clock;
  private final List<Watch> watches = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  FaultRun(EngineThread engine, Lanes lanes, TrialClock clock, List<Fault> faults) {
    this.engine = engine;
    this.lanes = lanes;
    this.clock = clock;
    for (Fault fault : faults) {
      watches.add(new Watch(fault));
    }
  }

  void start() {
    watches.forEach(watch -> watch.thread.start());
  }

  /// Stops watching; what has not recovered by now never did.
  void stop() throws InterruptedException {
    stopped.countDown();
    for (Watch watch : watches) {
      watch.thread.join();
    }
  }

  /// The faults as injected; those that never began are left out. Once stopped.
  List<FaultResult> results() {
    return watches.stream().filter(watch -> watch.began).map(Watch::result).toList();
  }

  private final class Watch {
    private final Fault fault;
    private final Thread thread;
    private boolean began;
    private double fromSeconds;
    private double toSeconds;
    private @Nullable Double recoveryMs;

    Watch(Fault fault) {
      this.fault = fault;
      this.thread = new Thread(this::run, "fault");
      this.thread.setDaemon(true);
    }

    FaultResult result() {
      return new FaultResult(fault.kind().key(), fromSeconds, toSeconds, recoveryMs);
    }

    private void run() {
      try {
        if (await(fault.atNanos())) {
          began = true;
          fromSeconds = clock.elapsedNanos() / 1e9;
          begin();
          boolean over = await(fault.atNanos() + fault.forNanos());
          end();
          long ended = System.nanoTime();
          toSeconds = clock.elapsedNanos() / 1e9;
          if (over) {
            awaitRecovery(ended);
          }
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      } catch (RejectedExecutionException _) {
        return; // the engine has stopped: no recovery to be seen
      }
    }

    private boolean await(long elapsedNanos) throws InterruptedException {
      while (true) {
        long left = elapsedNanos - clock.elapsedNanos();
        if (left <= 0) {
          return true;
        }
        long step = Math.min(left, TimeUnit.MILLISECONDS.toNanos(STEP_MS));
        if (stopped.await(step, TimeUnit.NANOSECONDS)) {
          return false;
        }
      }
    }

    private void begin() {
      switch (fault.kind()) {
        case CLOCK_JUMP -> clock.jump(fault.byNanos());
        case ENGINE_STALL -> stall();
        case QUEUE_FULL -> narrow(1 - fault.rate());
        default -> {} // workers and targets look at the clock themselves
      }
    }

    private void end() {
      switch (fault.kind()) {
        case QUEUE_FULL -> narrow(1);
        default -> {}
      }
    }

    private void stall() {
      long until = fault.atNanos() + fault.forNanos();
      engine.submit(_ -> {
        for (long left = until - clock.elapsedNanos();
            left > 0 && stopped.getCount() > 0;
            left = until - clock.elapsedNanos()) {
          LockSupport.parkNanos(this, Math.min(left, TimeUnit.MILLISECONDS.toNanos(STEP_MS)));
        }
      });
    }

    private void narrow(double share) {
      for (Lane lane : Lane.values()) {
        if (fault.hits(lane)) {
          LaneQueue queue = lanes.lane(lane);
          queue.narrow((int) Math.round(queue.limits().queueJobs() * share));
        }
      }
    }

    private void awaitRecovery(long endedNanos) throws InterruptedException {
      EngineView view = new EngineView(null);
      while (true) {
        view.reset();
        engine.submit(view);
        while (!view.isNew()) {
          if (stopped.await(POLL_MS, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
        if (view.waiting() == 0) {
          recoveryMs = (view.atNanos() - endedNanos) / 1e6;
          return;
        }
        if (stopped.await(POLL_MS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    }
  }
}
