package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Outcome;
import dev.cpra.manifest.kind.HttpConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LaneRunnerTest {
  private static final long FAR = TimeUnit.HOURS.toNanos(1);

  private static final Lanes.Queues JDK_QUEUES =
      new Lanes.Queues() {
        @Override
        public Queue<Batch> jobs(Lane lane, int capacity) {
          return new ArrayBlockingQueue<>(capacity);
        }

        @Override
        public Queue<Batch> outcomes(Lane lane, int capacity) {
          return new ArrayBlockingQueue<>(capacity);
        }
      };

  /// The engine's side of one lane: offers jobs and counts the outcomes of each.
  private static final class Side {
    final LaneQueue lane;
    final Map<Integer, Byte> outcomes = new HashMap<>();
    int offered;

    Side(int queueJobs, int batchJobs, int outcomeBatches) {
      LaneLimits limits = new LaneLimits(queueJobs, batchJobs, outcomeBatches);
      lane = Lanes.create(limits, limits, limits, JDK_QUEUES).pulse();
    }

    /// Offers jobs with the numbers that follow, for the monitors 0, 1, 2, ...
    void offer(int count, long deadlineNanos) {
      for (int i = 0; i < count; i++) {
        assertThat(lane.offer(i, offered, 7, deadlineNanos, 0)).isTrue();
        offered++;
      }
      lane.flush();
    }

    int poll() {
      int batches = 0;
      for (Batch batch = lane.pollOutcomes(); batch != null; batch = lane.pollOutcomes()) {
        for (int i = 0; i < batch.size(); i++) {
          assertThat(batch.dueNanos(i)).isEqualTo(7);
          assertThat(outcomes.put(batch.number(i), batch.outcome(i)))
              .as("a second outcome of job %s", batch.number(i))
              .isNull();
        }
        lane.recycle(batch);
        batches++;
      }
      return batches;
    }

    void awaitAll() {
      Await.until(
          "all outcomes",
          () -> {
            poll();
            return outcomes.size() == offered;
          });
    }

    long count(byte outcome) {
      return outcomes.values().stream().filter(each -> each == outcome).count();
    }
  }

  /// Runs that end when the test says so.
  private static final class Gate implements Probe {
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final AtomicInteger begun = new AtomicInteger();
    final java.util.concurrent.ConcurrentLinkedQueue<Runnable> enders =
        new java.util.concurrent.ConcurrentLinkedQueue<>();

    @Override
    public long timeoutNanos() {
      return FAR;
    }

    @Override
    public ProbeRun newRun() {
      return new ProbeRun() {
        @Override
        protected void start() {
          // First, so that whoever sees it running can end it.
          enders.add(() -> loop().execute(() -> end(Reason.OK, "")));
          begun.incrementAndGet();
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
        }

        @Override
        protected Reason timeoutReason() {
          return Reason.TIMEOUT;
        }

        @Override
        protected void release() {
          running.decrementAndGet();
        }
      };
    }

    boolean endOne() {
      Runnable ender = enders.poll();
      if (ender != null) {
        ender.run();
      }
      return ender != null;
    }
  }

  private @Nullable ProbeLoops loops;

  private ProbeLoops open(int threads) {
    ProbeLoops opened =
        ProbeLoops.open(ProbeOptions.DEFAULT.withThreads(threads), System::nanoTime);
    loops = opened;
    return opened;
  }

  @AfterEach
  void close() {
    if (loops != null) {
      loops.close();
    }
  }

  private static long soon() {
    return System.nanoTime() + FAR;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void realChecksGoOutAndTheirOutcomesComeBack(int threads) {
    Side side = new Side(4_096, 64, 64);
    try (ScriptedServer up =
        ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(200, "ok")))) {
      Probe good = HttpProbe.check(HttpConfig.get(up.url("/")), Checks.AMPLE.toNanos());
      String nobody = "http://127.0.0.1:" + ScriptedServer.unusedPort() + "/";
      Probe bad = HttpProbe.check(HttpConfig.get(nobody), Checks.AMPLE.toNanos());
      LaneRunner runner =
          LaneRunner.start(
              side.lane,
              open(threads),
              32,
              (monitor, _, _) -> monitor % 4 == 3 ? bad : good,
              ResultListener.NONE);
      for (int round = 0; round < 4; round++) {
        side.offer(200, soon());
        side.awaitAll();
      }
      assertThat(side.count(Outcome.OK)).isEqualTo(600);
      assertThat(side.count(Outcome.FAILED)).isEqualTo(200);
      LaneRunner.Closed closed = runner.close(Duration.ofSeconds(5));
      assertThat(closed).isEqualTo(new LaneRunner.Closed(800, 800, 0));
      RunnerStats stats = runner.stats();
      assertThat(stats.started()).isEqualTo(800);
      assertThat(stats.ok()).isEqualTo(600);
      assertThat(stats.failed()).isEqualTo(200);
      assertThat(stats.count(Reason.REFUSED)).isEqualTo(200);
      assertThat(stats.connections()).isEqualTo(800);
      assertThat(stats.inFlight()).isZero();
      assertThat(stats.bytesRead()).isEqualTo(600L * ScriptedServer.response(200, "ok").length());
      assertThat(stats.bytesWritten()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void neverMoreJobsRunThanThereAreWorkers(int threads) {
    Side side = new Side(1_024, 16, 64);
    Gate gate = new Gate();
    LaneRunner runner =
        LaneRunner.start(side.lane, open(threads), 10, (_, _, _) -> gate, ResultListener.NONE);
    side.offer(300, soon());
    Await.until("the limit is reached", () -> gate.running.get() == 10);
    assertThat(runner.stats().inFlight()).isEqualTo(10);
    assertThat(runner.taken()).isEqualTo(16);
    Await.until(
        "all jobs ran",
        () -> {
          gate.endOne();
          side.poll();
          return side.outcomes.size() == 300;
        });
    assertThat(gate.most).hasValue(10);
    assertThat(side.count(Outcome.OK)).isEqualTo(300);
  }

  @Test
  void aJobPastItsDeadlineIsHandedBackUnexecuted() {
    Side side = new Side(64, 8, 64);
    Gate gate = new Gate();
    LaneRunner runner =
        LaneRunner.start(side.lane, open(1), 4, (_, _, _) -> gate, ResultListener.NONE);
    side.offer(20, System.nanoTime() - 1);
    side.awaitAll();
    assertThat(side.count(Outcome.DISCARDED)).isEqualTo(20);
    assertThat(gate.begun).hasValue(0);
    assertThat(runner.stats().discarded()).isEqualTo(20);
    assertThat(runner.stats().started()).isZero();
  }

  @Test
  void aJobThatWaitedPastItsDeadlineForAWorkerIsHandedBack() {
    Side side = new Side(64, 8, 64);
    Gate gate = new Gate();
    LaneRunner.start(side.lane, open(1), 1, (_, _, _) -> gate, ResultListener.NONE);
    side.offer(1, soon());
    Await.until("it runs", () -> gate.running.get() == 1);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
    side.offer(5, deadline);
    Await.until("its deadline has passed", () -> System.nanoTime() > deadline);
    Await.until("it can be ended", gate::endOne);
    side.awaitAll();
    assertThat(side.count(Outcome.DISCARDED)).isEqualTo(5);
    assertThat(gate.begun).hasValue(1);
  }

  @Test
  void aJobStopsByItsDeadlineEvenIfItsTimeoutIsLonger() {
    Side side = new Side(64, 8, 64);
    Gate gate = new Gate();
    LaneRunner runner =
        LaneRunner.start(side.lane, open(1), 8, (_, _, _) -> gate, ResultListener.NONE);
    side.offer(3, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
    side.awaitAll();
    assertThat(side.count(Outcome.FAILED)).isEqualTo(3);
    assertThat(runner.stats().count(Reason.TIMEOUT)).isEqualTo(3);
    assertThat(gate.running).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void noOutcomeIsLostWhileTheEngineTakesNone(int threads) {
    // The originals dropped results when their queue was full (M4).
    Side side = new Side(4_096, 4, 2);
    LaneRunner runner =
        LaneRunner.start(side.lane, open(threads), 64, (_, _, _) -> null, ResultListener.NONE);
    side.offer(2_000, soon());
    Await.until("the outcome queue is full", () -> side.lane.refusedOutcomes() > 3);
    assertThat(runner.taken()).as("no job is taken meanwhile").isLessThan(200);
    side.awaitAll();
    assertThat(side.count(Outcome.FAILED)).isEqualTo(2_000);
    assertThat(runner.stats().count(Reason.NO_TARGET)).isEqualTo(2_000);
    Await.until("what was given is counted", () -> runner.stats().given() == 2_000);
    side.offer(10, soon());
    side.awaitAll();
  }

  /// Kills a runner that asks with another job's number, and one that loses it between two loops.
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatAJobIsToDoIsAskedWithItsNumber(int threads) {
    Side side = new Side(4_096, 64, 64);
    Map<Integer, Integer> asked = new ConcurrentHashMap<>();
    LaneRunner.start(
        side.lane,
        open(threads),
        64,
        (monitor, number, _) -> {
          asked.put(number, monitor);
          return null;
        },
        ResultListener.NONE);
    side.offer(100, soon());
    side.offer(100, soon());
    side.awaitAll();
    assertThat(asked).hasSize(200);
    asked.forEach((number, monitor) -> assertThat(number % 100).isEqualTo(monitor));
  }

  @Test
  void whateverAProbeThrowsIsAFailureAndIsCounted() {
    Side side = new Side(64, 8, 64);
    Probe throwing =
        new Probe() {
          @Override
          public long timeoutNanos() {
            return FAR;
          }

          @Override
          public ProbeRun newRun() {
            throw new IllegalStateException("secret");
          }
        };
    Probe throwingLater =
        new Probe() {
          @Override
          public long timeoutNanos() {
            return FAR;
          }

          @Override
          public ProbeRun newRun() {
            return new ProbeRun() {
              @Override
              protected void start() throws Exception {
                throw new java.io.IOException("secret");
              }

              @Override
              protected Reason timeoutReason() {
                return Reason.TIMEOUT;
              }

              @Override
              protected void release() {
                throw new IllegalStateException("again");
              }
            };
          }
        };
    ProbeLoops own = open(1);
    java.util.List<CheckResult> results = new java.util.concurrent.CopyOnWriteArrayList<>();
    LaneRunner runner =
        LaneRunner.start(
            side.lane,
            own,
            8,
            (monitor, _, _) -> {
              if (monitor == 2) {
                throw new IllegalArgumentException("no such monitor");
              }
              return monitor == 0 ? throwing : throwingLater;
            },
            (_, _, result) -> {
              results.add(result);
              throw new IllegalStateException("a listener must not throw");
            });
    side.offer(3, soon());
    side.awaitAll();
    assertThat(side.count(Outcome.FAILED)).isEqualTo(3);
    assertThat(runner.stats().count(Reason.EXCEPTION)).isEqualTo(3);
    assertThat(results).hasSize(3).allMatch(result -> !result.text().contains("secret"));
    assertThat(own.contained()).isGreaterThanOrEqualTo(3);
    side.offer(3, soon());
    side.awaitAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aCloseAccountsForEveryJobTaken(int threads) throws Exception {
    Side side = new Side(1_024, 16, 1_024);
    Gate gate = new Gate();
    LaneRunner runner =
        LaneRunner.start(side.lane, open(threads), 20, (_, _, _) -> gate, ResultListener.NONE);
    side.offer(200, soon());
    Await.until("the limit is reached", () -> gate.running.get() == 20);
    for (int i = 0; i < 5; i++) {
      Await.until("one more ends", gate::endOne);
    }
    Await.until("others took their place", () -> gate.begun.get() == 25);
    LaneRunner.Closed closed = runner.close(Duration.ofMillis(50));
    side.poll();
    assertThat(closed.complete()).isTrue();
    assertThat(closed.taken()).isEqualTo(200);
    assertThat(closed.aborted()).isEqualTo(20);
    assertThat(side.outcomes).hasSize(200);
    assertThat(side.count(Outcome.OK)).isEqualTo(5);
    // What was cut off and what never began say nothing about their targets.
    assertThat(side.count(Outcome.DISCARDED)).isEqualTo(195);
    assertThat(gate.running).hasValue(0);
    assertThat(runner.stats().inFlight()).isZero();
  }

  @Test
  void aCloseLetsWhatRunsEndWithinTheGrace() throws Exception {
    Side side = new Side(64, 8, 64);
    Gate gate = new Gate();
    LaneRunner runner =
        LaneRunner.start(side.lane, open(1), 8, (_, _, _) -> gate, ResultListener.NONE);
    side.offer(8, soon());
    Await.until("all run", () -> gate.running.get() == 8);
    var closing =
        java.util.concurrent.CompletableFuture.supplyAsync(
            () -> runner.close(Duration.ofSeconds(15)));
    for (int i = 0; i < 8; i++) {
      Await.until("one ends", gate::endOne);
    }
    LaneRunner.Closed closed = closing.get(10, TimeUnit.SECONDS);
    assertThat(closed).isEqualTo(new LaneRunner.Closed(8, 8, 0));
    side.poll();
    assertThat(side.count(Outcome.OK)).isEqualTo(8);
  }

  @Test
  void aCloseSaysSoWhenTheEngineTakesNoOutcomes() {
    Side side = new Side(1_024, 4, 2);
    LaneRunner runner =
        LaneRunner.start(side.lane, open(1), 64, (_, _, _) -> null, ResultListener.NONE);
    side.offer(100, soon());
    Await.until("the outcome queue is full", () -> side.lane.refusedOutcomes() > 0);
    LaneRunner.Closed closed = runner.close(Duration.ofMillis(10));
    assertThat(closed.complete()).isFalse();
    side.poll();
    assertThat(side.outcomes).hasSize((int) closed.given());
  }
}
