package dev.cpra.engine.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineDriver;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The engines whose timers have a thread, in real time: nothing is said about how fast they are.
@Timeout(60)
final class RealTimeEnginesTest {
  private static final long MS = 1_000_000;
  private static final int MONITORS = 300;
  private static final long START = 1_000 * MS;

  private final AtomicLong done = new AtomicLong();
  private final BitSet checked = new BitSet();
  private volatile boolean stopped;

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "netty", "agrona"})
  void everyMonitorIsCheckedAndTheLedgerBalances(String name) throws Exception {
    Lanes lanes = lanes();
    MonitorRules often = MonitorRules.of(20 * MS, 1_000 * MS);
    try (Engine engine = engine(name, lanes)) {
      for (int i = 0; i < MONITORS; i++) {
        engine.add(often, START + i * MS / 10);
      }
      engine.tick(START - 1);
      Ledger ledger =
          run(
              engine,
              lanes,
              driver -> {
                awaitDone(MONITORS * 3);
                driver.submit(its -> changeSome(its, often));
                awaitDone(MONITORS * 6);
              });

      assertThat(ledger.imbalance()).isNull();
      assertThat(ledger.pulse.outcomes).isGreaterThanOrEqualTo(MONITORS * 6);
      assertThat(ledger.pulse.stale).isLessThanOrEqualTo(ledger.pulse.cancelledInFlight);
      assertThat(checked.cardinality()).isEqualTo(MONITORS);
    }
  }

  /// Faster, slower, paused and gone, while timers of the old rules are armed or have just fired.
  private static void changeSome(Engine engine, MonitorRules rules) {
    for (int i = 0; i < MONITORS; i += 5) {
      engine.update(i, rules.withInterval(7 * MS));
      engine.update(i + 1, rules.withInterval(3_600_000 * MS));
      engine.pause(i + 2, true);
      engine.remove(i + 3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdk", "netty"})
  void aFiredTimerEndsTheOwnersSleep(String name) throws Exception {
    Lanes lanes = lanes();
    CountDownLatch fired = new CountDownLatch(1);
    try (Engine engine = engine(name, lanes)) {
      engine.onWakeup(fired::countDown);
      engine.add(MonitorRules.of(1_000 * MS, 1_000 * MS), START + 5 * MS);
      engine.tick(START);
      assertThat(engine.nextWakeupNanos()).isEqualTo(Long.MAX_VALUE);

      assertThat(fired.await(30, TimeUnit.SECONDS)).isTrue();

      assertThat(engine.nextWakeupNanos()).isLessThanOrEqualTo(START);
      engine.tick(START + 5 * MS);
      assertThat(engine.ledger().pulse.dispatched).isEqualTo(1);
    }
  }

  /// The engine's clock may run behind the timer's: a slot is never booked before its time.
  @ParameterizedTest
  @ValueSource(strings = {"jdk", "netty"})
  void aTimerThatFiredEarlyIsArmedAgain(String name) throws Exception {
    Lanes lanes = lanes();
    AtomicLong fired = new AtomicLong();
    try (Engine engine = engine(name, lanes)) {
      engine.onWakeup(fired::incrementAndGet);
      engine.add(MonitorRules.of(1_000 * MS, 1_000 * MS), START + 5 * MS);
      engine.tick(START);
      awaitAtLeast(fired, 1);
      engine.tick(START + MS);
      assertThat(engine.ledger().pulse.due).isZero();

      awaitAtLeast(fired, 2);

      engine.tick(START + 5 * MS);
      assertThat(engine.ledger().pulse.due).isEqualTo(1);
    }
  }

  private static Engine engine(String name, Lanes lanes) {
    EngineProvider provider = EngineProvider.named(name);
    assertThat(provider.isYardstick()).isTrue();
    return provider.create(EngineLimits.of(MONITORS), Map.of(), lanes, Transitions.NONE);
  }

  private Ledger run(Engine engine, Lanes lanes, Consumer<EngineDriver> story) throws Exception {
    Thread worker = new Thread(() -> work(lanes), "worker");
    long origin = System.nanoTime();
    try (EngineDriver driver =
        new EngineDriver("engine", engine, lanes, () -> START + System.nanoTime() - origin, 0)) {
      worker.start();
      driver.start();
      story.accept(driver);
      assertThat(driver.stop(Duration.ofSeconds(20))).isTrue();
    } finally {
      stopped = true;
      worker.join();
    }
    return engine.ledger();
  }

  private void work(Lanes lanes) {
    while (!stopped) {
      Batch batch = lanes.pulse().take();
      if (batch == null) {
        LockSupport.parkNanos(MS / 10);
        continue;
      }
      int size = batch.size();
      for (int i = 0; i < size; i++) {
        batch.outcome(i, Outcome.OK);
        checked.set(batch.monitor(i));
      }
      assertThat(lanes.pulse().give(batch)).isTrue();
      done.addAndGet(size);
    }
  }

  private void awaitDone(long jobs) {
    awaitAtLeast(done, jobs);
  }

  /// Bounded by the time that a test may take.
  private static void awaitAtLeast(AtomicLong counter, long least) {
    while (counter.get() < least && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(MS);
    }
    assertThat(counter.get()).isGreaterThanOrEqualTo(least);
  }

  private static Lanes lanes() {
    LaneLimits limits = LaneLimits.of(4_096);
    return Lanes.create(
        limits,
        limits,
        limits,
        new Lanes.Queues() {
          @Override
          public Queue<Batch> jobs(Lane lane, int capacity) {
            return new ConcurrentLinkedQueue<>();
          }

          @Override
          public Queue<Batch> outcomes(Lane lane, int capacity) {
            return new ConcurrentLinkedQueue<>();
          }
        });
  }
}
