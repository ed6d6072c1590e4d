package dev.cpra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The lifecycle table, row by row. [LifecycleExplorationTest] looks at every short life.
class LifecycleTest {
  private static final AlertRules ALL = new AlertRules(Code.ALL_MASK, 1, 5, 0);
  private static final MonitorRules PLAIN =
      MonitorRules.of(100, 10).withThresholds(3, 2).withCalm(4).withAlerts(ALL);
  private static final MonitorRules REPAIRING =
      PLAIN.withIntervention(new InterventionRules(10, 2, 50, 3));

  private static String words(long result) {
    return Vitals.describe(Lifecycle.state(result));
  }

  private static long failed(long vitals, MonitorRules rules, int times) {
    long result = vitals;
    for (int i = 0; i < times; i++) {
      result = Lifecycle.pulseFailed(Lifecycle.state(result), rules);
    }
    return result;
  }

  private static long passed(long vitals, MonitorRules rules, int times) {
    long result = vitals;
    for (int i = 0; i < times; i++) {
      result = Lifecycle.pulseOk(Lifecycle.state(result), rules);
    }
    return result;
  }

  private static long expired(long vitals, MonitorRules rules, int times) {
    long result = vitals;
    for (int i = 0; i < times; i++) {
      result = Lifecycle.pulseExpired(Lifecycle.state(result), rules);
    }
    return result;
  }

  private static void assertRaised(long result, Code... codes) {
    assertThat(Lifecycle.raised(result)).as("raised").isEqualTo(Code.mask(codes));
  }

  private static void assertSkipped(long result, Code... codes) {
    assertThat(Lifecycle.skipped(result)).as("skipped").isEqualTo(Code.mask(codes));
  }

  @Test
  void onlyAnIdleMonitorThatRunsAndWaitsForNothingOffersItsSlotAndHearsRunNow() {
    for (int phase = 0; phase < 4; phase++) {
      for (long flags :
          new long[] {0, Vitals.PAUSED, Vitals.WAITING, Vitals.WARNED, Vitals.VERIFYING}) {
        long vitals = Vitals.withPhase(flags, phase);
        boolean may = phase == Vitals.IDLE && !Vitals.has(vitals, Vitals.PAUSED | Vitals.WAITING);
        assertThat(Lifecycle.offersSlot(vitals)).isEqualTo(may);
        assertThat(Lifecycle.hearsRunNow(vitals)).isEqualTo(may);
      }
    }
  }

  @Test
  void aPulseWaitsAndIsGivenUpOrTaken() {
    long waiting = Lifecycle.pulseWaits(Vitals.INITIAL);
    assertThat(words(waiting)).isEqualTo("idle waiting");
    assertThat(Lifecycle.pulseGivenUp(waiting)).isEqualTo(Vitals.INITIAL);
    assertThat(words(Lifecycle.pulseGivenUp(waiting | Vitals.WARNED))).isEqualTo("idle warned");
    assertThat(words(Lifecycle.pulseDispatched(waiting))).isEqualTo("pulse-in-flight");
  }

  @Test
  void okLengthensTheStreakAndEndsFailuresAndExpiries() {
    long result = passed(expired(failed(0, PLAIN, 1), PLAIN, 1), PLAIN, 1);
    assertThat(words(result)).isEqualTo("idle warned alerted streak=1");
    assertThat(result & Lifecycle.EFFECTS).isZero();
  }

  @Test
  void hOksMakeWarnedUnknownAndIncidentGreen() {
    for (long flag : new long[] {Vitals.WARNED, Vitals.UNKNOWN, Vitals.INCIDENT}) {
      long one = passed(flag | Vitals.ALERTED, PLAIN, 1);
      assertRaised(one);
      long two = passed(one, PLAIN, 1);
      assertThat(words(two)).isEqualTo("idle");
      assertRaised(two, Code.GREEN);
    }
  }

  @Test
  void greenKeepsThePauseAndTheAttempts() {
    long vitals = Vitals.withAttempts(Vitals.FLAGS & ~(Vitals.VERIFYING | Vitals.WAITING), 2);
    assertThat(words(passed(vitals, PLAIN, 2))).isEqualTo("idle paused attempts=2");
  }

