package dev.cpra.probes.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.kind.TcpConfig;
import dev.cpra.manifest.policy.Maintenance;
import dev.cpra.manifest.policy.Policy;
import dev.cpra.manifest.policy.Safety;
import dev.cpra.manifest.policy.Safety.BreakerRules;
import dev.cpra.manifest.policy.Safety.Limit;
import dev.cpra.manifest.policy.Selector;
import dev.cpra.manifest.policy.Window;
import dev.cpra.probes.guard.Verdict.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class InterventionGuardTest {
  private static final Instant WALL = Instant.parse("2026-03-04T05:06:07Z");
  private static final MonitorRules PULSES = MonitorRules.of(1_000, 500);
  private static final BreakerRules BREAKER = new BreakerRules(0.5, 2, 100, 0.25, 50);

  private static MonitorSpec monitor(String name, String... groups) {
    return new MonitorSpec(
        name,
        true,
        PULSES,
        TcpConfig.connect("h", 1),
        null,
        Map.of(),
        0,
        Map.of(),
        Map.of(),
        List.of(groups),
        List.of());
  }

  private static InterventionGuard guard(Safety safety, Maintenance... windows) {
    return new InterventionGuard(
        new Policy(List.of(), List.of(windows), safety), new Breaker(safety.breaker(), 100));
  }

  private static Safety safety(boolean enabled, boolean dryRun, int fleet, int group) {
    return new Safety(
        enabled, dryRun, new Limit(fleet, 1_000), new Limit(group, 1_000), Map.of(), BREAKER);
  }

  @Test
  void bothSwitchesStopEverything() {
    Verdict off = guard(safety(false, false, 9, 9)).decide(monitor("a"), 0, WALL);
    assertThat(off.rule()).isEqualTo(Rule.OFF);
    assertThat(off.text()).startsWith("refused because").contains("in the manifest");

    InterventionGuard guard = guard(safety(true, false, 9, 9));
    guard.turn(false);
    assertThat(guard.decide(monitor("a"), 0, WALL).text()).contains("by hand");
    guard.turn(true);
    assertThat(guard.decide(monitor("a"), 0, WALL)).isEqualTo(new Verdict(Rule.ALLOWED, "allowed"));
  }

  @Test
  void nothingIsRepairedDuringMaintenance() {
    Maintenance window =
        new Maintenance(
            new Selector("db-*", null, Map.of()),
            new Window.Once(WALL, WALL.plusSeconds(60)),
            "moving house");
    InterventionGuard guard = guard(safety(true, false, 9, 9), window);
    Verdict verdict = guard.decide(monitor("db-1"), 0, WALL);
    assertThat(verdict.rule()).isEqualTo(Rule.MAINTENANCE);
    assertThat(verdict.text()).endsWith("moving house");
    assertThat(guard.decide(monitor("web-1"), 0, WALL).allowed()).isTrue();
    assertThat(guard.decide(monitor("db-1"), 0, WALL.plusSeconds(60)).allowed()).isTrue();
  }

  @Test
  void theBreakerFreezesAndThaws() {
    InterventionGuard guard = guard(safety(true, false, 9, 9));
    for (int i = 0; i < 4; i++) {
      var _ = guard.breaker().observe(i, i < 2, 0);
    }
    // Two of the first two watched: the breaker opened before the others were known.
    Verdict frozen = guard.decide(monitor("a"), 10, WALL);
    assertThat(frozen.rule()).isEqualTo(Rule.BREAKER);
    assertThat(frozen.text()).contains("2 of 4");
    var _ = guard.breaker().observe(0, false, 20);
    assertThat(guard.decide(monitor("a"), 69, WALL).allowed()).isFalse();
    assertThat(guard.decide(monitor("a"), 70, WALL).allowed()).isTrue();
  }

  @Test
  void whatIsRefusedSpendsNothing() { // kills a guard that takes before it has asked everybody
    InterventionGuard guard = guard(safety(true, false, 2, 1));
    assertThat(guard.decide(monitor("a", "g"), 0, WALL).allowed()).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(guard.decide(monitor("b", "free", "g"), 1, WALL).rule())
          .isEqualTo(Rule.GROUP_BUDGET);
    }
    assertThat(guard.decide(monitor("c", "free"), 2, WALL).allowed()).isTrue();
    Verdict spent = guard.decide(monitor("d"), 3, WALL);
    assertThat(spent.rule()).isEqualTo(Rule.FLEET_BUDGET);
    assertThat(spent.text()).contains("2 in 1us").contains("the next in 997ns");
  }

  @Test
  void whatWasNotDoneAfterAllSpendsNothing() { // kills one that gives only the fleet's back
    InterventionGuard guard = guard(safety(true, false, 1, 1));
    assertThat(guard.decide(monitor("a", "g", "g"), 5, WALL).allowed()).isTrue();
    assertThat(guard.decide(monitor("b", "g"), 6, WALL).allowed()).isFalse();
    guard.takeBack(monitor("a", "g", "g"), 5);
    assertThat(guard.decide(monitor("b", "g"), 7, WALL).allowed()).isTrue();
    assertThat(guard.decide(monitor("a"), 8, WALL).rule()).isEqualTo(Rule.FLEET_BUDGET);
  }

  @Test
  void aDryRunSpendsLikeTheRealThing() {
    InterventionGuard guard = guard(safety(true, true, 1, 1));
    assertThat(guard.decide(monitor("a"), 0, WALL).rule()).isEqualTo(Rule.DRY_RUN);
    assertThat(guard.decide(monitor("a"), 1, WALL).rule()).isEqualTo(Rule.FLEET_BUDGET);
  }

  @Test
  void whatWasDoneBeforeARestartCounts() {
    InterventionGuard guard = guard(safety(true, false, 2, 1));
    guard.recall(monitor("a", "g"), 0);
    assertThat(guard.decide(monitor("a", "g"), 10, WALL).rule()).isEqualTo(Rule.GROUP_BUDGET);
    assertThat(guard.decide(monitor("b"), 11, WALL).allowed()).isTrue();
    assertThat(guard.decide(monitor("b"), 12, WALL).rule()).isEqualTo(Rule.FLEET_BUDGET);
  }

  @Test
  void noWindowHoldsMoreThanAnyLimit() {
    for (long seed = 0; seed < 100; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Limit own = new Limit(random.nextInt(1, 4), random.nextLong(1, 500));
      Safety safety =
          new Safety(
              true,
              false,
              new Limit(random.nextInt(1, 10), random.nextLong(1, 500)),
              new Limit(random.nextInt(1, 6), random.nextLong(1, 500)),
              Map.of("g0", own),
              BREAKER);
      InterventionGuard guard = guard(safety);
      List<Long> all = new ArrayList<>();
      Map<String, List<Long>> byGroup = new HashMap<>();
      long now = 0;
      for (int i = 0; i < 300; i++) {
        now += random.nextLong(20);
        String group = "g" + random.nextInt(3);
        if (guard.decide(monitor("m", group), now, WALL).allowed()) {
          all.add(now);
          byGroup.computeIfAbsent(group, _ -> new ArrayList<>()).add(now);
        }
      }
      assertThat(mostIn(all, safety.fleet())).as("seed %d", seed).isTrue();
      byGroup.forEach((group, times) ->
          assertThat(mostIn(times, safety.groups().getOrDefault(group, safety.eachGroup())))
              .isTrue());
      assertThat(all).isNotEmpty();
    }
  }

  private static boolean mostIn(List<Long> times, Limit limit) {
    return times.stream()
        .allMatch(t ->
            times.stream().filter(u -> u <= t && t - u < limit.perNanos()).count() <= limit.most());
  }
}
