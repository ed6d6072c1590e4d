package dev.cpra.engine.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is peculiar to this engine; what all engines have in common is [EcsEngineContractTest].
final class EcsEngineTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final MonitorRules PLAIN = MonitorRules.of(SECOND, SECOND);
  private static final MonitorRules REPAIRED =
      PLAIN
          .withIntervention(new InterventionRules(SECOND, 2, 0, 1))
          .withAlerts(new AlertRules(Code.ALL_MASK, SECOND, 1, 0));

  private final Lanes lanes = lanes(1 << 17);
  private final EcsEngine engine = engine(200_000);
  private long now;

  private EcsEngine engine(int monitors) {
    return (EcsEngine)
        EngineProvider.named("ecs").create(EngineLimits.of(monitors), lanes, Transitions.NONE);
  }

  private static Lanes lanes(int jobs) {
    LaneLimits limits = LaneLimits.of(jobs);
    return Lanes.create(
        limits,
        limits,
        limits,
        new Lanes.Queues() {
          @Override
          public Queue<Batch> jobs(Lane lane, int capacity) {
            return new ArrayDeque<>(1_024);
          }

          @Override
          public Queue<Batch> outcomes(Lane lane, int capacity) {
            return new ArrayDeque<>(1_024);
          }
        });
  }

  @AfterEach
  void close() {
    engine.close();
  }

  /// Ticks at this time, and again for the outcomes, as long as there are jobs.
  private void tickAt(long nanos, byte pulse, byte intervention) {
    now = nanos;
    engine.tick(now);
    for (boolean worked = true; worked; ) {
      worked = answer(lanes.pulse(), pulse);
      worked |= answer(lanes.intervention(), intervention);
      worked |= answer(lanes.code(), Outcome.OK);
      engine.tick(now);
    }
  }

  private static boolean answer(LaneQueue lane, byte outcome) {
    boolean any = false;
    for (Batch batch; (batch = lane.take()) != null; any = true) {
      for (int i = 0; i < batch.size(); i++) {
        batch.outcome(i, outcome);
      }
      lane.give(batch);
    }
    return any;
  }

  @Test
  void isFoundByItsName() {
    assertThat(EngineProvider.named("ecs")).isInstanceOf(EcsEngineProvider.class);
  }

  @Test
  void structuralChangesAreCountedAndHealthyPulsesMakeNone() {
    for (int i = 0; i < 10; i++) {
      engine.add(REPAIRED, 0);
    }
    tickAt(0, Outcome.OK, Outcome.OK);
    long loaded = engine.operations().getOrDefault("structural_changes", -1L);
    long scheduled = engine.operations().getOrDefault("wheel_entries", -1L);
    assertThat(loaded).isEqualTo(10);

    tickAt(SECOND, Outcome.OK, Outcome.OK);
    assertThat(engine.operations())
        .containsEntry("structural_changes", loaded)
        .containsEntry("wheel_entries", scheduled + 10);

    tickAt(2 * SECOND, Outcome.FAILED, Outcome.OK);
    assertThat(engine.operations().getOrDefault("structural_changes", -1L))
        .isGreaterThanOrEqualTo(loaded + 10);
  }

  @Test
  void aHealthyMonitorHasOneComponentAndAFailingOneMoreUntilItIsWellAgain() {
    for (int i = 0; i < 100; i++) {
      engine.add(i < 10 ? REPAIRED : PLAIN, 0);
    }
    tickAt(0, Outcome.OK, Outcome.OK);
    assertThat(engine.monitors().rareList.size()).isZero();

    tickAt(SECOND, Outcome.FAILED, Outcome.OK);
    assertThat(engine.monitors().rareList.size()).isEqualTo(100);
    assertThat(engine.world().interventions()).isEqualTo(10);
    assertThat(engine.world().incidents()).isEqualTo(90);

    for (int i = 2; i < 20; i++) {
      tickAt(i * SECOND, Outcome.OK, Outcome.OK);
    }
    assertThat(engine.monitors().rareList.size()).isZero();
    assertThat(engine.world().interventions()).isZero();
    assertThat(engine.world().alertQueues()).isZero();
    assertThat(engine.world().incidents()).isZero();
    assertThat(engine.audit(0, 100)).isZero();
  }

  /// An iterator of Dominion stops at an empty chunk. Here the chunks in the middle become empty,
  /// so that queries miss the monitors beyond; all of them must be served all the same.
  @Test
  void monitorsThatAQueryMissesAreServedAndTheShortfallIsCounted() {
    int count = 3 * (1 << 14);
    MonitorRules rules =
        PLAIN
            .withInterval(1_000 * SECOND)
            .withAlerts(new AlertRules(Code.RED.bit(), SECOND, 0, 100 * SECOND));
    for (int i = 0; i < count; i++) {
      engine.add(rules, 0);
    }
    tickAt(0, Outcome.FAILED, Outcome.OK);
    assertThat(engine.world().incidents()).isEqualTo(count);
    for (int i = count / 6; i < count * 5 / 6; i++) {
      engine.remove(i);
    }
    engine.tick(SECOND);
    int left = engine.world().incidents();

    tickAt(101 * SECOND, Outcome.OK, Outcome.OK);

    assertThat(engine.ledger().alerts.raised).isEqualTo(count + left);
    assertThat(engine.world().shortQueries()).isPositive();
    assertThat(engine.ledger().imbalance()).isNull();
  }

  /// The least of a few windows: Dominion makes small objects that the compiler does away with, and
  /// gives back for a moment whenever it throws code away. A pulse that allocates does so in each.
  @Test
  void healthyPulsesAllocateNothing() {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 1_000; i++) {
      engine.add(PLAIN, i * MS);
    }
    run(20_000);
    long self = Thread.currentThread().threadId();
    long least = Long.MAX_VALUE;
    for (int window = 0; window < 20 && least > 0; window++) {
      long measuring = -threads.getThreadAllocatedBytes(self);
      measuring += threads.getThreadAllocatedBytes(self);
      long before = threads.getThreadAllocatedBytes(self);
      run(20_000);
      least = Math.min(least, threads.getThreadAllocatedBytes(self) - before - measuring);
    }

    assertThat(least).as("bytes for 20,000 pulses").isZero();
    assertThat(engine.ledger().pulse.ok).isGreaterThan(39_000);
  }

  private void run(int ticks) {
    for (int i = 0; i < ticks; i++) {
      now += MS;
      engine.tick(now);
      answer(lanes.pulse(), Outcome.OK);
    }
  }

  @Test
  void aMonitorTakesAHundredBytesOrSo() {
    int count = 200_000;
    long empty = usedAfterGc();
    for (int i = 0; i < count; i++) {
      engine.add(PLAIN, i % 1_000 * MS);
    }
    engine.tick(0);
    long full = usedAfterGc();

    assertThat((full - empty) / count).as("bytes per monitor").isBetween(40L, 125L);
    assertThat(engine.audit(0, 1)).isZero();
  }

  private static long usedAfterGc() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Test
  void alertsGivenUpBehindAFullLaneDoNotPileUp() {
    lanes.code().narrow(0);
    MonitorRules rules = PLAIN.withAlerts(new AlertRules(Code.ALL_MASK, SECOND, 1, 0));
    engine.add(rules.withInterval(86_400 * SECOND), 0); // its alert stays at the head of the line
    engine.add(rules, 0);
    for (int i = 0; i < 5_000; i++) {
      tickAt(2L * i * SECOND, Outcome.FAILED, Outcome.OK);
      tickAt((2L * i + 1) * SECOND, Outcome.OK, Outcome.OK);
    }

    assertThat(engine.ledger().alerts.abandoned).isGreaterThan(10_000);
    assertThat(engine.waitingCodes()).isLessThanOrEqualTo(64);
    assertThat(engine.ledger().imbalance()).isNull();
  }

  // --- audit

  private void repairs(Consumer<Pulse> damage) {
    int monitor = engine.add(REPAIRED, 0);
    tickAt(0, Outcome.FAILED, Outcome.OK);
    assertThat(engine.audit(0, 10)).isZero();

    damage.accept(engine.monitors().get(monitor));

    assertThat(engine.audit(0, 10)).isEqualTo(1);
    assertThat(engine.ledger().auditRepairs).isEqualTo(1);
    for (int i = 1; i <= 20; i++) {
      tickAt(i * SECOND, Outcome.OK, Outcome.OK);
    }
    assertThat(engine.ledger().pulse.ok).isGreaterThan(15);
    assertThat(engine.audit(0, 10)).isZero();
    assertThat(engine.ledger().imbalance()).isNull();
  }

  @Test
  void anAuditReschedulesASlotThatTheWheelLost() {
    repairs(pulse -> pulse.slotNanos = 0);
  }

  @Test
  void anAuditLetsAPulseWithoutDeadlineExpire() {
    repairs(pulse -> {
      pulse.vitals = (int) Vitals.withPhase(pulse.vitals, Vitals.PULSE_IN_FLIGHT);
      pulse.number++;
      engine.ledger().pulse.due++;
      engine.ledger().pulse.dispatched++;
      engine.ledger().pulse.inFlight++;
    });
    assertThat(engine.ledger().pulse.expired).isEqualTo(1);
  }

  @Test
  void anAuditGivesAMonitorTheEntityItLost() {
    repairs(pulse -> engine.world().discard(pulse.handle));
  }

  @Test
  void anAuditGivesAnEntityTheComponentItLost() {
    repairs(pulse -> {
      Intervention lost = Objects.requireNonNull(Monitors.intervention(pulse));
      engine.world().remove(pulse.handle, lost);
    });
  }

  // --- close

  @Test
  void everyCallAfterCloseIsRefusedBeforeItReachesDominion() {
    int monitor = engine.add(PLAIN, 0);
    engine.tick(0);

    engine.close();
    engine.close();

    refused(e -> e.add(PLAIN, 0));
    refused(e -> e.update(monitor, PLAIN));
    refused(e -> e.remove(monitor));
    refused(e -> e.pause(monitor, true));
    refused(e -> e.runNow(monitor, 0));
    refused(e -> e.tick(SECOND));
    refused(Engine::nextWakeupNanos);
    refused(e -> e.drain(0));
    refused(e -> e.read(monitor, new MonitorState()));
    refused(e -> e.restore(monitor, new MonitorState()));
    refused(e -> e.audit(0, 1));
    refused(Engine::ledger);
  }

  private void refused(Consumer<Engine> call) {
    assertThatThrownBy(() -> call.accept(engine))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
