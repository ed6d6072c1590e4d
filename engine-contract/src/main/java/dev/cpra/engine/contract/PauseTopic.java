package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Vitals;
import org.junit.jupiter.api.Test;

/// Pausing and resuming, in every phase.
interface PauseTopic extends Worlds {
  private static void pause(EngineWorld world, int monitor, boolean paused) {
    world.engine().pause(monitor, paused);
    world.tick();
  }

  @Test
  default void aPausedMonitorIsNotPulsedAndItsSlotsAreMissed() { // M21
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);
    world.engine().pause(monitor, true);

    for (int k = 0; k < 4; k++) {
      world.tickAt(k * 10L * SECOND);
      world.takeNone(Lane.PULSE);
    }
    assertThat(world.ledger().pulse.missed).isEqualTo(4);
    pause(world, monitor, false);

    assertThat(world.nextPulse(monitor).due()).isEqualTo(40 * SECOND);
  }

  @Test
  default void aWaitingPulseIsMissed() {
    EngineWorld world = world();
    world.lanes().pulse().narrow(0);
    int monitor = world.add(Rules.PLAIN, 0);
    world.tickAt(0);

    pause(world, monitor, true);

    assertThat(world.ledger().pulse.waiting).isZero();
    assertThat(world.ledger().pulse.missed).isEqualTo(1);
    assertThat(world.trace().of(Event.Kind.MISSED).getFirst().from()).isZero();
    assertThat(world.state(monitor).pulseDueNanos).isZero();
  }

  @Test
  default void aPulseInFlightEndsNormallyAndStartsNoIntervention() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    Job job = world.nextPulse(monitor);
    pause(world, monitor, true);
    assertThat(world.words(monitor)).isEqualTo("pulse-in-flight paused");

    world.apply(job, Outcome.FAILED);

    assertThat(world.words(monitor)).isEqualTo("idle paused warned alerted failures=1");
    world.takeNone(Lane.INTERVENTION);
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW");
    pause(world, monitor, false);
    assertThat(world.words(monitor)).isEqualTo("idle warned alerted");
  }

  @Test
  default void aDueInterventionIsCancelled() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.lanes().intervention().narrow(0);
    world.fail(monitor, 1);
    assertThat(world.ledger().intervention.waiting).isEqualTo(1);

    pause(world, monitor, true);

    assertThat(world.ledger().intervention.cancelled).isEqualTo(1);
    assertThat(world.words(monitor)).isEqualTo("idle paused warned alerted failures=1");
    assertThat(world.state(monitor).interventionNanos).isZero();
  }

  @Test
  default void anInterventionWhoseDelayHasNotPassedIsGivenUpWithoutBeingAJob() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withIntervention(Rules.repair(2, SECOND, 1)), 0);
    world.fail(monitor, 1);
    world.apply(world.takeOne(Lane.INTERVENTION), Outcome.FAILED);

    pause(world, monitor, true);
    world.tickAt(10 * SECOND);

    assertThat(world.ledger().intervention.due).isEqualTo(1);
    assertThat(world.ledger().intervention.cancelled).isZero();
    assertThat(Vitals.phase(world.vitals(monitor))).isEqualTo(Vitals.IDLE);
  }

  @Test
  default void anInterventionInFlightEndsNormally() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.fail(monitor, 1);
    Job job = world.takeOne(Lane.INTERVENTION);
    pause(world, monitor, true);

    world.apply(job, Outcome.OK);

    assertThat(world.words(monitor))
        .isEqualTo("idle paused warned verifying alerted failures=1 attempts=1 verify-left=2");
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "RAISED CYAN");
    pause(world, monitor, false);
    assertThat(world.words(monitor)).isEqualTo("idle warned alerted");
    assertThat(world.nextPulse(monitor).due()).as("settling stays").isEqualTo(20 * SECOND);
  }

  @Test
  default void aFailedInterventionOfAPausedMonitorIsNotRepeated() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withIntervention(Rules.repair(3, SECOND, 1)), 0);
    world.fail(monitor, 1);
    Job job = world.takeOne(Lane.INTERVENTION);
    pause(world, monitor, true);

    world.apply(job, Outcome.FAILED);
    world.tickAt(9 * SECOND);

    world.takeNone(Lane.INTERVENTION);
    assertThat(Vitals.phase(world.vitals(monitor))).isEqualTo(Vitals.IDLE);
  }

  @Test
  default void resumingDuringAnInterventionKeepsItsAttempts() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.fail(monitor, 1);
    Job job = world.takeOne(Lane.INTERVENTION);
    pause(world, monitor, true);
    pause(world, monitor, false);
    assertThat(world.words(monitor)).isEqualTo("intervention-in-flight warned alerted attempts=1");

    world.apply(job, Outcome.OK);

    assertThat(Vitals.has(world.vitals(monitor), Vitals.VERIFYING)).isTrue();
    assertThat(Vitals.attempts(world.vitals(monitor))).isEqualTo(1);
  }

  @Test
  default void resumeForgetsCountersAndKeepsWarnedUnknownAndIncident() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(2, 2), 0);
    world.fail(monitor, 2);
    world.expire(monitor, 2);
    assertThat(world.words(monitor))
        .isEqualTo("idle warned incident unknown alerted failures=2 expiries=2");

    pause(world, monitor, true);
    pause(world, monitor, false);

    assertThat(world.words(monitor)).isEqualTo("idle warned incident unknown alerted");
    world.pass(monitor, 2);
    assertThat(world.words(monitor)).isEqualTo("idle");
  }

  @Test
  default void pausingTwiceOrResumingWhatRunsChangesNothing() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(5, 1), 0);
    world.fail(monitor, 1);
    String running = world.words(monitor);
    pause(world, monitor, false);
    assertThat(world.words(monitor)).isEqualTo(running);
    pause(world, monitor, true);
    String paused = world.words(monitor);
    int told = world.trace().events().size();

    pause(world, monitor, true);

    assertThat(world.words(monitor)).isEqualTo(paused);
    assertThat(world.trace().events()).hasSize(told);
  }

  @Test
  default void alertsGoOnWhilePaused() {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(Rules.ALERTING.withThresholds(2, 1), 0);
    world.fail(monitor, 1);
    Job job = world.takeOne(Lane.CODE);
    pause(world, monitor, true);
    world.apply(job, Outcome.FAILED);

    world.tickAt(world.now() + SECOND);

    world.apply(world.takeOne(Lane.CODE), Outcome.OK);
    assertThat(world.ledger().alerts.delivered).isEqualTo(1);
  }

  @Test
  default void remindersRestWhilePausedAndComeAtOnceAfterwards() {
    EngineWorld world = world();
    AlertRules reminding = new AlertRules(Code.RED.bit(), SECOND, 5, 30 * SECOND);
    int monitor = world.add(Rules.PLAIN.withAlerts(reminding), 0);
    world.fail(monitor, 1);
    pause(world, monitor, true);
    world.tickAt(29 * SECOND);
    world.tickAt(100 * SECOND);
    assertThat(world.ledger().alerts.raised).isEqualTo(1);

    world.engine().pause(monitor, false);
    world.tickAt(100 * SECOND + MS);

    assertThat(world.ledger().alerts.raised).isEqualTo(2);
    assertThat(world.state(monitor).remindNanos).isEqualTo(130 * SECOND + MS);
  }
}
