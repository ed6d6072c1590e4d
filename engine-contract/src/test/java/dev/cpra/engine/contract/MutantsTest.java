package dev.cpra.engine.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The suite notices the bugs that it is there to notice: the reference with one of them built in
/// fails the test that names it.
class MutantsTest {
  private interface Maker {
    Engine make(EngineLimits limits, Lanes lanes, Transitions listener);
  }

  /// The suite as a plain object, around a mutant.
  private static final class Suite extends EngineContract {
    private final EngineProvider mutant;

    Suite(Maker maker) {
      mutant =
          new EngineProvider() {
            @Override
            public String name() {
              return "mutant";
            }

            @Override
            public Map<String, String> options() {
              return Map.of();
            }

            @Override
            public Engine create(
                EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions t) {
              return maker.make(limits, lanes, t);
            }
          };
    }

    @Override
    protected EngineProvider provider() {
      return mutant;
    }
  }

  @SafeVarargs
  private static void dies(Maker mutant, Consumer<EngineContract>... tests) {
    for (Consumer<EngineContract> test : tests) {
      test.accept(new Suite(OracleEngine::new)); // the sound one lives
      assertThatThrownBy(() -> test.accept(new Suite(mutant))).isInstanceOf(AssertionError.class);
    }
  }

  @Test
  void inFlightThoughTheQueueRefused() { // M1
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected boolean offer(
                  LaneQueue q, int monitor, int number, long due, long until, int d) {
                return super.offer(q, monitor, number, due, until, d) || q.lane() == Lane.PULSE;
              }
            },
        QueueTopic::aJobThatTheLaneRefusesStaysDueAndIsNotInFlight,
        suite -> suite.itDoesWhatTheReferenceDoes(1));
  }

  @Test
  void deadlinesThatNeverPass() { // M5
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected boolean hasPassed(long deadline) {
                return false;
              }
            },
        OutcomeTopic::aLostOutcomeCostsOnePulseNotTheMonitor,
        HealthTopic::anExpiredPulseSaysNothingAboutTheTarget,
        suite -> suite.itDoesWhatTheReferenceDoes(1));
  }

  @Test
  void deadlinesThatPassATickLate() {
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected boolean hasPassed(long deadline) {
                return super.hasPassed(deadline + 1);
              }
            },
        HealthTopic::anExpiredPulseSaysNothingAboutTheTarget,
        InterventionTopic::anExpiredInterventionIsVerifiedWithoutCyan);
  }

  @Test
  void lateOutcomesAppliedToTheNextJob() { // M6
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected boolean isOfJobInFlight(OracleMonitor m, Lane lane, int number) {
                return m.inFlight(lane);
              }
            },
        OutcomeTopic::aLateOutcomeIsStaleAndChangesNothing,
        OutcomeTopic::numbersArePerLane,
        CallTopic::pulseNumbersGoOnAcrossReuseAndOldOutcomesAreStale,
        suite -> suite.itDoesWhatTheReferenceDoes(2));
  }

  @Test
  void failedPulsesRepeatedAtOnce() { // M7
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected void pulseEnded(OracleMonitor m, boolean ok) {
                super.pulseEnded(m, ok);
                if (!ok) {
                  m.state.nextSlotNanos -= m.rules.intervalNanos();
                }
              }
            },
        PulseTopic::aFailedPulseWaitsForItsNextSlot,
        suite -> suite.itDoesWhatTheReferenceDoes(3));
  }

  @Test
  void failedAlertsRetriedAtOnceForEver() { // M12
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected void deliveryFailed(OracleMonitor m) {
                m.state.alerts = Alerts.restored(m.state.alerts);
                m.state.codeNanos = 0;
              }
            },
        AlertTopic::aFailedAlertIsRetriedWithGrowingWaitsThenAbandoned,
        AlertTopic::aFailedAlertIsAbandonedAtOnceIfARedWaitsBehindIt,
        suite -> suite.itDoesWhatTheReferenceDoes(4));
  }

  @Test
  void pulsesWhileAnInterventionRuns() { // M13
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected boolean mayPulse(OracleMonitor m) {
                return super.mayPulse(m) || m.phase() == Vitals.INTERVENTION_IN_FLIGHT;
              }

              @Override
              protected long settlesUntil(OracleMonitor m) {
                return m.phase() == Vitals.INTERVENTION_IN_FLIGHT ? 0 : super.settlesUntil(m);
              }
            },
        InterventionTopic::pulsesStopWhileAnInterventionIsInFlight,
        suite -> suite.itDoesWhatTheReferenceDoes(5));
  }

  @Test
  void pulsesWhileSettling() { // M13
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected long settlesUntil(OracleMonitor m) {
                return 0;
              }
            },
        InterventionTopic::aSuccessRaisesCyanSettlesAndIsVerified,
        CallTopic::aPulseAskedForWhileSettlingIsAVerifyingPulse);
  }

  @Test
  void greenNeverSent() { // M14
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected void raise(OracleMonitor m, Code code) {
                if (code != Code.GREEN) {
                  super.raise(m, code);
                }
              }
            },
        HealthTopic::hPassesInARowMakeItGreen,
        suite -> suite.itDoesWhatTheReferenceDoes(6));
  }

  @Test
  void aStreakThatSurvivesAFailure() { // M14
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              protected void pulseEnded(OracleMonitor m, boolean ok) {
                int streak = Vitals.streak(m.state.vitals);
                super.pulseEnded(m, ok);
                for (int i = 0; i < streak && !ok; i++) {
                  m.state.vitals =
                      Lifecycle.state(
                          Lifecycle.pulseOk(m.state.vitals, m.rules.withThresholds(1, 9)));
                }
              }
            },
        HealthTopic::hPassesInARowMakeItGreen);
  }

  @Test
  void slotsCountedFromTheOutcome() { // M17
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              private long now;

              @Override
              public int tick(long nowNanos) {
                now = nowNanos;
                return super.tick(nowNanos);
              }

              @Override
              protected void pulseEnded(OracleMonitor m, boolean ok) {
                super.pulseEnded(m, ok);
                m.state.nextSlotNanos = now + m.rules.intervalNanos();
              }
            },
        PulseTopic::pulsesStayOnTheGridHoweverLateTheirOutcomes,
        suite -> suite.itDoesWhatTheReferenceDoes(7));
  }

  @Test
  void wakingUpATickTooLate() {
    dies(
        (limits, lanes, listener) ->
            new OracleEngine(limits, lanes, listener) {
              @Override
              public long nextWakeupNanos() {
                long next = super.nextWakeupNanos();
                return next == Long.MAX_VALUE ? next : next + limits.tickNanos();
              }
            },
        TimeTopic::nothingDueIsEverSleptThrough,
        suite -> suite.itDoesWhatTheReferenceDoes(8));
  }
}
