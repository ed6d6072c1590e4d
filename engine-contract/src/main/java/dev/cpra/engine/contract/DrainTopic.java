package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Vitals;
import org.junit.jupiter.api.Test;

/// Winding an engine down.
interface DrainTopic extends Worlds {
  @Test
  default void nothingIsDispatchedAndNoSlotIsBookedAnyMore() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    world.pass(monitor, 1);

    world.engine().drain(world.now());
    world.tickAt(EngineWorld.HOUR);

    world.takeNone(Lane.PULSE);
    assertThat(world.ledger().pulse.due).isEqualTo(1);
    assertThat(world.ledger().pulse.missed).isZero();
    assertThat(world.engine().nextWakeupNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  default void whatWaitsIsCancelled() { // M20
    EngineWorld world = world().codesByHand();
    for (Lane lane : Lane.values()) {
      world.lanes().lane(lane).narrow(lane == Lane.PULSE ? 1 : 0);
    }
    int failing = world.add(Rules.REPAIRING, 0);
    int waiting = world.add(Rules.PLAIN, MS);
    world.tickAt(0);
    world.give(world.takeOne(Lane.PULSE), Outcome.FAILED);
    world.lanes().pulse().narrow(0);
    world.tickAt(MS);
    for (Lane lane : Lane.values()) {
      assertThat(world.ledger().lane(lane).waiting).as("%s", lane).isEqualTo(1);
    }

    world.engine().drain(world.now());
    assertThat(world.ledger().pulse.waiting).as("before the tick").isEqualTo(1);
    world.tick();

    for (Lane lane : Lane.values()) {
      assertThat(world.ledger().lane(lane).cancelled).as("%s", lane).isEqualTo(1);
      assertThat(world.ledger().lane(lane).waiting).as("%s", lane).isZero();
    }
    assertThat(world.words(waiting)).isEqualTo("idle");
    assertThat(Vitals.phase(world.vitals(failing)))
        .as("so that a restart makes it due again")
        .isEqualTo(Vitals.INTERVENTION_DUE);
    assertThat(Alerts.count(world.state(failing).alerts)).isEqualTo(1);
    assertThat(world.ledger().alerts.queued).isEqualTo(1);
  }

  @Test
  default void whatIsInFlightEndsByOutcomeOrDeadline() {
    EngineWorld world = world().codesByHand();
    int ending = world.add(Rules.REPAIRING, 0);
    int lost = world.add(Rules.PLAIN, 0);
    world.tickAt(0);
    Job job =
        world.take(Lane.PULSE).stream()
            .filter(j -> j.monitor() == ending)
            .findFirst()
            .orElseThrow();
    world.engine().drain(0);
    world.tick();
    assertThat(world.ledger().pulse.inFlight).isEqualTo(2);

    world.apply(job, Outcome.FAILED);
    world.tickAt(world.state(lost).pulseDeadlineNanos);

    assertThat(world.ledger().inFlight()).isZero();
    assertThat(world.ledger().pulse.failed).isEqualTo(1);
    assertThat(world.ledger().pulse.expired).isEqualTo(1);
    assertThat(world.ledger().alerts.queued).as("yellow").isEqualTo(1);
    assertThat(world.ledger().code.due).isZero();
    assertThat(world.ledger().intervention.due).isZero();
    assertThat(Vitals.phase(world.vitals(ending))).isEqualTo(Vitals.INTERVENTION_DUE);
    assertThat(world.engine().nextWakeupNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  default void anAlertThatFailsWhileDrainingStaysQueued() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING.withThresholds(2, 1), 0);
    world.fail(monitor, 1);
    Job job = world.takeOne(Lane.CODE);
    world.engine().drain(world.now());
    world.tick();

    world.apply(job, Outcome.FAILED);
    world.tickAt(10 * SECOND);

    world.takeNone(Lane.CODE);
    assertThat(world.ledger().alerts.queued).isEqualTo(1);
    assertThat(world.state(monitor).codeNanos).isEqualTo(SECOND + MS);
  }

  @Test
  default void runNowIsIgnoredAndCounted() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, SECOND);
    world.engine().drain(0);
    world.tickAt(0);

    world.engine().runNow(monitor, 0);
    world.tick();

    assertThat(world.ledger().runNowIgnored).isEqualTo(1);
    world.takeNone(Lane.PULSE);
  }

  @Test
  default void aMonitorCanStillBeRemoved() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    world.nextPulse(monitor);
    world.engine().drain(0);
    world.tick();

    world.engine().remove(monitor);
    world.tick();

    assertThat(world.ledger().pulse.cancelledInFlight).isEqualTo(1);
    assertThat(world.ledger().inFlight()).isZero();
  }

  @Test
  default void noReminderIsRaised() {
    EngineWorld world = world();
    int monitor =
        world.add(
            Rules.PLAIN.withAlerts(new AlertRules(Code.RED.bit(), SECOND, 5, 30 * SECOND)), 0);
    world.fail(monitor, 1);
    world.tick();
    world.engine().drain(world.now());
    world.tickAt(EngineWorld.HOUR);

    assertThat(world.ledger().alerts.raised).isEqualTo(1);
  }

  @Test
  default void whatADrainedEngineKeptIsDueAgainAfterARestart() {
    EngineWorld before = world().codesByHand();
    int monitor = before.add(Rules.REPAIRING, 0);
    before.lanes().intervention().narrow(0);
    before.fail(monitor, 1);
    before.take(Lane.CODE);
    before.engine().drain(before.now());
    before.tickAt(20 * SECOND);
    assertThat(before.ledger().inFlight()).isZero();

    EngineWorld world = world().codesByHand();
    world.add(Rules.REPAIRING, 0);
    world.engine().restore(0, before.state(monitor));
    world.tickAt(30 * SECOND);

    world.takeOne(Lane.INTERVENTION);
    assertThat(world.takeOne(Lane.CODE).due()).isEqualTo(21 * SECOND);
  }
}
