package dev.cpra.engine.baseline;

import static dev.cpra.engine.contract.EngineWorld.HOUR;
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
import dev.cpra.engine.contract.Job;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is peculiar to the storage of this engine; the behaviour is in the contract suite.
final class BaselineEngineTest {
  private static final MonitorRules RULES =
      MonitorRules.of(10 * SECOND, 2 * SECOND)
          .withIntervention(new InterventionRules(SECOND, 1, SECOND, 1))
          .withAlerts(new AlertRules(Code.ALL_MASK, SECOND, 5, 0));

  private static final MonitorRules PLAIN_ALERTS =
      MonitorRules.of(SECOND, SECOND).withAlerts(new AlertRules(Code.ALL_MASK, SECOND, 5, 0));

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
  void anAuditLetsAPulseExpireWhoseDeadlineWasLostOnceItsTimeHasCome() {
    world.add(RULES, 0);
    world.tickAt(0);
    world.takeOne(Lane.PULSE);
    engine().loseDeadlines();
    assertThat(engine().audit(0, 100)).as("no harm is done yet").isZero();

    world.tickAt(3 * SECOND - MS);
    assertThat(engine().audit(0, 100)).isZero();
    world.tickAt(3 * SECOND);
    assertThat(engine().audit(0, 100)).isEqualTo(1);
    assertThat(world.ledger().pulse.expired).isZero();
    world.tick();

    assertThat(world.ledger().pulse.expired).isEqualTo(1);
    assertThat(engine().audit(0, 100)).isZero();
    assertThat(world.ledger().imbalance()).isNull();
  }

  @Test
  void remindersOfIncidentsThatAreOverDoNotPileUp() {
    int monitor =
        world.add(
            MonitorRules.of(SECOND, SECOND)
                .withAlerts(
                    new AlertRules(Code.mask(Code.RED, Code.GREEN), HOUR, 5, 400 * 24 * HOUR)),
            0);
    for (int i = 0; i < 10_000; i++) {
      world.fail(monitor, 1);
      world.pass(monitor, 1);
    }

    assertThat(world.ledger().alerts.raised).isEqualTo(20_000);
    assertThat(engine().timers()).isLessThan(100);
  }

  @Test
  void aTimerThatIsMeantOutlivesThoseThatAreNot() {
    long remind = 10 * HOUR;
    MonitorRules rules =
        MonitorRules.of(SECOND, SECOND)
            .withAlerts(new AlertRules(Code.mask(Code.RED, Code.GREEN), SECOND, 5, remind));
    int open = world.add(rules, 0);
    world.fail(open, 1);
    long reminded = world.now() + remind;
    world.engine().pause(open, true);
    world.tick();
    world.engine().pause(open, false);
    int flapping = world.add(rules, world.now() + SECOND / 2);
    world.engine().update(open, rules.withInterval(24 * HOUR));
    world.tick();
    for (int i = 0; i < 100; i++) {
      world.fail(flapping, 1);
      world.pass(flapping, 1);
    }
    world.engine().pause(flapping, true);
    long raised = world.ledger().alerts.raised;
    world.tickAt(reminded - MS);
    assertThat(world.ledger().alerts.raised).isEqualTo(raised);
    world.tickAt(reminded);

    assertThat(world.ledger().alerts.raised).isEqualTo(raised + 1);
  }

  @Test
  void alertsGivenUpBehindAFullLaneDoNotPileUp() {
    world.codesByHand();
    world.lanes().code().narrow(0);
    int first = world.add(PLAIN_ALERTS.withInterval(24 * HOUR), 0);
    world.fail(first, 1); // its alert stays at the head of the line
    int monitor = world.add(PLAIN_ALERTS, SECOND);
    for (int i = 0; i < 5_000; i++) {
      world.fail(monitor, 1);
      world.pass(monitor, 1);
    }

    assertThat(world.ledger().alerts.abandoned).isGreaterThan(10_000);
    assertThat(engine().codeRoom()).isLessThanOrEqualTo(64);
    world.lanes().code().narrow(1_024);
    world.tick();
    assertThat(world.take(Lane.CODE)).extracting(Job::monitor).containsExactly(first, monitor);
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
