package dev.cpra.engine.baseline;

import static dev.cpra.engine.contract.EngineWorld.HOUR;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineDriver;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.ForwardingEngine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The driver's thread around a real engine. The clock is set by the tests; what they wait for are
/// conditions, and only a failure waits for the timeout.
@Timeout(30)
final class EngineDriverTest {
  private static final MonitorRules HOURLY = MonitorRules.of(HOUR, 10 * SECOND);

  private final AtomicLong clock = new AtomicLong();
  private final Lanes lanes = Lanes.create(limits(), limits(), limits(), new BoundedQueues());
  private final Engine engine =
      new BaselineEngineProvider().create(EngineLimits.of(10), lanes, Transitions.NONE);
  private final EngineDriver driver = new EngineDriver("driver", engine, lanes, clock::get, 0);
  private final CountDownLatch jobs = new CountDownLatch(1);

  private static LaneLimits limits() {
    return new LaneLimits(16, 8, 16);
  }

  @AfterEach
  void closes() {
    driver.close();
    engine.close();
  }

  /// Nothing else wakes it. Each outcome that did not would wait for the end of the longest sleep,
  /// and all of them together for longer than the test may take.
  @Test
  void anOutcomeWakesTheSleepingEngine() throws Exception {
    int outcomes = 1_000;
    LaneLimits single = new LaneLimits(outcomes, 1, 16);
    Lanes own = Lanes.create(single, single, single, new BoundedQueues());
    Semaphore ended = new Semaphore(0);
    Transitions listener =
        new Transitions() {
          @Override
          public void ended(Lane lane, int monitor, int number, int end, long due, long now) {
            ended.release();
          }
        };
    Engine listened = new BaselineEngineProvider().create(EngineLimits.of(outcomes), own, listener);
    for (int i = 0; i < outcomes; i++) {
      listened.add(HOURLY, 0);
    }
    own.pulse().onJobs(jobs::countDown);
    try (EngineDriver sleeping = new EngineDriver("sleeping", listened, own, clock::get, 0)) {
      sleeping.start();
      assertThat(jobs.await(20, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < outcomes; i++) {
        while (sleeping.thread().getState() != Thread.State.TIMED_WAITING) {
          assertThat(sleeping.isStopped()).isFalse();
          Thread.onSpinWait();
        }
        Batch batch = Objects.requireNonNull(own.pulse().take(), "a batch of one job");
        batch.outcome(0, Outcome.OK);
        own.pulse().give(batch);
        assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(listened.ledger().pulse.ok).isEqualTo(outcomes);
    listened.close();
  }

  /// Asleep it would look at its clock ten times a second, and be late for the test's bound.
  @Test
  void aDriverThatSpinsLooksAtItsClockUntilTheWakeUp() {
    AtomicLong looks = new AtomicLong();
    engine.add(HOURLY, HOUR);
    try (EngineDriver spinning =
        new EngineDriver("spinning", engine, lanes, () -> stuck(looks), 2 * HOUR)) {
      spinning.start();
      while (looks.get() < 100_000) {
        assertThat(spinning.isStopped()).isFalse();
        Thread.onSpinWait();
      }
      assertThat(spinning.failure()).isNull();
    }
  }

  private static long stuck(AtomicLong looks) {
    looks.incrementAndGet();
    return 0;
  }

  /// Kills a rest that outlasts its driver, and one that a wake-up cuts short.
  @Test
  void aDriverThatRestsIsWokenByItsEndOnly() throws Exception {
    AtomicInteger ticks = new AtomicInteger();
    Engine counted =
        new ForwardingEngine(engine) {
          @Override
          public int tick(long nowNanos) {
            ticks.incrementAndGet();
            return engine.tick(nowNanos);
          }
        };
    CountDownLatch first = new CountDownLatch(1);
    try (EngineDriver resting = new EngineDriver("resting", counted, lanes, clock::get, 0, HOUR)) {
      resting.submit(_ -> first.countDown());
      resting.start();
      assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
      while (resting.thread().getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 1_000_000; i++) { // long enough for a thread that was woken to tick
        resting.wake();
        Thread.onSpinWait();
      }
      assertThat(ticks).hasValue(1);
      assertThat(resting.stop(Duration.ofSeconds(20))).isTrue();
    }
  }

  @Test
  void stoppingWaitsForWhatIsInFlight() throws Exception {
    startWithOneMonitor();
    Batch batch = takenBatch();
    CompletableFuture<Boolean> stopped =
        CompletableFuture.supplyAsync(() -> {
          try {
            return driver.stop(Duration.ofSeconds(20));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    batch.outcome(0, Outcome.FAILED);
    lanes.pulse().give(batch);

    assertThat(stopped.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(engine.ledger().pulse.failed).isEqualTo(1);
    assertThat(engine.ledger().inFlight()).isZero();
  }

  @Test
  void stoppingEndsAtItsBoundWhateverIsInFlight() throws Exception {
    startWithOneMonitor();
    takenBatch();

    assertThat(driver.stop(Duration.ofMillis(1))).isFalse();
    assertThat(driver.isStopped()).isTrue();
    assertThat(engine.ledger().inFlight()).isEqualTo(1);
  }

  @Test
  void whatATaskThrowsEndsTheThreadAndIsKept() throws Exception {
    driver.start();
    driver.submit(_ -> {
      throw new IllegalStateException("broken on purpose");
    });
    driver.thread().join();

    assertThat(driver.failure()).hasMessage("broken on purpose");
    assertThat(driver.isStopped()).isTrue();
    assertThatThrownBy(() -> driver.submit(_ -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("stopped");
  }

  @Test
  void tasksThatWaitAreBounded() {
    for (int i = 0; i < EngineDriver.TASKS_MAX; i++) {
      driver.submit(_ -> {});
    }

    assertThatThrownBy(() -> driver.submit(_ -> {}))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("4096");
  }

  @Test
  void whatWasHandedInBeforeTheEndRunsHoweverMuchItIs() throws Exception {
    Thread stopping = Thread.currentThread();
    AtomicInteger ran = new AtomicInteger();
    driver.submit(_ -> {
      while (stopping.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      for (int i = 0; i < 1_000; i++) {
        driver.submit(_ -> ran.incrementAndGet());
      }
    });
    driver.start();

    assertThat(driver.stop(Duration.ofSeconds(20))).isTrue();
    assertThat(ran).hasValue(1_000);
  }

  private void startWithOneMonitor() throws InterruptedException {
    engine.add(HOURLY, 0);
    lanes.pulse().onJobs(jobs::countDown);
    driver.start();
    assertThat(jobs.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private Batch takenBatch() {
    return Objects.requireNonNull(lanes.pulse().take(), "a batch that was announced");
  }

  private static final class BoundedQueues implements Lanes.Queues {
    @Override
    public Queue<Batch> jobs(Lane lane, int capacity) {
      return new ArrayBlockingQueue<>(capacity);
    }

    @Override
    public Queue<Batch> outcomes(Lane lane, int capacity) {
      return new ArrayBlockingQueue<>(capacity);
    }
  }
}
