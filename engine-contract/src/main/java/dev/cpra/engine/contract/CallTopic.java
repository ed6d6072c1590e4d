package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Vitals;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Adding, updating, removing monitors and asking for a pulse, whatever they are doing.
interface CallTopic extends Worlds {
  @Test
  default void handlesCountFromZero() {
    EngineWorld world = world();
    for (int i = 0; i < 10; i++) {
      assertThat(world.add(Rules.PLAIN, SECOND)).isEqualTo(i);
    }
  }

  @Test
  default void theHandleFreedLastIsReusedFirst() {
    EngineWorld world = world();
    for (int i = 0; i < 5; i++) {
      world.add(Rules.PLAIN, SECOND);
    }
    world.tick();
    world.engine().remove(1);
    world.engine().remove(3);
    assertThat(world.add(Rules.PLAIN, SECOND)).as("before the tick nothing is free").isEqualTo(5);
    world.tick();

    assertThat(world.add(Rules.PLAIN, SECOND)).isEqualTo(3);
    assertThat(world.add(Rules.PLAIN, SECOND)).isEqualTo(1);
    assertThat(world.add(Rules.PLAIN, SECOND)).isEqualTo(6);
  }

  @Test
  default void pulseNumbersGoOnAcrossReuseAndOldOutcomesAreStale() { // M6, M16
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    world.pass(monitor, 2);
    Job old = world.nextPulse(monitor);
    world.engine().remove(monitor);
    world.tick();
    assertThat(world.add(Rules.ALERTING, world.now())).isEqualTo(monitor);
    assertThat(world.words(monitor)).isEqualTo("idle");
    world.tick();
    Job fresh = world.takeOne(Lane.PULSE);
    assertThat(fresh.number()).isEqualTo(4);

    world.apply(old, Outcome.FAILED);
    assertThat(world.ledger().pulse.stale).isEqualTo(1);
    world.apply(fresh, Outcome.OK);

    assertThat(world.words(monitor)).isEqualTo("idle streak=1");
  }

