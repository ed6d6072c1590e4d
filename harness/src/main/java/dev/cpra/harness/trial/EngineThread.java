package dev.cpra.harness.trial;

import dev.cpra.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The thread that owns an engine while a trial runs. Thread-safe.
interface EngineThread {
  /// The longest a task may wait for the engine: the longest stall that is still a result.
  Duration ANSWER_BOUND = Duration.ofSeconds(60);

  /// How often a caller looks whether a tick has begun.
  long TICK_LOOK_MICROS = 200;

  /// Starts it.
  void start();

  /// The threads themselves, for measuring.
  List<Thread> threads();

  /// Hands over a task that runs between two ticks.
  void submit(Consumer<Engine> task);

  /// Drains the engine, waits at most `bound` until nothing is in flight, and ends the thread.
  ///
  /// @return whether everything in flight has ended
  boolean stop(Duration bound) throws InterruptedException;

  /// What ended the thread before its time, or null.
  @Nullable Throwable failure();

  /// Runs a task between two ticks and waits for it.
  ///
  /// @throws TrialFailure if the engine's thread died or did not answer within [#ANSWER_BOUND]
  default void call(Consumer<Engine> task) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    submit(engine -> {
      task.accept(engine);
      done.countDown();
    });
    long until = System.nanoTime() + ANSWER_BOUND.toNanos();
    while (!done.await(20, TimeUnit.MILLISECONDS)) {
      checkAlive();
      if (System.nanoTime() > until) {
        throw new TrialFailure(
            "the engine's thread did not answer for " + ANSWER_BOUND.toSeconds() + " s");
      }
    }
  }

  /// How many ticks have begun. Any thread.
  long ticks();

  /// Runs a task between two ticks and waits until a tick has begun after it, so that what it
  /// called is taken up before the next task comes.
  default void callAndTick(Consumer<Engine> task) throws InterruptedException {
    long[] before = new long[1];
    call(engine -> {
      task.accept(engine);
      before[0] = ticks();
    });
    long until = System.nanoTime() + ANSWER_BOUND.toNanos();
    while (ticks() == before[0]) {
      checkAlive();
      if (System.nanoTime() > until) {
        throw new TrialFailure(
            "the engine's thread did not tick for " + ANSWER_BOUND.toSeconds() + " s");
      }
      TimeUnit.MICROSECONDS.sleep(TICK_LOOK_MICROS);
    }
  }

  /// Fails if the engine's thread has died.
  default void checkAlive() {
    Throwable failure = failure();
    if (failure != null) {
      throw new TrialFailure("the engine threw " + failure, failure);
    }
  }
}
