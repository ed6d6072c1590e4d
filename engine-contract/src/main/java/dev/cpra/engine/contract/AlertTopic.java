package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import org.junit.jupiter.api.Test;

/// Colour-coded alerts: their order, their retries, and when they are given up.
interface AlertTopic extends Worlds {
  @Test
  default void anAlertIsDispatchedInTheTickThatRaisesIt() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING.withThresholds(2, 1), 0);

    world.fail(monitor, 1);

    Job job = world.takeOne(Lane.CODE);
    assertThat(job)
        .isEqualTo(new Job(Lane.CODE, monitor, 1, 0, 11 * SECOND, Code.YELLOW.ordinal()));
    MonitorState state = world.state(monitor);
    assertThat(Alerts.inFlight(state.alerts)).isTrue();
    assertThat(state.codeNumber).isEqualTo(1);
    assertThat(state.codeNanos).isEqualTo(11 * SECOND);
  }

  @Test
  default void alertsLeaveInOrderOneAtATime() { // M10
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING, 0);
    world.fail(monitor, 1);
    Job yellow = world.takeOne(Lane.CODE);
    assertThat(Alerts.count(world.state(monitor).alerts)).isEqualTo(2);
    world.tickAt(SECOND);
    world.takeNone(Lane.CODE);

    world.apply(yellow, Outcome.OK);

    Job red = world.takeOne(Lane.CODE);
    assertThat(red.detail()).isEqualTo(Code.RED.ordinal());
    assertThat(red.due()).isEqualTo(SECOND);
    assertThat(red.number()).isEqualTo(2);
    world.apply(red, Outcome.OK);
    assertThat(world.ledger().alerts.delivered).isEqualTo(2);
    assertThat(world.state(monitor).alerts).isEqualTo(Alerts.NONE);
    assertThat(world.state(monitor).codeNanos).isZero();
    assertThat(world.ledger().code.due).isEqualTo(2);
  }

  @Test
  default void alertsNeverHoldPulsesUp() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING, 0);

    world.fail(monitor, 3);
    world.pass(monitor, 2);

    assertThat(world.ledger().pulse.missed).isZero();
  }

  @Test
  default void aFailedAlertIsRetriedWithGrowingWaitsThenAbandoned() { // M12
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING.withInterval(1_000 * SECOND).withThresholds(2, 1), 0);
    world.fail(monitor, 1);

    long due = 0;
    for (int failed = 1; failed <= 5; failed++) {
      Job job = world.takeOne(Lane.CODE);
      assertThat(job.due()).isEqualTo(due);
      world.apply(job, Outcome.FAILED);
      due += SECOND << (failed - 1);
      assertThat(world.state(monitor).codeNanos).isEqualTo(due);
      assertThat(Alerts.failed(world.state(monitor).alerts)).isEqualTo(failed);
      world.tickAt(due - MS);
      world.takeNone(Lane.CODE);
      world.tickAt(due);
    }
    world.apply(world.takeOne(Lane.CODE), Outcome.FAILED);

    assertThat(world.state(monitor).alerts).isEqualTo(Alerts.NONE);
    assertThat(world.ledger().alerts.abandoned).isEqualTo(1);
    assertThat(world.ledger().code.failed).isEqualTo(6);
    world.tickUntil(world.now() + 10 * MS);
    world.takeNone(Lane.CODE);
  }

  @Test
  default void anExpiredAlertIsRetriedToo() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING.withInterval(100 * SECOND).withThresholds(2, 1), 0);
    world.fail(monitor, 1);
    Job first = world.takeOne(Lane.CODE);

    world.tickAt(first.deadline());
    assertThat(world.ledger().code.expired).isEqualTo(1);
    assertThat(world.state(monitor).codeNumber).isZero();
    world.tickAt(first.deadline() + SECOND);

    Job second = world.takeOne(Lane.CODE);
    assertThat(second.due()).isEqualTo(first.deadline() + SECOND);
    assertThat(second.number()).isEqualTo(2);
  }

  @Test
  default void retriesAreConfigurable() {
    EngineWorld world = world().codesByHand();
    AlertRules once = new AlertRules(Code.ALL_MASK, 10 * SECOND, 0, 0);
    int monitor = world.add(Rules.PLAIN.withThresholds(2, 1).withAlerts(once), 0);
    world.fail(monitor, 1);

    world.apply(world.takeOne(Lane.CODE), Outcome.FAILED);

    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "ABANDONED YELLOW");
  }

  @Test
  default void aFailedAlertIsAbandonedAtOnceIfARedWaitsBehindIt() { // M12
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING, 0);
    world.fail(monitor, 1);

    world.apply(world.takeOne(Lane.CODE), Outcome.FAILED);

    assertThat(world.trace().alerts(monitor))
        .containsExactly("RAISED YELLOW", "RAISED RED", "ABANDONED YELLOW");
    assertThat(world.takeOne(Lane.CODE).detail()).isEqualTo(Code.RED.ordinal());
  }

  @Test
  default void aRedThatComesBehindAFailedAlertAbandonsIt() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING.withInterval(SECOND / 2).withThresholds(2, 1), 0);
    world.fail(monitor, 1);
    world.apply(world.takeOne(Lane.CODE), Outcome.FAILED);
    assertThat(world.state(monitor).codeNanos).isEqualTo(SECOND);

    world.fail(monitor, 1);

    assertThat(world.trace().alerts(monitor))
        .containsExactly("RAISED YELLOW", "RAISED RED", "ABANDONED YELLOW");
    Job red = world.takeOne(Lane.CODE);
    assertThat(red.detail()).isEqualTo(Code.RED.ordinal());
    assertThat(red.due()).isEqualTo(SECOND / 2);
    assertThat(world.ledger().code.cancelled).isZero();
  }

  @Test
  default void anAbandonedAlertThatWaitedForItsLaneIsACancelledJob() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING.withInterval(2 * SECOND).withThresholds(2, 1), 0);
    world.fail(monitor, 1);
    world.apply(world.takeOne(Lane.CODE), Outcome.FAILED);
    world.lanes().code().narrow(0);
    world.tickAt(SECOND);
    assertThat(world.ledger().code.waiting).isEqualTo(1);

    world.fail(monitor, 1);

    assertThat(world.trace().alerts(monitor))
        .containsExactly("RAISED YELLOW", "RAISED RED", "ABANDONED YELLOW");
    assertThat(world.ledger().code.cancelled).isEqualTo(1);
    assertThat(world.ledger().code.waiting).as("the red").isEqualTo(1);
    assertThat(world.trace().of(Event.Kind.CANCELLED).getFirst().from()).isEqualTo(SECOND);
  }

  @Test
  default void aRedInFlightIsNotAbandonedForAnotherRed() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.PLAIN.withAlerts(Rules.only(Code.RED, Code.GREEN)), 0);
    world.fail(monitor, 1);
    Job red = world.takeOne(Lane.CODE);
    world.apply(red, Outcome.FAILED);
    world.pass(monitor, 1);
    world.take(Lane.CODE);
    world.fail(monitor, 1);

    assertThat(world.trace().alerts(monitor)).doesNotContain("ABANDONED RED");
  }

  /// Fails and passes in turn with nobody delivering: yellow, green, yellow, green, ...
  private static EngineWorld overflowing(EngineWorld world, int monitor, int alerts) {
    for (int i = 0; i < alerts; i++) {
      world.pulses(monitor, i % 2 == 0 ? Outcome.FAILED : Outcome.OK, 1);
    }
    return world;
  }

  private static MonitorRules fast() {
    return MonitorRules.of(100 * MS, 50 * MS)
        .withThresholds(2, 1)
        .withAlerts(new AlertRules(Code.ALL_MASK, 100 * SECOND, 5, 0));
  }

  @Test
  default void aNinthAlertPushesOutTheOldestNotInFlight() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(fast(), 0);
    overflowing(world, monitor, 8);
    Job first = world.takeOne(Lane.CODE);
    assertThat(world.ledger().alerts.abandoned).isZero();

    overflowing(world, monitor, 1);

    assertThat(Alerts.count(world.state(monitor).alerts)).isEqualTo(Alerts.MAX);
    assertThat(world.trace().alerts(monitor)).endsWith("ABANDONED GREEN", "RAISED YELLOW");
    assertThat(world.ledger().code.inFlight).isEqualTo(1);
    world.apply(first, Outcome.OK);
    assertThat(world.takeOne(Lane.CODE).detail()).isEqualTo(Code.YELLOW.ordinal());
  }

  @Test
  default void aNinthAlertPushesOutTheFirstWhenItWaits() {
    EngineWorld world = world().codesByHand();
    world.lanes().code().narrow(0);
    int monitor = world.add(fast(), 0);
    overflowing(world, monitor, 8);
    assertThat(world.ledger().code.waiting).isEqualTo(1);

    overflowing(world, monitor, 1);

    assertThat(world.trace().alerts(monitor)).endsWith("ABANDONED YELLOW", "RAISED YELLOW");
    assertThat(world.ledger().code.cancelled).isEqualTo(1);
    assertThat(world.ledger().code.waiting).isEqualTo(1);
    assertThat(world.state(monitor).codeNanos).isEqualTo(world.now());
  }

  @Test
  default void waitingAlertsGoOutInTheOrderInWhichTheyBecameDue() {
    EngineWorld world = world().codesByHand();
    world.lanes().code().narrow(0);
    int second = world.add(Rules.ALERTING, MS);
    int first = world.add(Rules.ALERTING, 0);
    int third = world.add(Rules.ALERTING, MS);
    for (int k = 0; k < 3; k++) {
      world.tickAt(k * MS);
      world.take(Lane.PULSE).forEach(job -> world.give(job, Outcome.FAILED));
    }

    world.lanes().code().narrow(8);
    world.tick();

    assertThat(world.take(Lane.CODE))
        .extracting(Job::monitor)
        .containsExactly(first, second, third);
  }

  @Test
  default void aReminderRepeatsTheRedOfAnOpenIncident() {
    EngineWorld world = world().codesByHand();
    AlertRules reminding = new AlertRules(Code.RED.bit(), SECOND, 5, 60 * SECOND);
    int monitor = world.add(Rules.PLAIN.withInterval(50 * SECOND).withAlerts(reminding), 0);
    world.fail(monitor, 1);
    world.apply(world.takeOne(Lane.CODE), Outcome.OK);
    assertThat(world.state(monitor).remindNanos).isEqualTo(60 * SECOND);

    world.fail(monitor, 1);
    world.tickAt(60 * SECOND - MS);
    world.takeNone(Lane.CODE);
    world.tickAt(60 * SECOND);

    Job reminder = world.takeOne(Lane.CODE);
    assertThat(reminder.detail()).isEqualTo(Code.RED.ordinal());
    assertThat(world.state(monitor).remindNanos).isEqualTo(120 * SECOND);
    world.apply(reminder, Outcome.OK);
    world.pass(monitor, 1);
    assertThat(world.state(monitor).remindNanos).isZero();
    world.tickAt(300 * SECOND);
    world.takeNone(Lane.CODE);
    assertThat(world.ledger().alerts.raised).isEqualTo(2);
  }

  @Test
  default void aReminderWaitsUntilNothingIsUndelivered() {
    EngineWorld world = world().codesByHand();
    AlertRules reminding = new AlertRules(Code.RED.bit(), 200 * SECOND, 5, 10 * SECOND);
    int monitor = world.add(Rules.PLAIN.withInterval(400 * SECOND).withAlerts(reminding), 0);
    world.fail(monitor, 1);
    Job red = world.takeOne(Lane.CODE);
    world.tickAt(10 * SECOND);
    world.tickAt(30 * SECOND);
    assertThat(world.ledger().alerts.raised).isEqualTo(1);

    world.apply(red, Outcome.OK);

    assertThat(world.ledger().alerts.raised).isEqualTo(2);
    assertThat(world.takeOne(Lane.CODE).due()).isEqualTo(30 * SECOND);
    assertThat(world.state(monitor).remindNanos).isEqualTo(40 * SECOND);
  }

  @Test
  default void cyanIsDeliveredLikeAnyOther() {
    EngineWorld world = world().codesByHand();
    MonitorRules rules =
        Rules.PLAIN
            .withIntervention(new InterventionRules(SECOND, 1, SECOND, 1))
            .withAlerts(Rules.only(Code.CYAN));
    int monitor = world.add(rules, 0);
    world.fail(monitor, 1);

    world.apply(world.takeOne(Lane.INTERVENTION), Outcome.OK);

    assertThat(world.takeOne(Lane.CODE).detail()).isEqualTo(Code.CYAN.ordinal());
  }
}
