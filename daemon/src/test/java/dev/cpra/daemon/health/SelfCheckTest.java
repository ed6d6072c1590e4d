package dev.cpra.daemon.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.health.Observation.StateLogStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelfCheckTest {
  private static final long SECOND = 1_000_000_000;
  private static final Observation WELL =
      new Observation("", 0, 0, 0, 0, "", 0, 0, StateLogStatus.IDLE);

  private final SelfCheck check = new SelfCheck(SelfCheckLimits.DEFAULT);

  private List<String> look(Observation seen, long second) {
    return check.look(seen, second * SECOND).stream()
        .map(change -> (change.on() ? "+" : "-") + change.alarm().key())
        .toList();
  }

  private static Observation checks(long dispatched, long late, long waiting) {
    return new Observation("", 0, dispatched, late, waiting, "", 0, 0, StateLogStatus.IDLE);
  }

  private static Observation stateLog(long pending, long oldestSeconds, String failure) {
    return new Observation(
        "", 0, 0, 0, 0, "", 0, 0, new StateLogStatus(pending, oldestSeconds * SECOND, failure));
  }

  @Test
  void aDaemonThatIsWellHasNoAlarm() {
    for (int second = 0; second < 100; second++) {
      assertThat(look(checks(second * 1_000L, second, 5), second)).isEmpty();
    }
    assertThat(check.alarms()).isEmpty();
  }

  @Test
  void aDeadEngineIsNotAlsoStalled() {
    look(WELL, 0);
    Observation dead =
        new Observation("it threw", 60 * SECOND, 0, 0, 0, "", 0, 0, StateLogStatus.IDLE);
    assertThat(look(dead, 60)).containsExactly("+engine_dead");
    assertThat(look(dead, 61)).as("told once").isEmpty();
    Health health = new Health(true, false, check.alarms());
    assertThat(health.healthy()).isFalse();
    assertThat(health.reasons()).containsExactly("engine_dead: it threw");
  }

  @Test
  void aStalledEngineIsHealthyAndNotReady() {
    Observation stalled =
        new Observation("", 5 * SECOND + 1, 0, 0, 0, "", 0, 0, StateLogStatus.IDLE);
    Observation slow = new Observation("", 5 * SECOND, 0, 0, 0, "", 0, 0, StateLogStatus.IDLE);
    assertThat(look(slow, 0)).isEmpty();
    assertThat(look(stalled, 1)).containsExactly("+engine_stalled");
    Health health = new Health(true, false, check.alarms());
    assertThat(health.healthy()).isTrue();
    assertThat(health.ready()).isFalse();
    assertThat(look(slow, 2)).containsExactly("-engine_stalled");
  }

  @Test
  void anEngineThatHasNotTickedYetIsGivenTimeFromTheStart() {
    assertThat(Watchdog.tickAge(0, 1_000, 1_007)).isEqualTo(7);
    assertThat(Watchdog.tickAge(1_005, 1_000, 1_007)).isEqualTo(2);
  }

  @Test
  void lateChecksRaiseAnAlarmAfterTwoWindowsAndTwoGoodOnesClearIt() {
    assertThat(look(checks(0, 0, 0), 0)).isEmpty();
    assertThat(look(checks(1_000, 11, 0), 10)).as("one bad window").isEmpty();
    assertThat(look(checks(2_000, 22, 0), 19)).as("not over yet").isEmpty();
    assertThat(look(checks(2_000, 22, 3), 20)).containsExactly("+behind_schedule");
    assertThat(check.alarms().get(Alarm.BEHIND_SCHEDULE))
        .isEqualTo("11 of 1000 checks left more than 1.0 s late in 10.0 s, 3 wait");
    assertThat(look(checks(3_000, 22, 0), 30)).as("one good window").isEmpty();
    assertThat(look(checks(4_000, 32, 0), 40)).containsExactly("-behind_schedule");
  }

  @Test
  void exactlyTheShareIsNotTooMuch() {
    look(checks(0, 0, 0), 0);
    for (long window = 1; window < 5; window++) {
      assertThat(look(checks(window * 1_000, window * 10, 0), window * 10)).isEmpty();
    }
  }

  @Test
  void oneBadWindowBetweenGoodOnesIsNoAlarm() {
    look(checks(0, 0, 0), 0);
    assertThat(look(checks(100, 50, 0), 10)).isEmpty();
    assertThat(look(checks(200, 50, 0), 20)).isEmpty();
    assertThat(look(checks(300, 100, 0), 30)).isEmpty();
    assertThat(look(checks(400, 100, 0), 40)).isEmpty();
  }

  @Test
  void checksThatWaitWhileNoneLeaveAreBehindToo() {
    look(checks(5, 0, 1), 0);
    assertThat(look(checks(5, 0, 1), 10)).isEmpty();
    assertThat(look(checks(5, 0, 1), 20)).containsExactly("+behind_schedule");
  }

  @Test
  void aFullDiskAndAnOldStateAreAlarms() {
    assertThat(look(stateLog(10, 30, ""), 0)).isEmpty();
    assertThat(look(stateLog(10, 31, ""), 1)).containsExactly("+state_log_behind");
    assertThat(look(stateLog(10, 31, "disk full"), 2)).containsExactly("+state_log_failing");
    assertThat(new Health(true, false, check.alarms()).reasons())
        .containsExactly(
            "state_log_behind: 10 states wait to be written, the oldest change for 31.0 s",
            "state_log_failing: disk full");
    assertThat(look(stateLog(0, 0, ""), 3))
        .containsExactlyInAnyOrder("-state_log_behind", "-state_log_failing");
    assertThat(look(stateLog(0, 31, ""), 4)).as("a heartbeat").containsExactly("+state_log_behind");
  }

  @Test
  void whatTheAuditFindsIsToldEachTimeAndLastsTenMinutes() {
    look(WELL, 0);
    assertThat(look(broken(1), 10)).containsExactly("+audit_broken");
    assertThat(look(broken(1), 609)).isEmpty();
    assertThat(look(broken(2), 609)).isEmpty();
    assertThat(look(broken(2), 1_208)).isEmpty();
    assertThat(new Health(true, false, check.alarms()).ready())
        .as("it was repaired: the daemon does its work")
        .isTrue();
    assertThat(look(broken(2), 1_209)).containsExactly("-audit_broken");
  }

  @Test
  void anAccountThatDoesNotBalanceIsAnAlarm() {
    Observation wrong = new Observation("", 0, 0, 0, 0, "due 1", 0, 0, StateLogStatus.IDLE);
    assertThat(look(wrong, 0)).containsExactly("+ledger_unbalanced");
    assertThat(look(WELL, 1)).containsExactly("-ledger_unbalanced");
  }

  @Test
  void aLimitReachedIsAnAlarm() {
    look(WELL, 0);
    Observation full = new Observation("", 0, 0, 0, 0, "", 0, 1, StateLogStatus.IDLE);
    assertThat(look(full, 1)).containsExactly("+limit_reached");
    assertThat(look(full, 601)).containsExactly("-limit_reached");
  }

  @Test
  void whatIsNotLoadedOrStopsIsNotReady() {
    assertThat(Health.STARTING.ready()).isFalse();
    assertThat(Health.STARTING.healthy()).isTrue();
    assertThat(new Health(true, true, check.alarms()).reasons()).containsExactly("stopping");
    assertThat(new Health(true, false, check.alarms()).ready()).isTrue();
  }

  private static Observation broken(long count) {
    return new Observation("", 0, 0, 0, 0, "", count, 0, StateLogStatus.IDLE);
  }
}
