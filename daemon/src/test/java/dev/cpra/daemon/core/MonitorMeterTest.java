package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.core.MonitorCounts.Alert;
import dev.cpra.daemon.state.BatchedLog;
import dev.cpra.daemon.state.StateLog;
import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.manifest.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MonitorMeterTest {
  private static final long SECOND = 1_000_000_000;

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  void itAgreesWithTheEngineAtEveryInstant(String name) {
    Random random = new Random(4);
    Lanes lanes =
        Lanes.create(
            new LaneLimits(256, 8, 256),
            new LaneLimits(16, 1, 16),
            new LaneLimits(16, 4, 64),
            new LaneQueues());
    EngineWatch watch = new EngineWatch();
    watch.wantEach();
    MonitorState state = new MonitorState();
    boolean[] used = new boolean[64];
    MonitorTable table = new MonitorTable(64);
    StateLog log = BatchedLog.inMemory();
    WallClock wall = new WallClock(() -> Instant.EPOCH, () -> 0);
    Safeguard safeguard = new Safeguard(Policy.DEFAULT, 64, log, wall);
    Troubles troubles = new Troubles(table, () -> 0);
    HeldAlerts held = new HeldAlerts(table, troubles, (_, _, _, _) -> true);
    try (Engine engine =
        new DaemonEngine(
            EngineProvider.named(name)
                .create(EngineLimits.of(64), Map.of(), lanes, watch.listener()),
            watch,
            new StateTracker(table, troubles, log, safeguard),
            safeguard,
            new Silences(List.of(), table, held, wall),
            held,
            wall)) {
      MonitorRules rules = rules();
      for (int i = 0; i < 40; i++) {
        used[engine.add(rules, SECOND + i)] = true;
      }
      for (long now = SECOND; now < 400 * SECOND; now += SECOND / 2) {
        change(engine, used, rules, random, now);
        var _ = engine.tick(now);
        answer(lanes, random);
        compare(engine, watch, used, state);
      }
      Ledger ledger = engine.ledger();
      assertThat(ledger.balanced()).isTrue();
      MonitorCounts counts = watch.last().counts();
      assertThat(all(counts, Alert.RAISED)).isEqualTo(ledger.alerts.raised).isPositive();
      assertThat(all(counts, Alert.DELIVERED)).isEqualTo(ledger.alerts.delivered).isPositive();
      assertThat(all(counts, Alert.ABANDONED)).isEqualTo(ledger.alerts.abandoned).isPositive();
      assertThat(all(counts, Alert.DROPPED)).isEqualTo(ledger.alerts.dropped).isPositive();
      assertThat(all(counts, Alert.SKIPPED)).isEqualTo(ledger.alerts.skipped).isPositive();
      assertThat(counts.alerts(Code.CYAN, Alert.RAISED)).as("not configured").isZero();
      assertThat(watch.last().audited()).as("slices were audited").isPositive();
    }
  }

  private static MonitorRules rules() {
    int colours = Code.mask(Code.RED, Code.YELLOW, Code.GREEN, Code.GRAY);
    return MonitorRules.of(5 * SECOND, SECOND)
        .withThresholds(2, 2)
        .withIntervention(new InterventionRules(SECOND, 2, SECOND, 2))
        .withAlerts(new AlertRules(colours, SECOND, 2, 0));
  }

  private static void change(
      Engine engine, boolean[] used, MonitorRules rules, Random random, long now) {
    int monitor = random.nextInt(40);
    if (random.nextInt(20) != 0) {
      return;
    }
    if (!used[monitor]) {
      used[engine.add(rules, now + SECOND)] = true;
    } else if (random.nextBoolean()) {
      engine.pause(monitor, random.nextBoolean());
    } else {
      engine.remove(monitor);
      used[monitor] = false;
    }
  }

  private static void answer(Lanes lanes, Random random) {
    for (Lane lane : Lane.values()) {
      Batch batch;
      while ((batch = lanes.lane(lane).take()) != null) {
        for (int i = 0; i < batch.size(); i++) {
          batch.outcome(i, random.nextInt(100) < 55 ? Outcome.OK : Outcome.FAILED);
        }
        if (random.nextInt(10) > 0) {
          var _ = lanes.lane(lane).give(batch);
        }
      }
    }
  }

  private static void compare(
      Engine engine, EngineWatch watch, boolean[] used, MonitorState state) {
    watch.take(engine, 0);
    MonitorCounts counts = watch.last().counts();
    long[] expected = new long[MonitorStatus.COUNT];
    for (int monitor = 0; monitor < counts.handles(); monitor++) {
      assertThat(counts.isPresent(monitor)).isEqualTo(used[monitor]);
      if (used[monitor]) {
        engine.read(monitor, state);
        MonitorStatus status = MonitorStatus.ofVitals(state.vitals);
        expected[status.ordinal()]++;
        assertThat(counts.status(monitor)).isEqualTo(status);
      }
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(counts.monitors(MonitorStatus.of(i))).isEqualTo(expected[i]);
    }
  }

  private static long all(MonitorCounts counts, Alert result) {
    long sum = 0;
    for (Code code : Code.values()) {
      sum += counts.alerts(code, result);
    }
    return sum;
  }

  @Test
  void aDeliveryIsCountedUnderTheColourThatWasInFlight() {
    MonitorMeter meter = new MonitorMeter();
    meter.added(0);
    meter.dispatched(Lane.CODE, 0, 1, Code.GRAY.ordinal(), 0, 0);
    meter.changed(0, 0, Vitals.UNKNOWN, 0);
    meter.ended(Lane.PULSE, 0, 1, Transitions.OK, 0, 0);
    meter.ended(Lane.CODE, 0, 1, Transitions.FAILED, 0, 0);
    meter.dispatched(Lane.CODE, 0, 2, Code.GRAY.ordinal(), 0, 0);
    meter.ended(Lane.CODE, 0, 2, Transitions.OK, 0, 0);
    MonitorCounts counts = meter.take(true);
    assertThat(counts.alerts(Code.GRAY, Alert.DELIVERED)).isEqualTo(1);
    assertThat(counts.alerts(Code.RED, Alert.DELIVERED)).isZero();
    assertThat(counts.status(0)).isEqualTo(MonitorStatus.UNKNOWN);
    assertThat(counts.isUp(0)).isTrue();
  }

  @Test
  void anExpiredCheckSaysNothingOfTheTarget() {
    MonitorMeter meter = new MonitorMeter();
    meter.added(0);
    meter.ended(Lane.PULSE, 0, 1, Transitions.EXPIRED, 0, 0);
    assertThat(meter.take(true).isChecked(0)).isFalse();
    meter.ended(Lane.PULSE, 0, 2, Transitions.OK, 0, 0);
    meter.ended(Lane.PULSE, 0, 3, Transitions.EXPIRED, 0, 0);
    assertThat(meter.take(true).isUp(0)).isTrue();
    meter.ended(Lane.PULSE, 0, 4, Transitions.FAILED, 0, 0);
    assertThat(meter.take(true).isUp(0)).isFalse();
    assertThat(meter.take(false).handles()).as("only when asked for").isZero();
  }
}
