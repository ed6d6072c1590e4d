package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Vitals;
import org.junit.jupiter.api.Test;

/// Taking a monitor's state from one engine to the next, as a restart does.
interface RestoreTopic extends Worlds {
  /// A new world with the monitor restored in it, ticked once at 100 s.
  private EngineWorld restarted(MonitorRules rules, MonitorState state) {
    EngineWorld world = world().codesByHand();
    int monitor = world.add(rules, 0);
    world.engine().restore(monitor, state);
    world.tickAt(100 * SECOND);
    return world;
  }

  private static MonitorRules slow() {
    return Rules.REPAIRING.withInterval(1_000 * SECOND);
  }

  @Test
  default void aPulseInFlightIsForgottenAndItsOutcomeIsStale() {
    EngineWorld before = world();
    int monitor = before.add(slow(), 0);
    before.pass(monitor, 2);
    Job old = before.nextPulse(monitor);

    EngineWorld world = restarted(slow(), before.state(monitor));

    assertThat(world.words(0)).isEqualTo("idle streak=2");
    assertThat(world.state(0).nextSlotNanos).isEqualTo(3_000 * SECOND);
    assertThat(world.state(0).pulseDeadlineNanos).isZero();
    world.apply(old, Outcome.FAILED);
    assertThat(world.ledger().pulse.stale).isEqualTo(1);
    assertThat(world.nextPulse(0).number()).isEqualTo(old.number() + 1);
  }

  @Test
  default void aWaitingPulseIsForgotten() {
    EngineWorld before = world();
    int monitor = before.add(slow(), 0);
    before.lanes().pulse().narrow(0);
    before.tickAt(0);

    EngineWorld world = restarted(slow(), before.state(monitor));

    assertThat(world.words(0)).isEqualTo("idle");
    assertThat(world.state(0).pulseDueNanos).isZero();
    assertThat(world.ledger().pulse.due).isZero();
  }

  @Test
  default void theSlotGivenToAddCountsIfTheStateHasNone() {
    EngineWorld world = world();
    int monitor = world.add(slow(), 7 * SECOND);
    world.engine().restore(monitor, new MonitorState());

    assertThat(world.nextPulse(monitor).due()).isEqualTo(7 * SECOND);
  }

  @Test
  default void aDueInterventionIsDueAgain() {
    EngineWorld before = world();
    int monitor = before.add(slow(), 0);
    before.lanes().intervention().narrow(0);
    before.fail(monitor, 1);

    EngineWorld world = restarted(slow(), before.state(monitor));

    Job job = world.takeOne(Lane.INTERVENTION);
    assertThat(job.detail()).isEqualTo(1);
    assertThat(job.due()).isZero();
    assertThat(world.ledger().intervention.due).isEqualTo(1);
  }

  @Test
  default void aDueInterventionThatTheRulesNoLongerHaveIsGivenUp() {
    EngineWorld before = world();
    int monitor = before.add(slow(), 0);
    before.lanes().intervention().narrow(0);
    before.fail(monitor, 1);

    EngineWorld world = restarted(slow().withIntervention(null), before.state(monitor));

    world.takeNone(Lane.INTERVENTION);
    assertThat(Vitals.phase(world.vitals(0))).isEqualTo(Vitals.IDLE);
    assertThat(world.state(0).interventionNanos).isZero();
  }

  @Test
  default void anInterventionInFlightIsVerifiedNotRepeated() {
    EngineWorld before = world();
    int monitor = before.add(Rules.REPAIRING, 0);
    before.fail(monitor, 1);
    Job old = before.takeOne(Lane.INTERVENTION);

    EngineWorld world = restarted(Rules.REPAIRING, before.state(monitor));

    world.takeNone(Lane.INTERVENTION);
    assertThat(world.words(0))
        .isEqualTo("idle warned verifying alerted failures=1 attempts=1 verify-left=2");
    world.takeNone(Lane.PULSE);
    assertThat(world.state(0).interventionNanos)
        .as("it settles from the first tick on")
        .isEqualTo(115 * SECOND);
    world.apply(old, Outcome.FAILED);
    assertThat(world.ledger().intervention.stale).isEqualTo(1);
    assertThat(world.nextPulse(0).due()).isEqualTo(120 * SECOND);
  }

  @Test
  default void interventionNumbersGoOnFromTheStates() {
    EngineWorld before = world();
    int monitor = before.add(slow(), 0);
    before.fail(monitor, 1);
    MonitorState state = before.state(monitor);
    state.interventionNumber = 41;
    EngineWorld world = restarted(slow(), state);
    int other = world.add(slow(), world.now());
    world.tick();

    world.apply(world.takeOne(Lane.PULSE), Outcome.FAILED);

    Job job = world.takeOne(Lane.INTERVENTION);
    assertThat(job.monitor()).isEqualTo(other);
    assertThat(job.number()).isEqualTo(42);
  }