  @Test
  default void aRemovedMonitorEndsWhatIsInFlightAndDropsItsAlerts() {
    EngineWorld world = world().codesByHand();
    MonitorRules rules = Rules.REPAIRING.withIntervention(Rules.repair(3, 0, 1));
    int monitor = world.add(rules, 0);
    world.fail(monitor, 1);
    world.apply(world.takeOne(Lane.INTERVENTION), Outcome.FAILED);
    world.take(Lane.INTERVENTION);
    assertThat(Alerts.count(world.state(monitor).alerts)).isEqualTo(1);

    world.engine().remove(monitor);
    assertThat(world.ledger().inFlight()).as("before the tick").isEqualTo(2);
    world.tick();

    assertThat(world.ledger().intervention.cancelledInFlight).isEqualTo(1);
    assertThat(world.ledger().code.cancelledInFlight).isEqualTo(1);
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "DROPPED YELLOW");
    assertThat(world.trace().of(Event.Kind.REMOVED)).hasSize(1);
    world.tickAt(EngineWorld.HOUR);
    assertThat(world.ledger().pulse.due).isEqualTo(1);
  }

  @Test
  default void aRemovedMonitorCancelsWhatWaits() {
    EngineWorld world = world().codesByHand();
    for (Lane lane : Lane.values()) {
      world.lanes().lane(lane).narrow(0);
    }
    int waiting = world.add(Rules.REPAIRING, 0);
    world.tickAt(0);
    world.lanes().pulse().narrow(8);
    int failing = world.add(Rules.REPAIRING, 0);
    int later = world.add(Rules.REPAIRING.withIntervention(Rules.repair(2, SECOND, 1)), 0);
    world.tick();
    for (Job job : world.take(Lane.PULSE)) {
      world.give(job, job.monitor() == waiting ? Outcome.OK : Outcome.FAILED);
    }
    world.lanes().pulse().narrow(0);
    world.tickAt(10 * SECOND);
    assertThat(world.ledger().pulse.waiting).isEqualTo(1);
    assertThat(world.ledger().intervention.cancelled).as("not taken in time").isZero();
    assertThat(world.ledger().intervention.waiting).isEqualTo(2);
    assertThat(world.ledger().code.waiting).isEqualTo(2);

    List.of(waiting, failing, later).forEach(world.engine()::remove);
    world.tickAgain();

    assertThat(world.ledger().pulse.cancelled).isEqualTo(1);
    assertThat(world.ledger().intervention.cancelled).isEqualTo(2);
    assertThat(world.ledger().code.cancelled).isEqualTo(2);
    assertThat(world.ledger().alerts.dropped).isEqualTo(2);
    world.tickAt(EngineWorld.HOUR);
    assertThat(world.engine().nextWakeupNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  default void anInterventionWhoseDelayHasNotPassedIsNoJobYetWhenItsMonitorIsRemoved() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withIntervention(Rules.repair(2, SECOND, 1)), 0);
    world.fail(monitor, 1);
    world.apply(world.takeOne(Lane.INTERVENTION), Outcome.FAILED);

    world.engine().remove(monitor);
    world.tickAt(10 * SECOND);

    assertThat(world.ledger().intervention.due).isEqualTo(1);
    assertThat(world.ledger().intervention.cancelled).isZero();
  }

  @Test
  default void callsOfOneTickTakeEffectInCallOrder() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    world.engine().pause(monitor, true);
    world.engine().runNow(monitor, 0);
    world.engine().pause(monitor, false);
    world.engine().runNow(monitor, 0);
    world.engine().runNow(monitor, 0);

    world.tickAt(0);

    assertThat(world.ledger().runNowIgnored).isEqualTo(2);
    assertThat(world.takeOne(Lane.PULSE).number()).isEqualTo(1);
    assertThat(world.ledger().pulse.missed).as("its slot of the same tick").isEqualTo(1);
  }

  @Test
  default void callsAfterARemovalOfTheSameTickFindTheMonitorGone() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    world.engine().remove(monitor);
    world.engine().runNow(monitor, 0);
    world.engine().pause(monitor, true);
    world.engine().update(monitor, Rules.ALERTING);
    world.engine().remove(monitor);

    world.tickAt(0);

    assertThat(world.ledger().runNowIgnored).isEqualTo(1);
    assertThat(world.trace().of(Event.Kind.REMOVED)).hasSize(1);
    assertThat(world.ledger().pulse.due).isZero();
    assertThat(world.add(Rules.PLAIN, SECOND)).isEqualTo(monitor);
    assertThat(world.add(Rules.PLAIN, SECOND)).isEqualTo(monitor + 1);
  }

  @Test
  default void runNowPulsesBesideTheGrid() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 5 * SECOND);
    world.tickAt(SECOND);
    world.engine().runNow(monitor, SECOND + 3);

    world.tickAt(SECOND + MS);

    Job job = world.takeOne(Lane.PULSE);
    assertThat(job.due()).isEqualTo(SECOND + 3);
    assertThat(world.state(monitor).nextSlotNanos).isEqualTo(5 * SECOND);
    world.apply(job, Outcome.OK);
    assertThat(world.nextPulse(monitor).due()).isEqualTo(5 * SECOND);
    assertThat(world.ledger().pulse.due).isEqualTo(2);
  }

  @Test
  default void runNowIsIgnoredAndCountedUnlessTheMonitorIsIdle() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    Job job = world.nextPulse(monitor);
    world.engine().runNow(monitor, world.now());
    world.tick();
    assertThat(world.ledger().runNowIgnored).as("in flight").isEqualTo(1);

    world.apply(job, Outcome.FAILED);
    world.engine().runNow(monitor, world.now());
    world.tick();
    assertThat(world.ledger().runNowIgnored).as("intervention in flight").isEqualTo(2);
    world.apply(world.takeOne(Lane.INTERVENTION), Outcome.OK);

    world.lanes().pulse().narrow(0);
    world.engine().runNow(monitor, world.now());
    world.tick();
    assertThat(world.ledger().runNowIgnored).as("settling").isEqualTo(2);
    assertThat(Vitals.has(world.vitals(monitor), Vitals.WAITING)).isTrue();
    world.engine().runNow(monitor, world.now());
    world.tick();
    assertThat(world.ledger().runNowIgnored).as("waiting").isEqualTo(3);
    world.engine().pause(monitor, true);
    world.engine().runNow(monitor, world.now());
    world.tick();

    assertThat(world.ledger().runNowIgnored).as("paused").isEqualTo(4);
    assertThat(world.ledger().pulse.due).isEqualTo(2);
  }

  @Test
  default void aPulseAskedForWhileSettlingIsAVerifyingPulse() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.fail(monitor, 1);
    world.apply(world.takeOne(Lane.INTERVENTION), Outcome.OK);
    world.engine().runNow(monitor, SECOND);
    world.tickAt(SECOND);

    world.apply(world.takeOne(Lane.PULSE), Outcome.OK);

    assertThat(Vitals.verifyLeft(world.vitals(monitor))).isEqualTo(1);
    world.tickAt(10 * SECOND);
    world.takeNone(Lane.PULSE);
    assertThat(world.nextPulse(monitor).due()).as("it settles on").isEqualTo(20 * SECOND);
  }

  @Test
  default void newRulesKeepTheState() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(3, 2), 0);
    world.fail(monitor, 2);
    String before = world.words(monitor);

    world.engine().update(monitor, Rules.ALERTING.withThresholds(5, 1));
    world.tick();
    assertThat(world.words(monitor)).isEqualTo(before);
    assertThat(world.state(monitor).nextSlotNanos).isEqualTo(20 * SECOND);
    world.pass(monitor, 1);

    assertThat(world.words(monitor)).isEqualTo("idle");
  }

  @Test
  default void aPulseInFlightKeepsTheDeadlineOfItsDispatch() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    Job job = world.nextPulse(monitor);

    world.engine().update(monitor, MonitorRules.of(10 * SECOND, 9 * SECOND));
    world.tickAt(job.deadline());

    assertThat(world.ledger().pulse.expired).isEqualTo(1);
  }

  @Test
  default void aShorterIntervalIsFeltAtOnce() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN.withInterval(1_000 * SECOND), 0);
    world.pass(monitor, 1);
    world.tickAt(25 * SECOND);

    world.engine().update(monitor, Rules.PLAIN);
    world.tick();

    assertThat(world.state(monitor).nextSlotNanos).isEqualTo(30 * SECOND);
    assertThat(world.nextPulse(monitor).due()).isEqualTo(30 * SECOND);
    assertThat(world.ledger().pulse.missed).isZero();
  }

  @Test
  default void aLongerIntervalCountsFromTheLastSlot() {
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, SECOND);
    world.pass(monitor, 1);
    world.tickAt(4 * SECOND);

    world.engine().update(monitor, Rules.PLAIN.withInterval(60 * SECOND));
    world.tick();

    assertThat(world.state(monitor).nextSlotNanos).isEqualTo(61 * SECOND);
  }

  @Test
  default void aSlotWhoseTimeHasComeIsNotLostToAnotherInterval() {
    EngineWorld world = world();
    int first = world.add(Rules.PLAIN, 0);
    int second = world.add(Rules.PLAIN, SECOND);
    world.engine().update(first, Rules.PLAIN.withInterval(7 * SECOND));
    world.tickAt(0);
    assertThat(world.takeOne(Lane.PULSE).due()).isZero();

    world.engine().update(second, Rules.PLAIN.withInterval(3 * SECOND));
    world.tickAt(5 * SECOND);
    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(SECOND);
    assertThat(world.ledger().pulse.missed).as("the slot at 4 s").isEqualTo(1);
    assertThat(world.state(first).nextSlotNanos).isEqualTo(7 * SECOND);
    assertThat(world.state(second).nextSlotNanos).isEqualTo(7 * SECOND);
  }

  @Test
  default void rulesWithoutAnInterventionGiveUpOneThatIsDue() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.lanes().intervention().narrow(0);
    world.fail(monitor, 1);

    world.engine().update(monitor, Rules.ALERTING);
    world.tick();

    assertThat(world.ledger().intervention.cancelled).isEqualTo(1);
    assertThat(world.words(monitor)).isEqualTo("idle warned alerted failures=1");
    assertThat(world.nextPulse(monitor).due()).isEqualTo(10 * SECOND);
  }

  @Test
  default void rulesWithoutAnInterventionLetOneInFlightEnd() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.fail(monitor, 1);
    Job job = world.takeOne(Lane.INTERVENTION);
    world.engine().update(monitor, Rules.ALERTING.withThresholds(1, 3));
    world.tick();

    world.apply(job, Outcome.OK);

    assertThat(world.ledger().intervention.ok).isEqualTo(1);
    assertThat(Vitals.verifyLeft(world.vitals(monitor))).as("H").isEqualTo(3);
    assertThat(world.nextPulse(monitor).due()).isEqualTo(10 * SECOND);
  }
}
