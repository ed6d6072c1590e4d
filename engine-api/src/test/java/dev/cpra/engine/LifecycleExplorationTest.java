package dev.cpra.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every life of a monitor up to a length: what holds after each event, and that each state can be
/// left for the better and for the worse.
class LifecycleExplorationTest {
  private static final int EVENTS = 12;
  private static final int STATES_MAX = 60_000;

  private record Event(String name, LongUnaryOperator result) {}

  static List<MonitorRules> rules() {
    List<MonitorRules> all = new ArrayList<>();
    for (int u = 1; u <= 2; u++) {
      for (int h = 1; h <= 2; h++) {
        for (int codes : new int[] {Code.ALL_MASK, 0, Code.mask(Code.RED, Code.GREEN)}) {
          MonitorRules plain =
              MonitorRules.of(10, 1)
                  .withThresholds(u, h)
                  .withCalm(2)
                  .withAlerts(new AlertRules(codes, 1, 1, 0));
          all.add(plain);
          all.add(plain.withIntervention(new InterventionRules(1, 1, 0, 1)));
          all.add(plain.withIntervention(new InterventionRules(1, 2, 5, 2)));
        }
      }
    }
    return all;
  }

  private static List<Event> eventsOf(long v, MonitorRules rules) {
    List<Event> events = new ArrayList<>();
    boolean paused = Vitals.has(v, Vitals.PAUSED);
    switch (Vitals.phase(v)) {
      case Vitals.IDLE -> {
        if (Vitals.has(v, Vitals.WAITING)) {
          events.add(new Event("dispatched", Lifecycle::pulseDispatched));
          events.add(new Event("given up", Lifecycle::pulseGivenUp));
        } else if (Lifecycle.offersSlot(v)) {
          events.add(new Event("waits", Lifecycle::pulseWaits));
        }
      }
      case Vitals.PULSE_IN_FLIGHT -> {
        events.add(new Event("ok", s -> Lifecycle.pulseOk(s, rules)));
        events.add(new Event("failed", s -> Lifecycle.pulseFailed(s, rules)));
        events.add(new Event("expired", s -> Lifecycle.pulseExpired(s, rules)));
      }
      case Vitals.INTERVENTION_DUE -> {
        events.add(new Event("taken", Lifecycle::interventionDispatched));
        events.add(new Event("not taken", s -> Lifecycle.interventionNotTaken(s, rules)));
      }
      default -> {
        events.add(new Event("repaired", s -> Lifecycle.interventionOk(s, rules)));
        events.add(new Event("not repaired", s -> Lifecycle.interventionFailed(s, rules)));
        events.add(new Event("repair expired", s -> Lifecycle.interventionExpired(s, rules)));
      }
    }
    events.add(
        paused ? new Event("resume", Lifecycle::resume) : new Event("pause", Lifecycle::pause));
    events.add(new Event("restart", s -> Lifecycle.restored(s, rules)));
    return events;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyShortLifeKeepsTheRules(MonitorRules rules) {
    Set<Long> seen = new HashSet<>(Set.of(Vitals.INITIAL));
    ArrayDeque<Long> frontier = new ArrayDeque<>(seen);
    for (int i = 0; i < EVENTS && seen.size() < STATES_MAX; i++) {
      ArrayDeque<Long> next = new ArrayDeque<>();
      for (long before : frontier) {
        for (Event event : eventsOf(before, rules)) {
          long result = event.result().applyAsLong(before);
          check(before, event.name(), result, rules);
          if (seen.add(Lifecycle.state(result))) {
            next.add(Lifecycle.state(result));
          }
        }
      }
      frontier = next;
    }
    assertThat(seen).hasSizeGreaterThan(50);
    for (long vitals : seen) {
      if (!Vitals.has(vitals, Vitals.PAUSED)) {
        recovers(vitals, rules);
        givesUp(vitals, rules);
      }
    }
  }

  private static void check(long before, String event, long result, MonitorRules rules) {
    long after = Lifecycle.state(result);
    String what =
        Vitals.describe(before) + " --" + event + "--> " + Vitals.describe(after) + " " + rules;
    boolean becameVerifying = event.startsWith("repair") || isRestartOfIntervention(before, event);
    boolean due = Vitals.phase(after) == Vitals.INTERVENTION_DUE;
    boolean becameDue = due && !event.equals("restart");
    boolean warned = gained(before, after, Vitals.WARNED);
    boolean incident = gained(before, after, Vitals.INCIDENT);
    boolean unknown = gained(before, after, Vitals.UNKNOWN);
    int called = Lifecycle.raised(result) | Lifecycle.skipped(result);

    assertThat(Lifecycle.raised(result) & Lifecycle.skipped(result)).as(what).isZero();
    assertThat(Lifecycle.raised(result) & ~rules.alerts().codes()).as(what).isZero();
    assertThat((called & Code.YELLOW.bit()) != 0).as("yellow: " + what).isEqualTo(warned);
    assertThat((called & Code.RED.bit()) != 0).as("red: " + what).isEqualTo(incident);
    assertThat((called & Code.GRAY.bit()) != 0).as("gray: " + what).isEqualTo(unknown);
    assertThat((called & Code.CYAN.bit()) != 0).as(what).isEqualTo(event.equals("repaired"));
    assertThat(Vitals.failures(after) * Vitals.streak(after)).as(what).isZero();
    assertThat((result & Lifecycle.SETTLE) != 0).as("settle: " + what).isEqualTo(becameVerifying);
    boolean calledDue = (result & (Lifecycle.INTERVENTION_NOW | Lifecycle.INTERVENTION_LATER)) != 0;
    assertThat(calledDue).as("due: " + what).isEqualTo(becameDue);
    assertThat(Vitals.verifyLeft(after) > 0)
        .as("verify left: " + what)
        .isEqualTo(Vitals.has(after, Vitals.VERIFYING));
    assertThat(due && Vitals.has(after, Vitals.PAUSED | Vitals.INCIDENT | Vitals.VERIFYING))
        .as(what)
        .isFalse();
    assertThat(Vitals.attempts(after)).as(what).isLessThanOrEqualTo(rules.maxAttempts());
    if (Vitals.has(after, Vitals.WAITING)) {
      assertThat(Vitals.phase(after)).as(what).isEqualTo(Vitals.IDLE);
      assertThat(Vitals.has(after, Vitals.PAUSED)).as(what).isFalse();
    }
    if ((called & Code.GREEN.bit()) != 0) {
      assertThat(after & Vitals.FLAGS & ~Vitals.PAUSED).as(what).isZero();
      assertThat(Vitals.streak(after)).as(what).isZero();
      boolean takesBack = Vitals.has(before, Vitals.ALERTED);
      boolean configured = (rules.alerts().codes() & Code.GREEN.bit()) != 0;
      assertThat((Lifecycle.raised(result) & Code.GREEN.bit()) != 0)
          .as("green: " + what)
          .isEqualTo(takesBack && configured);
    }
    if (Lifecycle.raised(result) != 0 && (called & Code.GREEN.bit()) == 0) {
      assertThat(Vitals.has(after, Vitals.ALERTED)).as(what).isTrue();
    }
  }

  private static boolean isRestartOfIntervention(long before, String event) {
    return event.equals("restart") && Vitals.phase(before) == Vitals.INTERVENTION_IN_FLIGHT;
  }

  private static boolean gained(long before, long after, long flag) {
    return !Vitals.has(before, flag) && Vitals.has(after, flag);
  }

  /// From any state, a target that is well again is seen to be.
  private static void recovers(long vitals, MonitorRules rules) {
    long v = vitals;
    for (int i = 0; i < rules.healthyThreshold() + rules.verify() + 1; i++) {
      v = Lifecycle.state(step(v, rules, true));
    }
    assertThat(v & Vitals.FLAGS).as("%s", Vitals.describe(vitals)).isZero();
  }

  /// From any state, a target that stays down ends in an incident.
  private static void givesUp(long vitals, MonitorRules rules) {
    long v = vitals;
    for (int i = 0; i < rules.unhealthyThreshold() + 2 * rules.maxAttempts() + 2; i++) {
      v = Lifecycle.state(step(v, rules, false));
    }
    assertThat(Vitals.has(v, Vitals.INCIDENT)).as("%s", Vitals.describe(vitals)).isTrue();
  }

  private static long step(long v, MonitorRules rules, boolean well) {
    return switch (Vitals.phase(v)) {
      case Vitals.INTERVENTION_DUE -> step(Lifecycle.interventionDispatched(v), rules, well);
      case Vitals.INTERVENTION_IN_FLIGHT ->
          well ? Lifecycle.interventionOk(v, rules) : Lifecycle.interventionFailed(v, rules);
      default ->
          well
              ? Lifecycle.pulseOk(Lifecycle.pulseDispatched(v), rules)
              : Lifecycle.pulseFailed(Lifecycle.pulseDispatched(v), rules);
    };
  }
}
