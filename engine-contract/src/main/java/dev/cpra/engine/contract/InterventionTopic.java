package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Vitals;
import org.junit.jupiter.api.Test;

/// Repairs: when they start, how they end, and what stands still meanwhile.
interface InterventionTopic extends Worlds {
  /// Fails the first pulse at 0 and takes the intervention of the same tick.
  private static Job failAndTake(EngineWorld world, int monitor) {
    world.fail(monitor, 1);
    return world.takeOne(Lane.INTERVENTION);
  }

  @Test
  default void theUthFailureStartsAnInterventionInTheSameTick() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withThresholds(2, 1), 0);
    world.fail(monitor, 1);
    world.takeNone(Lane.INTERVENTION);

    Job job = failAndTake(world, monitor);

    long now = 10 * SECOND;
    assertThat(job).isEqualTo(new Job(Lane.INTERVENTION, monitor, 1, now, now + 6 * SECOND, 1));
    assertThat(world.words(monitor))
        .isEqualTo("intervention-in-flight warned alerted failures=2 attempts=1");
    MonitorState state = world.state(monitor);
    assertThat(state.interventionNumber).isEqualTo(1);
    assertThat(state.interventionNanos).isEqualTo(job.deadline());
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW");
  }

  @Test
  default void pulsesStopWhileAnInterventionIsInFlight() { // M13
    EngineWorld world = world();
    MonitorRules rules =
        Rules.REPAIRING.withIntervention(new InterventionRules(60 * SECOND, 3, SECOND, 1));
    int monitor = world.add(rules, 0);
    failAndTake(world, monitor);

    for (int k = 1; k <= 5; k++) {
      world.tickAt(k * 10L * SECOND);
      world.takeNone(Lane.PULSE);
      world.takeNone(Lane.INTERVENTION);
    }
    assertThat(world.ledger().pulse.missed).isEqualTo(5);
    assertThat(world.ledger().intervention.inFlight).isEqualTo(1);
  }

  @Test
  default void aSuccessRaisesCyanSettlesAndIsVerified() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    Job job = failAndTake(world, monitor);
    world.tickAt(4 * SECOND);

    world.apply(job, Outcome.OK);

    assertThat(world.words(monitor))
        .isEqualTo("idle warned verifying alerted failures=1 attempts=1 verify-left=2");
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "RAISED CYAN");
    assertThat(world.state(monitor).interventionNanos).isEqualTo(19 * SECOND);
    world.tickAt(10 * SECOND); // settles until 19 s
    world.takeNone(Lane.PULSE);
    assertThat(world.ledger().pulse.missed).isEqualTo(1);
    world.pass(monitor, 1);
    assertThat(world.now()).isEqualTo(20 * SECOND);
    assertThat(world.words(monitor))
        .isEqualTo("idle warned verifying alerted attempts=1 verify-left=1");
    world.pass(monitor, 1);

    assertThat(world.words(monitor)).isEqualTo("idle attempts=1");
    assertThat(world.trace().alerts(monitor))
        .containsExactly("RAISED YELLOW", "RAISED CYAN", "RAISED GREEN");
  }

  @Test
  default void aSlotAtTheEndOfSettlingIsOffered() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    Job job = failAndTake(world, monitor);
    world.tickAt(5 * SECOND);
    world.apply(job, Outcome.OK);

    world.tickAt(20 * SECOND);

    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(20 * SECOND);
    assertThat(world.ledger().pulse.missed).isEqualTo(1);
  }

  @Test
  default void ofSlotsPassedInOneTickTheFirstAfterSettlingIsOffered() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    Job job = failAndTake(world, monitor);
    world.tickAt(5 * SECOND + MS);
    world.apply(job, Outcome.OK);

    world.tickAt(55 * SECOND);

    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(30 * SECOND);
    assertThat(world.ledger().pulse.missed).isEqualTo(2 + 2);
  }

  @Test
  default void aVerifyingFailureEndsVerifyingAndTriesAgainAfterTheDelay() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withIntervention(Rules.repair(2, 3 * SECOND, 2)), 0);
    world.apply(failAndTake(world, monitor), Outcome.OK);
    world.fail(monitor, 1);
    assertThat(world.words(monitor))
        .isEqualTo("intervention-due warned alerted failures=2 attempts=1");
    assertThat(world.state(monitor).interventionNanos).isEqualTo(13 * SECOND);
    assertThat(world.ledger().intervention.due).isEqualTo(1);

    world.tickAt(13 * SECOND - MS);
    world.takeNone(Lane.INTERVENTION);
    world.tickAt(13 * SECOND);
    Job second = world.takeOne(Lane.INTERVENTION);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.detail()).isEqualTo(2);
    world.apply(second, Outcome.OK);
    world.fail(monitor, 1);

    assertThat(world.words(monitor))
        .isEqualTo("idle warned incident alerted failures=3 attempts=2");
    assertThat(world.trace().alerts(monitor))
        .containsExactly("RAISED YELLOW", "RAISED CYAN", "RAISED CYAN", "RAISED RED");
    world.tickUntil(world.now() + 10 * MS);
    world.takeNone(Lane.INTERVENTION);
  }

  @Test
  default void afterAFailedAttemptAnotherFollowsThenRedAndPulsesResume() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withIntervention(Rules.repair(2, 3 * SECOND, 2)), 0);
    Job first = failAndTake(world, monitor);
    world.tickAt(2 * SECOND);

    world.apply(first, Outcome.FAILED);
    assertThat(world.words(monitor))
        .isEqualTo("intervention-due warned alerted failures=1 attempts=1");
    world.tickAt(5 * SECOND);
    Job second = world.takeOne(Lane.INTERVENTION);
    assertThat(second.due()).isEqualTo(5 * SECOND);
    world.apply(second, Outcome.FAILED);

    assertThat(world.words(monitor))
        .isEqualTo("idle warned incident alerted failures=1 attempts=2");
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "RAISED RED");
    assertThat(world.state(monitor).interventionNanos).isZero();
    assertThat(world.nextPulse(monitor).due()).isEqualTo(10 * SECOND);
  }

  @Test
  default void aRetryDelayOfZeroTriesAgainInTheSameTick() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withIntervention(Rules.repair(2, 0, 1)), 0);

    world.apply(failAndTake(world, monitor), Outcome.FAILED);

    assertThat(world.takeOne(Lane.INTERVENTION).due()).isEqualTo(world.now());
  }

  @Test
  default void anExpiredInterventionIsVerifiedWithoutCyan() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    Job job = failAndTake(world, monitor);

    world.tickAt(job.deadline() - 1);
    assertThat(world.ledger().intervention.inFlight).isEqualTo(1);
    world.tickAt(job.deadline());

    assertThat(world.ledger().intervention.expired).isEqualTo(1);
    assertThat(world.words(monitor))
        .isEqualTo("idle warned verifying alerted failures=1 attempts=1 verify-left=2");
    assertThat(world.state(monitor).interventionNanos).isEqualTo(21 * SECOND);
    world.pass(monitor, 2);
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "RAISED GREEN");
  }

  @Test
  default void anInterventionThatItsLaneDoesNotTakeIsCancelledAndCountsAsAnAttempt() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withIntervention(Rules.repair(2, 3 * SECOND, 2)), 0);
    world.lanes().intervention().narrow(0);
    world.fail(monitor, 1);
    assertThat(world.ledger().intervention.waiting).isEqualTo(1);

    world.tickAt(6 * SECOND - MS);
    assertThat(world.ledger().intervention.waiting).isEqualTo(1);
    world.tickAt(6 * SECOND);
    assertThat(world.ledger().intervention.cancelled).isEqualTo(1);
    assertThat(world.words(monitor))
        .isEqualTo("intervention-due warned alerted failures=1 attempts=1");
    world.tickAt(9 * SECOND);
    assertThat(world.ledger().intervention.due).isEqualTo(2);
    world.tickAt(10 * SECOND);
    world.tickAt(15 * SECOND);

    assertThat(world.ledger().intervention.cancelled).isEqualTo(2);
    assertThat(world.words(monitor))
        .isEqualTo("idle warned incident alerted failures=1 attempts=2");
    assertThat(world.ledger().pulse.missed).isEqualTo(1);
  }

  @Test
  default void anInterventionIsOfferedAtLeastOnceHoweverFarTheClockJumps() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withIntervention(Rules.repair(2, 3 * SECOND, 2)), 0);
    world.apply(failAndTake(world, monitor), Outcome.FAILED);

    world.tickAt(EngineWorld.HOUR);

    assertThat(world.takeOne(Lane.INTERVENTION).due()).isEqualTo(3 * SECOND);
    assertThat(world.ledger().intervention.cancelled).isZero();
  }

  @Test
  default void waitingInterventionsGoOutInTheOrderInWhichTheyBecameDue() {
    EngineWorld world = world();
    world.lanes().intervention().narrow(0);
    MonitorRules rules =
        Rules.REPAIRING.withIntervention(new InterventionRules(60 * SECOND, 2, 0, 1));
    int third = world.add(rules, 2 * MS);
    int first = world.add(rules, MS);
    int fourth = world.add(rules, 2 * MS);
    for (int k = 1; k <= 2; k++) {
      world.tickAt(k * MS);
      world.take(Lane.PULSE).forEach(job -> world.give(job, Outcome.FAILED));
    }
    world.tickAt(3 * MS);
    assertThat(world.ledger().intervention.waiting).isEqualTo(3);

    world.lanes().intervention().narrow(8);
    world.tickAt(4 * MS);

    assertThat(world.take(Lane.INTERVENTION))
        .extracting(Job::monitor)
        .containsExactly(first, third, fourth);
  }

  @Test
  default void calmForgetsSpentAttempts() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withCalm(3), 0);
    world.apply(failAndTake(world, monitor), Outcome.OK);
    world.pass(monitor, 2); // green
    assertThat(world.words(monitor)).isEqualTo("idle attempts=1");

    world.pass(monitor, 2);
    assertThat(world.words(monitor)).isEqualTo("idle streak=2 attempts=1");
    world.pass(monitor, 1);

    assertThat(world.words(monitor)).isEqualTo("idle streak=3");
  }

  @Test
  default void spentAttemptsThatAreNotForgottenLeadToRedAtOnce() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING, 0);
    world.apply(failAndTake(world, monitor), Outcome.OK);
    world.pass(monitor, 2);

    world.fail(monitor, 1);

    assertThat(world.words(monitor))
        .isEqualTo("idle warned incident alerted failures=1 attempts=1");
    world.takeNone(Lane.INTERVENTION);
  }

  @Test
  default void expiredPulsesNeitherEndVerifyingNorCountForIt() {
    EngineWorld world = world();
    int monitor = world.add(Rules.REPAIRING.withThresholds(1, 1), 0);
    world.apply(failAndTake(world, monitor), Outcome.OK);

    world.expire(monitor, 1);

    assertThat(Vitals.verifyLeft(world.vitals(monitor))).isEqualTo(2);
    assertThat(Vitals.has(world.vitals(monitor), Vitals.VERIFYING | Vitals.UNKNOWN)).isTrue();
  }

  @Test
  default void aHealthyMonitorTakesNoInterventionNumber() {
    EngineWorld world = world();
    world.add(Rules.REPAIRING, 20 * SECOND);
    int failing = world.add(Rules.REPAIRING, 0);
    world.tickAt(0);

    world.apply(world.takeOne(Lane.PULSE), Outcome.FAILED);

    assertThat(world.takeOne(Lane.INTERVENTION).number()).isEqualTo(1);
    assertThat(world.vitals(failing)).isNotZero();
  }
}