  @Test
  void greenIsSkippedWithoutAnAlertToTakeBackOrWithoutBeingConfigured() {
    long nothing = passed(Vitals.WARNED, PLAIN, 2);
    assertRaised(nothing);
    assertSkipped(nothing, Code.GREEN);
    MonitorRules noGreen =
        PLAIN.withAlerts(new AlertRules(Code.ALL_MASK & ~Code.GREEN.bit(), 1, 5, 0));
    long unconfigured = passed(Vitals.WARNED | Vitals.ALERTED, noGreen, 2);
    assertRaised(unconfigured);
    assertSkipped(unconfigured, Code.GREEN);
    assertThat(words(unconfigured)).isEqualTo("idle");
  }

  @Test
  void cOksForgetAttempts() {
    long vitals = Vitals.withAttempts(0, 2);
    assertThat(words(passed(vitals, REPAIRING, 3))).isEqualTo("idle streak=3 attempts=2");
    assertThat(words(passed(vitals, REPAIRING, 4))).isEqualTo("idle streak=4");
  }

  @Test
  void theFirstFailureWarnsAndTheUthOpensAnIncident() {
    long one = failed(0, PLAIN, 1);
    assertRaised(one, Code.YELLOW);
    long two = failed(one, PLAIN, 1);
    assertRaised(two);
    long three = failed(two, PLAIN, 1);
    assertRaised(three, Code.RED);
    assertThat(words(three)).isEqualTo("idle warned incident alerted failures=3");
    assertThat(failed(three, PLAIN, 1) & Lifecycle.EFFECTS).isZero();
  }

  @Test
  void withAThresholdOfOneYellowAndRedComeTogether() {
    assertRaised(failed(0, PLAIN.withThresholds(1, 1), 1), Code.YELLOW, Code.RED);
  }

  @Test
  void coloursThatAreNotConfiguredAreSkipped() {
    MonitorRules none = PLAIN.withThresholds(1, 1).withAlerts(AlertRules.NONE);
    long result = failed(0, none, 1);
    assertRaised(result);
    assertSkipped(result, Code.YELLOW, Code.RED);
    assertThat(words(result)).isEqualTo("idle warned incident failures=1");
  }

  @Test
  void atUFailuresAnInterventionIsDueNow() {
    long result = failed(0, REPAIRING, 3);
    assertThat(words(result)).isEqualTo("intervention-due warned alerted failures=3");
    assertThat(result & Lifecycle.EFFECTS).isEqualTo(Lifecycle.INTERVENTION_NOW);
  }

  @Test
  void spentAttemptsOpenAnIncident() {
    long result = failed(Vitals.withAttempts(0, 2), REPAIRING, 3);
    assertThat(words(result)).isEqualTo("idle warned incident alerted failures=3 attempts=2");
    assertRaised(result, Code.RED);
  }

  @Test
  void aPausedMonitorStartsNoInterventionAndOpensNoIncidentWhileAttemptsAreLeft() {
    long result = failed(Vitals.PAUSED, REPAIRING, 3);
    assertThat(words(result)).isEqualTo("idle paused warned alerted failures=3");
    assertRaised(result);
  }

  @Test
  void anInterventionThatSucceedsIsVerified() {
    long inFlight = Lifecycle.interventionDispatched(Lifecycle.state(failed(0, REPAIRING, 3)));
    assertThat(words(inFlight))
        .isEqualTo("intervention-in-flight warned alerted failures=3 attempts=1");
    long ok = Lifecycle.interventionOk(inFlight, REPAIRING);
    assertThat(words(ok))
        .isEqualTo("idle warned verifying alerted failures=3 attempts=1 verify-left=3");
    assertRaised(ok, Code.CYAN);
    assertThat(ok & Lifecycle.SETTLE).isNotZero();
    long twoPassed = passed(ok, REPAIRING, 2);
    assertThat(words(twoPassed))
        .isEqualTo("idle warned verifying alerted attempts=1 verify-left=1");
    long green = passed(twoPassed, REPAIRING, 1);
    assertThat(words(green)).isEqualTo("idle attempts=1");
    assertRaised(green, Code.GREEN);
  }

