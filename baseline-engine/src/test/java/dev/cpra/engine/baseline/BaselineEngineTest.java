package dev.cpra.engine.baseline;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.contract.EngineWorld;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is peculiar to the storage of this engine; the behaviour is in the contract suite.
final class BaselineEngineTest {
  private static final MonitorRules RULES =
      MonitorRules.of(10 * SECOND, 2 * SECOND)
          .withIntervention(new InterventionRules(SECOND, 1, SECOND, 1))
          .withAlerts(new AlertRules(Code.ALL_MASK, SECOND, 5, 0));

  private final EngineWorld world = EngineWorld.of(new BaselineEngineProvider(), Map.of()).build();

  private BaselineEngine engine() {
    return (BaselineEngine) world.engine();
  }

  @Test
  void anAuditFindsASlotThatTheWheelHasLost() {
    int monitor = world.add(RULES, SECOND);
    world.tickAt(SECOND);
    world.apply(world.takeOne(Lane.PULSE), Outcome.OK);
    engine().records().setSlot(monitor, SECOND); // the wheel has 11 s: this slot would never come

    assertThat(engine().audit(0, 100)).isEqualTo(1);

    world.tickAt(SECOND + MS);
    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(SECOND);
    assertThat(engine().audit(0, 100)).isZero();
    assertThat(world.ledger().auditRepairs).isEqualTo(1);
  }

  @Test
  void moreRulesThanFitIntoTheRecordsAreKeptBeside() {
    int count = 5_000; // ids from 2,047 on do not fit
    EngineWorld world =
        EngineWorld.of(new BaselineEngineProvider(), Map.of())
            .limits(EngineLimits.of(count))
            .build();
    for (int i = 0; i < count; i++) {
      world.add(MonitorRules.of(SECOND + i * MS, SECOND), 0);
    }
    world.tickAt(0);

    for (int i = 0; i < count; i++) {
      assertThat(world.state(i).nextSlotNanos).isEqualTo(SECOND + i * MS);
    }
  }

  @Test
  void aMonitorThatIsWellAgainHasNoRareRecord() {
    int monitor = world.add(RULES, 0);
    world.fail(monitor, 1);
    assertThat(engine().rareRecords()).isEqualTo(1);
    world.apply(world.takeOne(Lane.INTERVENTION), Outcome.OK);
    world.pass(monitor, 1);

    assertThat(world.words(monitor)).isEqualTo("idle attempts=1");
    world.pass(monitor, MonitorRules.CALM_DEFAULT);

    assertThat(engine().rareRecords()).isZero();
  }

  @Test
  void recordsMadeAndFreedAreCounted() {
    int monitor = world.add(RULES, 0);
    world.pass(monitor, 1);
    assertThat(engine().operations()).containsEntry("record_changes", 0L);

    world.fail(monitor, 1);
    world.engine().remove(monitor);
    world.tick();

    assertThat(engine().operations()).containsEntry("record_changes", 2L);
  }

  @Test
  void rareRecordsAreReusedForOtherMonitors() {
    int first = world.add(RULES, 0);
    int second = world.add(RULES, SECOND);
    world.fail(first, 1);
    world.engine().remove(first);
    world.tick();
    world.fail(second, 1);

    assertThat(engine().rareRecords()).isEqualTo(1);
    assertThat(engine().describe(second)).startsWith("intervention-in-flight warned");
  }
}
