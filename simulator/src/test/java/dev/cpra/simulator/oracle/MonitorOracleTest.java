package dev.cpra.simulator.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.simulator.oracle.MonitorFields.Phase;
import org.junit.jupiter.api.Test;

/// The clauses of the table, one by one. Times are in seconds; the grace is one second.
class MonitorOracleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AlertRules ALL = new AlertRules(Code.ALL_MASK, 10 * SECOND, 1, 0);
  private static final MonitorRules RULES =
      MonitorRules.of(10 * SECOND, 2 * SECOND).withThresholds(2, 2).withAlerts(ALL);
  private static final MonitorRules REPAIRING =
      RULES.withIntervention(new InterventionRules(5 * SECOND, 2, 15 * SECOND, 2));

  private final Moment moment = new Moment(EngineLimits.of(8));
  private final ExpectedEvents expected = new ExpectedEvents();
  private final MonitorOracle monitor = new MonitorOracle(3, moment, expected);
  private int number;

  private void add(MonitorRules rules) {
    monitor.add(rules, 10 * SECOND);
  }

  private void at(long second) {
    moment.tickBegins(second * SECOND);
    monitor.expire();
    monitor.book();
  }

  /// The pulse that waits is taken, and ends a second later.
  private void pulse(long second, byte outcome) {
    at(second);
    assertThat(monitor.pulse.waiting).isTrue();
    monitor.pulseTaken(++number);
    moment.tickBegins((second + 1) * SECOND);
    monitor.outcome(Lane.PULSE, number, outcome);
    monitor.book();
    ended(Lane.PULSE, number, outcome, second);
  }

  private void ended(Lane lane, int job, int how, long due) {
    came(ExpectedEvents.ENDED + lane.ordinal(), job, how, due * SECOND, 0);
  }

  private void told(int what, Code code) {
    came(what, 0, code.ordinal(), 0, 0);
  }

  private void came(int sort, int job, int detail, long one, long two) {
    assertThat(expected.came(3, sort, job, detail, one, two)).isNull();
  }

  private void nothingElse() {
    assertThat(expected.stillExpected(3)).isNull();
  }

  @Test
  void aSlotReachedByAnIdleMonitorWaitsAndFurtherOnesAreMissed() {
    add(RULES);
    at(9);
    assertThat(monitor.pulse.waiting).isFalse();

    at(35);

    assertThat(monitor.pulse.waiting).isTrue();
    assertThat(monitor.pulse.dueNanos).isEqualTo(10 * SECOND);
    came(ExpectedEvents.MISSED, 0, 0, 20 * SECOND, 2);
    nothingElse();
    assertThat(monitor.nextSlotNanos).isEqualTo(40 * SECOND);
  }

  @Test
  void aTakenPulseIsInFlightUntilItsTimeoutAndGrace() {
    add(RULES);
    at(10);
    monitor.pulseTaken(1);

    assertThat(monitor.phase).isEqualTo(Phase.PULSE_IN_FLIGHT);
    assertThat(monitor.ownTimeNanos()).isEqualTo(13 * SECOND);

    at(12);
    nothingElse();
    at(13);
    ended(Lane.PULSE, 1, Transitions.EXPIRED, 10);
    assertThat(monitor.phase).isEqualTo(Phase.IDLE);
    assertThat(monitor.expiries).isEqualTo(1);
  }

  @Test
  void theFirstFailureWarnsTheUthWithoutInterventionOpensAnIncident() {
    add(RULES);
    pulse(10, Outcome.FAILED);
    told(ExpectedEvents.RAISED, Code.YELLOW);
    assertThat(monitor.warned).isTrue();
    assertThat(monitor.incident).isFalse();

    pulse(20, Outcome.FAILED);
    told(ExpectedEvents.RAISED, Code.RED);
    assertThat(monitor.incident).isTrue();

    pulse(30, Outcome.FAILED);
    nothingElse();
  }

  @Test
  void hOksBringGreenAndClearAllFlags() {
    add(RULES);
    pulse(10, Outcome.FAILED);
    told(ExpectedEvents.RAISED, Code.YELLOW);
    pulse(20, Outcome.OK);
    assertThat(monitor.warned).isTrue();

    pulse(30, Outcome.OK);

    told(ExpectedEvents.RAISED, Code.GREEN);
    assertThat(monitor.warned).isFalse();
    assertThat(monitor.alerts.alerted).isFalse();
    assertThat(monitor.streak).isZero();
    nothingElse();
  }

  @Test
  void greenIsSkippedUnlessAConfiguredAlertWasRaised() {
    add(RULES.withAlerts(new AlertRules(Code.GREEN.bit(), SECOND, 1, 0)));
    pulse(10, Outcome.FAILED);
    told(ExpectedEvents.SKIPPED, Code.YELLOW);
    pulse(20, Outcome.OK);
    pulse(30, Outcome.OK);

    told(ExpectedEvents.SKIPPED, Code.GREEN);
    nothingElse();
  }

  @Test
  void uExpiriesInARowAreUnknownOnce() {
    add(RULES);
    for (int i = 1; i <= 3; i++) {
      at(10L * i);
      monitor.pulseTaken(i);
      at(10L * i + 3);
      ended(Lane.PULSE, i, Transitions.EXPIRED, 10L * i);
      if (i == 2) {
        told(ExpectedEvents.RAISED, Code.GRAY);
      }
      nothingElse();
    }
    assertThat(monitor.unknown).isTrue();
    assertThat(monitor.failures).isZero();
  }

  private void failTwice() {
    add(REPAIRING);
    pulse(10, Outcome.FAILED);
    told(ExpectedEvents.RAISED, Code.YELLOW);
    pulse(20, Outcome.FAILED);
    nothingElse();
    assertThat(monitor.intervention.waiting).isTrue();
    assertThat(monitor.intervention.dueNanos).isEqualTo(21 * SECOND);
  }

  @Test
  void anInterventionThatHelpedIsVerifiedAfterItsDelay() {
    failTwice();
    monitor.interventionTaken(7);
    assertThat(monitor.attempts).isEqualTo(1);
    assertThat(monitor.intervention.deadlineNanos).isEqualTo(27 * SECOND);

    moment.tickBegins(24 * SECOND);
    monitor.outcome(Lane.INTERVENTION, 7, Outcome.OK);
    ended(Lane.INTERVENTION, 7, Transitions.OK, 21);
    told(ExpectedEvents.RAISED, Code.CYAN);
    assertThat(monitor.verifying).isTrue();
    assertThat(monitor.verifyLeft).isEqualTo(2);

    at(39); // settles until 39
    came(ExpectedEvents.MISSED, 0, 0, 30 * SECOND, 1);
    pulse(40, Outcome.OK);
    pulse(50, Outcome.OK);
    told(ExpectedEvents.RAISED, Code.GREEN);
    assertThat(monitor.attempts).isEqualTo(1);
    nothingElse();
  }

  @Test
  void anExpiredInterventionIsVerifiedWithoutCyan() {
    failTwice();
    monitor.interventionTaken(7);

    at(27);

    ended(Lane.INTERVENTION, 7, Transitions.EXPIRED, 21);
    nothingElse();
    assertThat(monitor.verifying).isTrue();
  }

  @Test
  void aFailedInterventionIsDueAgainUntilItsAttemptsAreSpent() {
    failTwice();
    monitor.interventionTaken(7);
    moment.tickBegins(22 * SECOND);
    monitor.outcome(Lane.INTERVENTION, 7, Outcome.FAILED);
    ended(Lane.INTERVENTION, 7, Transitions.FAILED, 21);
    assertThat(monitor.phase).isEqualTo(Phase.INTERVENTION_DUE);

    at(36);
    came(ExpectedEvents.MISSED, 0, 0, 30 * SECOND, 1);
    assertThat(monitor.intervention.waiting).isFalse();
    at(37);
    assertThat(monitor.intervention.waiting).isTrue();

    at(43); // not taken within 5 s and the grace
    came(ExpectedEvents.CANCELLED + 1, 0, 0, 37 * SECOND, 0);
    told(ExpectedEvents.RAISED, Code.RED);
    assertThat(monitor.incident).isTrue();
    assertThat(monitor.attempts).isEqualTo(2);
    assertThat(monitor.pulse.dueNanos).isEqualTo(40 * SECOND);
    nothingElse();
  }

  @Test
  void aPausedMonitorStartsNoInterventionAndOpensNoIncidentInItsPlace() {
    add(REPAIRING.withThresholds(1, 1));
    at(10);
    monitor.pulseTaken(1);
    monitor.pause(true);
    moment.tickBegins(11 * SECOND);
    monitor.outcome(Lane.PULSE, 1, Outcome.FAILED);

    ended(Lane.PULSE, 1, Transitions.FAILED, 10);
    told(ExpectedEvents.RAISED, Code.YELLOW);
    nothingElse();
    assertThat(monitor.phase).isEqualTo(Phase.IDLE);
    assertThat(monitor.incident).isFalse();

    at(25);
    came(ExpectedEvents.MISSED, 0, 0, 20 * SECOND, 1);
    monitor.pause(false);
    assertThat(monitor.failures).isZero();
    assertThat(monitor.warned).isTrue();
  }

  @Test
  void aWaitingPulseIsMissedByAPauseAndCancelledByADrain() {
    add(RULES);
    at(10);
    monitor.pause(true);
    came(ExpectedEvents.MISSED, 0, 0, 10 * SECOND, 1);

    monitor.pause(false);
    at(20);
    monitor.drain();
    came(ExpectedEvents.CANCELLED, 0, 0, 20 * SECOND, 0);
    nothingElse();
  }

  @Test
  void anAlertIsRetriedThenAbandonedAndTheNextIsDue() {
    add(RULES);
    pulse(10, Outcome.FAILED);
    told(ExpectedEvents.RAISED, Code.YELLOW);
    assertThat(monitor.alerts.delivery.waiting).isTrue();
    monitor.alerts.taken(1, ALL);
    moment.tickBegins(12 * SECOND);
    monitor.outcome(Lane.CODE, 1, Outcome.FAILED);
    ended(Lane.CODE, 1, Transitions.FAILED, 11);
    assertThat(monitor.alerts.ownTimeNanos(false)).isEqualTo(13 * SECOND);

    at(13);
    monitor.alerts.taken(2, ALL);
    moment.tickBegins(14 * SECOND);
    monitor.outcome(Lane.CODE, 2, Outcome.FAILED);
    ended(Lane.CODE, 2, Transitions.FAILED, 13);
    told(ExpectedEvents.ABANDONED, Code.YELLOW);
    nothingElse();
  }

  @Test
  void aRedNeverWaitsForAYellowThatIsBeingRetried() {
    add(RULES);
    pulse(10, Outcome.FAILED);
    told(ExpectedEvents.RAISED, Code.YELLOW);
    monitor.alerts.taken(1, ALL);
    moment.tickBegins(20 * SECOND);
    monitor.outcome(Lane.CODE, 1, Outcome.FAILED);
    ended(Lane.CODE, 1, Transitions.FAILED, 11);

    pulse(20, Outcome.FAILED);

    told(ExpectedEvents.RAISED, Code.RED);
    told(ExpectedEvents.ABANDONED, Code.YELLOW);
    nothingElse();
  }

  @Test
  void aNinthAlertPushesOutTheOldestNotInFlight() {
    add(RULES);
    monitor.alerts.raise(Code.YELLOW, ALL);
    monitor.alerts.raise(Code.GRAY, ALL);
    told(ExpectedEvents.RAISED, Code.YELLOW);
    told(ExpectedEvents.RAISED, Code.GRAY);
    at(1);
    monitor.alerts.taken(1, ALL);
    for (int i = 0; i < 7; i++) {
      monitor.alerts.raise(Code.GREEN, ALL);
      told(ExpectedEvents.RAISED, Code.GREEN);
    }

    told(ExpectedEvents.ABANDONED, Code.GRAY);
    assertThat(monitor.alerts.list).hasSize(8);
    nothingElse();
  }

  @Test
  void aReminderRepeatsTheRedOnceNothingIsUndelivered() {
    AlertRules reminding = new AlertRules(Code.RED.bit(), 10 * SECOND, 1, 30 * SECOND);
    add(RULES.withThresholds(1, 1).withAlerts(reminding));
    pulse(10, Outcome.FAILED);
    told(ExpectedEvents.SKIPPED, Code.YELLOW);
    told(ExpectedEvents.RAISED, Code.RED);
    monitor.alerts.taken(1, reminding);
    moment.tickBegins(12 * SECOND);
    monitor.outcome(Lane.CODE, 1, Outcome.OK);
    ended(Lane.CODE, 1, Transitions.OK, 11);
    assertThat(monitor.alerts.ownTimeNanos(true)).isEqualTo(41 * SECOND);

    at(41);

    came(ExpectedEvents.MISSED, 0, 0, 30 * SECOND, 2);
    told(ExpectedEvents.RAISED, Code.RED);
    nothingElse();
  }

  @Test
  void anotherIntervalCountsFromTheLastSlotPassed() {
    add(RULES);
    at(12);
    monitor.update(RULES.withInterval(3 * SECOND));
    assertThat(monitor.nextSlotNanos).isEqualTo(13 * SECOND);

    moment.tickBegins(14 * SECOND);
    monitor.update(RULES.withInterval(20 * SECOND));
    assertThat(monitor.nextSlotNanos).isEqualTo(13 * SECOND);
  }

  @Test
  void anOutcomeThatIsNotOfTheJobInFlightIsStale() {
    add(RULES);
    at(10);
    monitor.pulseTaken(4);
    monitor.outcome(Lane.PULSE, 3, Outcome.OK);
    monitor.outcome(Lane.PULSE, 4, Outcome.DISCARDED);
    monitor.outcome(Lane.CODE, 4, Outcome.OK);

    came(ExpectedEvents.STALE, 3, 0, 0, 0);
    came(ExpectedEvents.STALE, 4, 0, 0, 0);
    came(ExpectedEvents.STALE + 2, 4, 0, 0, 0);
    nothingElse();
    assertThat(monitor.phase).isEqualTo(Phase.PULSE_IN_FLIGHT);
  }

  @Test
  void aRemovedMonitorEndsWhatIsInFlightAndDropsItsAlerts() {
    add(RULES);
    pulse(10, Outcome.FAILED);
    told(ExpectedEvents.RAISED, Code.YELLOW);
    at(20);
    monitor.pulseTaken(2);
    monitor.remove();

    ended(Lane.PULSE, 2, Transitions.CANCELLED, 20);
    came(ExpectedEvents.CANCELLED + 2, 0, 0, 11 * SECOND, 0);
    told(ExpectedEvents.DROPPED, Code.YELLOW);
    came(ExpectedEvents.REMOVED, 0, 0, 0, 0);
    nothingElse();
  }
}
