package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Code;
import dev.cpra.engine.MonitorRules;
import org.junit.jupiter.api.Test;

/// What the ends of pulses make of a monitor that nobody repairs.
interface HealthTopic extends Worlds {
  @Test
  default void aPassedPulseLengthensTheStreakAndRaisesNothing() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING, 0);

    world.pass(monitor, 3);

    assertThat(world.words(monitor)).isEqualTo("idle streak=3");
    assertThat(world.trace().alerts(monitor)).isEmpty();
  }

  @Test
  default void theFirstFailureWarnsOnceAndTheUthOpensAnIncident() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(3, 2), 0);

    world.fail(monitor, 1);
    assertThat(world.words(monitor)).isEqualTo("idle warned alerted failures=1");
    world.fail(monitor, 1);
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW");
    world.fail(monitor, 1);

    assertThat(world.words(monitor)).isEqualTo("idle warned incident alerted failures=3");
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "RAISED RED");
  }

  @Test
  default void aThresholdOfOneRaisesYellowThenRedInOneEvent() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING, 0);

    world.fail(monitor, 1);

    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "RAISED RED");
  }

  @Test
  default void anOpenIncidentRaisesNoSecondRed() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING, 0);

    world.fail(monitor, 10);

    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "RAISED RED");
    assertThat(world.words(monitor)).isEqualTo("idle warned incident alerted failures=10");
  }

  @Test
  default void hPassesInARowMakeItGreen() { // M14
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(2, 3), 0);
    world.fail(monitor, 1);

    world.pass(monitor, 2);
    assertThat(world.words(monitor)).isEqualTo("idle warned alerted streak=2");
    world.fail(monitor, 1);
    assertThat(world.words(monitor)).isEqualTo("idle warned alerted failures=1");
    world.pass(monitor, 2);
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW");
    world.pass(monitor, 1);

    assertThat(world.words(monitor)).isEqualTo("idle");
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "RAISED GREEN");
  }

  @Test
  default void greenClosesAnIncident() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(1, 2), 0);

    world.fail(monitor, 2);
    world.pass(monitor, 2);
    world.fail(monitor, 1);

    assertThat(world.trace().alerts(monitor))
        .containsExactly(
            "RAISED YELLOW", "RAISED RED", "RAISED GREEN", "RAISED YELLOW", "RAISED RED");
  }

  @Test
  default void coloursThatAreNotConfiguredAreSkippedAndCounted() { // M11
    EngineWorld world = world();
    int monitor = world.add(Rules.PLAIN, 0);

    world.fail(monitor, 1);
    world.pass(monitor, 1);

    assertThat(world.trace().alerts(monitor))
        .containsExactly("SKIPPED YELLOW", "SKIPPED RED", "SKIPPED GREEN");
    assertThat(world.ledger().alerts.skipped).isEqualTo(3);
    assertThat(world.ledger().alerts.raised).isZero();
    assertThat(world.ledger().code.due).isZero();
    assertThat(world.words(monitor)).isEqualTo("idle");
  }

  @Test
  default void greenIsSkippedWhenNothingWasRaisedThatItCouldTakeBack() {
    EngineWorld world = world();
    int monitor =
        world.add(Rules.PLAIN.withThresholds(2, 1).withAlerts(Rules.only(Code.RED, Code.GREEN)), 0);

    world.fail(monitor, 1);
    world.pass(monitor, 1);
    assertThat(world.trace().alerts(monitor)).containsExactly("SKIPPED YELLOW", "SKIPPED GREEN");
    world.fail(monitor, 2);
    world.pass(monitor, 1);

    assertThat(world.trace().alerts(monitor))
        .containsExactly(
            "SKIPPED YELLOW", "SKIPPED GREEN", "SKIPPED YELLOW", "RAISED RED", "RAISED GREEN");
  }

  @Test
  default void anExpiredPulseSaysNothingAboutTheTarget() { // M5
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(3, 1), 0);
    world.pass(monitor, 2);
    Job job = world.nextPulse(monitor);

    world.tickAt(job.deadline() - 1);
    assertThat(world.ledger().pulse.inFlight).isEqualTo(1);
    world.tickAt(job.deadline());

    assertThat(world.words(monitor)).isEqualTo("idle streak=2 expiries=1");
    assertThat(world.ledger().pulse.expired).isEqualTo(1);
    assertThat(world.trace().alerts(monitor)).isEmpty();
    assertThat(world.nextPulse(monitor).due()).isEqualTo(30 * SECOND);
  }

  @Test
  default void atUExpiriesInARowItIsUnknownAndGrayOnce() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(2, 2), 0);
    world.pass(monitor, 1);

    world.expire(monitor, 2);
    assertThat(world.words(monitor)).isEqualTo("idle unknown alerted expiries=2");
    world.expire(monitor, 3);

    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED GRAY");
    assertThat(world.words(monitor)).isEqualTo("idle unknown alerted expiries=5");
  }

  @Test
  default void anUnknownTargetIsGreenAfterHPasses() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(1, 2), 0);
    world.expire(monitor, 1);

    world.pass(monitor, 1);
    assertThat(world.words(monitor)).isEqualTo("idle unknown alerted streak=1");
    world.pass(monitor, 1);

    assertThat(world.words(monitor)).isEqualTo("idle");
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED GRAY", "RAISED GREEN");
  }

  @Test
  default void aFailureEndsNotKnowingAndAPassEndsTheRowOfExpiries() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(2, 1), 0);
    world.expire(monitor, 1);
    world.pass(monitor, 1);
    world.expire(monitor, 1);
    assertThat(world.trace().alerts(monitor)).isEmpty();
    world.expire(monitor, 1);
    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED GRAY");

    world.fail(monitor, 1);

    assertThat(world.words(monitor)).isEqualTo("idle warned alerted failures=1");
  }

  @Test
  default void expiriesInBetweenDoNotEndARowOfFailures() {
    EngineWorld world = world();
    int monitor = world.add(Rules.ALERTING.withThresholds(2, 1), 0);

    world.fail(monitor, 1);
    world.expire(monitor, 1);
    world.fail(monitor, 1);

    assertThat(world.trace().alerts(monitor)).containsExactly("RAISED YELLOW", "RAISED RED");
  }

  @Test
  default void countersSaturateAndThresholdsAreStillReached() {
    EngineWorld world = world();
    MonitorRules rules =
        MonitorRules.of(SECOND, SECOND / 2)
            .withThresholds(1_000, 1_000)
            .withAlerts(Rules.only(Code.RED, Code.GREEN));
    int monitor = world.add(rules, 0);

    world.fail(monitor, 999);
    assertThat(world.trace().alerts(monitor)).containsExactly("SKIPPED YELLOW");
    world.fail(monitor, 100);
    assertThat(world.words(monitor)).isEqualTo("idle warned incident alerted failures=1023");
    world.pass(monitor, 1_000);

    assertThat(world.words(monitor)).isEqualTo("idle");
    assertThat(world.trace().alerts(monitor))
        .containsExactly("SKIPPED YELLOW", "RAISED RED", "RAISED GREEN");
  }
}