  @Test
  default void settlingAndVerifyingGoOn() {
    EngineWorld before = world();
    int monitor = before.add(Rules.REPAIRING, 0);
    before.fail(monitor, 1);
    Job job = before.takeOne(Lane.INTERVENTION);
    before.apply(job, Outcome.OK);
    MonitorState state = before.state(monitor);
    state.interventionNanos = 105 * SECOND;

    EngineWorld world = restarted(Rules.REPAIRING, state);

    world.takeNone(Lane.PULSE);
    assertThat(Vitals.verifyLeft(world.vitals(0))).isEqualTo(2);
    assertThat(world.nextPulse(0).due()).isEqualTo(110 * SECOND);
  }

  @Test
  default void anAlertInFlightIsDueAgainAndQueuedOnesCountAsRaised() {
    EngineWorld before = world().codesByHand();
    int monitor = before.add(slow().withIntervention(null), 0);
    before.fail(monitor, 1);
    Job old = before.takeOne(Lane.CODE);
    assertThat(Alerts.inFlight(before.state(monitor).alerts)).isTrue();

    EngineWorld world = restarted(slow().withIntervention(null), before.state(monitor));

    assertThat(world.ledger().alerts.raised).isEqualTo(2);
    assertThat(world.trace().alerts(0)).containsExactly("RAISED YELLOW", "RAISED RED");
    Job again = world.takeOne(Lane.CODE);
    assertThat(again.detail()).isEqualTo(Code.YELLOW.ordinal());
    assertThat(again.due()).isEqualTo(100 * SECOND);
    assertThat(again.number()).isGreaterThan(old.number());
    assertThat(Alerts.failed(world.state(0).alerts)).isZero();
    world.apply(old, Outcome.OK);
    assertThat(world.ledger().code.stale).isEqualTo(1);
    world.apply(again, Outcome.OK);
    assertThat(world.takeOne(Lane.CODE).detail()).isEqualTo(Code.RED.ordinal());
  }

  @Test
  default void anAlertsBackoffGoesOn() {
    EngineWorld before = world().codesByHand();
    int monitor = before.add(slow().withThresholds(2, 1), 0);
    before.fail(monitor, 1);
    before.apply(before.takeOne(Lane.CODE), Outcome.FAILED);
    MonitorState state = before.state(monitor);
    assertThat(state.codeNanos).isEqualTo(SECOND);
    state.codeNanos = 101 * SECOND;

    EngineWorld world = restarted(slow().withThresholds(2, 1), state);

    world.takeNone(Lane.CODE);
    world.tickAt(101 * SECOND);
    assertThat(world.takeOne(Lane.CODE).due()).isEqualTo(101 * SECOND);
    assertThat(Alerts.failed(world.state(0).alerts)).isEqualTo(1);
  }

  @Test
  default void anOpenIncidentStaysOpenAndIsRepeatedWhenItWouldHaveBeen() {
    AlertRules reminding = new AlertRules(Code.RED.bit(), SECOND, 5, 150 * SECOND);
    MonitorRules rules = Rules.PLAIN.withInterval(1_000 * SECOND).withAlerts(reminding);
    EngineWorld before = world();
    int monitor = before.add(rules, 0);
    before.fail(monitor, 1);
    before.tick();

    EngineWorld world = restarted(rules, before.state(monitor));
    assertThat(Vitals.has(world.vitals(0), Vitals.INCIDENT)).isTrue();
    world.tickAt(150 * SECOND - MS);
    assertThat(world.ledger().alerts.raised).isZero();
    world.tickAt(150 * SECOND);

    assertThat(world.takeOne(Lane.CODE).detail()).isEqualTo(Code.RED.ordinal());
  }

  @Test
  default void aPausedMonitorStaysPaused() {
    EngineWorld before = world();
    int monitor = before.add(Rules.PLAIN, SECOND);
    before.engine().pause(monitor, true);
    before.tickAt(0);

    EngineWorld world = restarted(Rules.PLAIN, before.state(monitor));

    world.takeNone(Lane.PULSE);
    assertThat(world.words(0)).isEqualTo("idle paused");
    assertThat(world.ledger().pulse.missed).isEqualTo(10);
  }

  @Test
  default void slotsPassedWhileNothingRanAreOnePulseAndMissedSlots() {
    EngineWorld before = world();
    int monitor = before.add(Rules.PLAIN, 3 * SECOND);
    before.pass(monitor, 1);

    EngineWorld world = restarted(Rules.PLAIN, before.state(monitor));

    assertThat(world.takeOne(Lane.PULSE).due()).isEqualTo(13 * SECOND);
    assertThat(world.ledger().pulse.missed).isEqualTo(8);
    assertThat(world.state(0).nextSlotNanos).isEqualTo(103 * SECOND);
  }
}