  @Test
  void anInterventionThatExpiresIsVerifiedWithoutCyan() {
    long inFlight = Vitals.withPhase(Vitals.WARNED, Vitals.INTERVENTION_IN_FLIGHT);
    long result = Lifecycle.interventionExpired(inFlight, REPAIRING);
    assertThat(result & Lifecycle.EFFECTS).isEqualTo(Lifecycle.SETTLE);
    assertThat(words(result)).isEqualTo("idle warned verifying verify-left=3");
  }

  @Test
  void aFailureWhileVerifyingTriesAgainLaterOrGivesUp() {
    long verifying = Vitals.withVerifyLeft(Vitals.WARNED | Vitals.VERIFYING, 2);
    long again = failed(Vitals.withAttempts(verifying, 1), REPAIRING, 1);
    assertThat(words(again)).isEqualTo("intervention-due warned failures=1 attempts=1");
    assertThat(again & Lifecycle.EFFECTS).isEqualTo(Lifecycle.INTERVENTION_LATER);
    long over = failed(Vitals.withAttempts(verifying, 2), REPAIRING, 1);
    assertThat(words(over)).isEqualTo("idle warned incident alerted failures=1 attempts=2");
    assertRaised(over, Code.RED);
  }

  @Test
  void aFailedInterventionIsRepeatedLaterOrGivenUp() {
    long inFlight = Vitals.withPhase(Vitals.WARNED, Vitals.INTERVENTION_IN_FLIGHT);
    long again = Lifecycle.interventionFailed(Vitals.withAttempts(inFlight, 1), REPAIRING);
    assertThat(Vitals.phase(again)).isEqualTo(Vitals.INTERVENTION_DUE);
    assertThat(again & Lifecycle.EFFECTS).isEqualTo(Lifecycle.INTERVENTION_LATER);
    long over = Lifecycle.interventionFailed(Vitals.withAttempts(inFlight, 2), REPAIRING);
    assertThat(Vitals.phase(over)).isEqualTo(Vitals.IDLE);
    assertRaised(over, Code.RED);
  }

  @Test
  void anInterventionThatIsNotTakenIsAnAttempt() {
    long due = Vitals.withPhase(Vitals.WARNED, Vitals.INTERVENTION_DUE);
    long first = Lifecycle.interventionNotTaken(due, REPAIRING);
    assertThat(words(first)).isEqualTo("intervention-due warned attempts=1");
    long second = Lifecycle.interventionNotTaken(Lifecycle.state(first), REPAIRING);
    assertThat(words(second)).isEqualTo("idle warned incident alerted attempts=2");
  }

  @Test
  void uExpiriesInARowAreGrayOnceAndEndTheStreak() {
    long two = expired(passed(0, PLAIN, 5), PLAIN, 2);
    assertThat(words(two)).isEqualTo("idle streak=5 expiries=2");
    long three = expired(two, PLAIN, 1);
    assertThat(words(three)).isEqualTo("idle unknown alerted expiries=3");
    assertRaised(three, Code.GRAY);
    assertThat(expired(three, PLAIN, 1) & Lifecycle.EFFECTS).isZero();
    assertThat(words(failed(three, PLAIN, 1))).isEqualTo("idle warned alerted failures=1");
    assertThat(words(expired(failed(0, PLAIN, 2), PLAIN, 3)))
        .as("failures stay")
        .isEqualTo("idle warned unknown alerted failures=2 expiries=3");
  }

