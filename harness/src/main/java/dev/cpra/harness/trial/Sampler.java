package dev.cpra.harness.trial;

import dev.cpra.harness.result.Sample;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Takes a sample about every 250 ms on a thread of its own. If the engine does not answer, that
/// sample is left out, and the gap shows.
final class Sampler {
  private static final long PERIOD_NANOS = 250_000_000;
  private static final int SAMPLES_MAX = 100_000;

  /// Samples beyond what the phases take: draining.
  private static final int SAMPLES_SPARE = 1_000;

  private final EngineThread engine;
  private final EngineView view;
  private final long startNanos;
  private final Consumer<Sample> listener;
  private final ThreadTimes threadTimes = new ThreadTimes();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "sampler");
  private final SampleTable samples;

  /// @param startNanos when the trial began, by the machine's clock
  /// @param phasesNanos how long the trial's phases take
  /// @param listener told of each sample, on the sampler's thread
  Sampler(
      EngineThread engine,
      EngineView view,
      long startNanos,
      long phasesNanos,
      Consumer<Sample> listener) {
    this.engine = engine;
    this.view = view;
    this.startNanos = startNanos;
    this.listener = listener;
    this.samples =
        new SampleTable((int) Math.min(SAMPLES_MAX, phasesNanos / PERIOD_NANOS + SAMPLES_SPARE));
  }

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      long beforeNanos = System.nanoTime();
      long[] cpuBefore = threadTimes.read();
      long appliedBefore = 0;
      boolean asked = false;
      while (!stopped.await(PERIOD_NANOS, TimeUnit.NANOSECONDS) && !samples.isFull()) {
        asked = asked || ask();
        if (!asked || !answered()) {
          continue;
        }
        asked = false;
        long[] cpu = threadTimes.read();
        long wall = Math.max(1, view.atNanos() - beforeNanos);
        Sample sample =
            new Sample(
                (view.atNanos() - startNanos) / 1e9,
                (view.applied() - appliedBefore) * 1e9 / wall,
                view.latenessP99Us(),
                view.inFlight(),
                view.waiting(),
                ProcessFigures.heapMib(),
                ProcessFigures.rssMib(),
                ThreadTimes.cores(cpuBefore, cpu, wall));
        beforeNanos = view.atNanos();
        appliedBefore = view.applied();
        cpuBefore = cpu;
        view.reset();
        samples.add(sample);
        listener.accept(sample);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ask() {
    try {
      engine.submit(view);
      return true;
    } catch (RejectedExecutionException _) {
      return false; // it has ended, or is so late that nothing can be learned from it
    }
  }

  private boolean answered() throws InterruptedException {
    for (int i = 0; i < 100 && !view.isNew(); i++) {
      if (stopped.await(1, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return view.isNew();
  }

  /// Stops sampling.
  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
  }

  /// What was seen, once stopped.
  List<Sample> samples() {
    return samples.samples();
  }
}