  @Test
  void pauseGivesUpWhatWaitsAndResumeForgetsAllButWarnedUnknownAndIncident() {
    long due = Vitals.withPhase(Vitals.WARNED | Vitals.INCIDENT, Vitals.INTERVENTION_DUE);
    assertThat(words(Lifecycle.pause(due))).isEqualTo("idle paused warned incident");
    assertThat(words(Lifecycle.pause(Vitals.WAITING))).isEqualTo("idle paused");
    assertThat(words(Lifecycle.pause(Vitals.withPhase(0, Vitals.PULSE_IN_FLIGHT))))
        .as("what is in flight ends normally")
        .isEqualTo("pulse-in-flight paused");
    long full = Vitals.withRun(Vitals.FLAGS & ~Vitals.WAITING, -5);
    full = Vitals.withVerifyLeft(Vitals.withAttempts(Vitals.withExpiries(full, 1), 2), 3);
    assertThat(words(Lifecycle.resume(full))).isEqualTo("idle warned incident unknown alerted");
    assertThat(words(Lifecycle.resume(Vitals.withPhase(full, Vitals.INTERVENTION_IN_FLIGHT))))
        .isEqualTo(
            "intervention-in-flight warned incident verifying unknown alerted"
                + " attempts=2 verify-left=3");
  }

  @Test
  void anOpenIncidentRaisesNoSecondRed() {
    long open = Vitals.INCIDENT | Vitals.WARNED | Vitals.ALERTED | Vitals.VERIFYING;
    long result = Lifecycle.pulseFailed(Vitals.withAttempts(open, 2), REPAIRING);
    assertThat(words(result)).isEqualTo("idle warned incident alerted failures=1 attempts=2");
    assertThat(result & Lifecycle.EFFECTS).isZero();
  }

  @Test
  void aReminderIsAnotherRed() {
    long incident = Vitals.INCIDENT | Vitals.WARNED | Vitals.ALERTED;
    assertRaised(Lifecycle.remind(incident, PLAIN), Code.RED);
    assertThat(Lifecycle.state(Lifecycle.remind(incident, PLAIN))).isEqualTo(incident);
  }

  @Test
  void aRestartForgetsPulsesVerifiesInterventionsAndKeepsDueOnes() {
    long v = Vitals.WARNED;
    assertThat(Lifecycle.restored(v | Vitals.WAITING, REPAIRING)).isEqualTo(v);
    assertThat(Lifecycle.restored(Vitals.withPhase(v, Vitals.PULSE_IN_FLIGHT), REPAIRING))
        .isEqualTo(v);
    long due = Vitals.withPhase(v, Vitals.INTERVENTION_DUE);
    assertThat(Lifecycle.restored(due, REPAIRING)).isEqualTo(due);
    assertThat(Lifecycle.restored(due, PLAIN)).isEqualTo(v);
    long inFlight = Vitals.withPhase(v, Vitals.INTERVENTION_IN_FLIGHT);
    assertThat(Lifecycle.restored(inFlight, REPAIRING))
        .isEqualTo(Lifecycle.interventionExpired(inFlight, REPAIRING));
  }

  @Test
  void aNewGridLiesAfterNowAndNoTwoSlotsAreCloserThanTheNewInterval() {
    for (long old = 1; old <= 12; old++) {
      for (long interval = 1; interval <= 12; interval++) {
        for (long last = 0; last <= 6; last++) {
          for (long now = last; now <= last + 30; now++) {
            long next = Lifecycle.regrid(last + old, old, interval, now);
            if (last + old <= now) {
              assertThat(next).as("its time has come").isEqualTo(last + old);
              continue;
            }
            assertThat(next).isGreaterThan(now);
            assertThat(next - last).isPositive();
            assertThat((next - last) % interval).isZero();
            assertThat(next - interval <= now || next == last + interval).isTrue();
          }
        }
      }
    }
  }

  @Test
  void aNewGridOfAMonitorWhoseFirstSlotIsFarAheadCountsFromOneOldIntervalBeforeIt() {
    assertThat(Lifecycle.regrid(100, 10, 5, 50)).isEqualTo(95);
    assertThat(Lifecycle.regrid(100, 10, 30, 50)).isEqualTo(120);
  }

  @Test
  void theSlotAfterIsTheFirstOfTheGridThatLiesAfterNow() {
    for (long slot = 0; slot < 5; slot++) {
      for (long interval = 1; interval < 8; interval++) {
        for (long now = slot; now < 40; now++) {
          long expected = slot;
          while (expected <= now) {
            expected += interval;
          }
          assertThat(Lifecycle.slotAfter(slot, interval, now)).isEqualTo(expected);
        }
      }
    }
  }
}
