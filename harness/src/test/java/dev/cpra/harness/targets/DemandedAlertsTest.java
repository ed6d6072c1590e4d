package dev.cpra.harness.targets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.load.Targets.Heals;
import dev.cpra.manifest.load.Targets.State;
import dev.cpra.manifest.load.Targets.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DemandedAlertsTest {
  private static final long S = 1_000_000_000;
  private static final MonitorRules RULES =
      MonitorRules.of(S, S / 2)
          .withThresholds(3, 1)
          .withAlerts(new AlertRules(Code.ALL_MASK, S, 5, 0));

  private static DemandedAlerts story(MonitorRules rules, Heals heals, Step... steps) {
    return DemandedAlerts.of(rules, heals, List.of(steps), 30 * S, state -> state != State.UP);
  }

  private static Step at(long seconds, State state) {
    return new Step(seconds * S, state);
  }

  private static List<String> words(DemandedAlerts story) {
    return story.demands().stream().map(DemandedAlerts.Demand::word).toList();
  }

  @Test
  void aTargetThatIsWellDemandsNothing() {
    assertThat(words(story(RULES, Heals.SCRIPT, at(0, State.UP)))).isEmpty();
  }

  @Test
  void aLongBadTimeDemandsYellowRedAndGreenAfterwards() {
    DemandedAlerts story =
        story(RULES, Heals.SCRIPT, at(0, State.UP), at(3, State.DOWN), at(10, State.UP));
    assertThat(words(story)).containsExactly("raised yellow", "raised red", "raised green");
    assertThat(story.undecided()).isFalse();
  }

  @Test
  void aShortBadTimeDemandsYellowAndGreen() {
    DemandedAlerts story =
        story(
            RULES.withThresholds(5, 1),
            Heals.SCRIPT,
            at(0, State.UP),
            at(3, State.ERROR),
            at(5, State.UP));
    assertThat(words(story)).containsExactly("raised yellow", "raised green");
  }

  @Test
  void anInterventionThatHealsDemandsCyanAndGreen() {
    MonitorRules rules = RULES.withIntervention(new InterventionRules(S, 2, 0, 2));
    DemandedAlerts story = story(rules, Heals.INTERVENTION, at(0, State.UP), at(3, State.DOWN));
    assertThat(words(story))
        .containsExactly("raised yellow", "intervention", "raised cyan", "raised green");
  }

  @Test
  void anInterventionThatDoesNotHealIsTriedAgainAndThenRed() {
    MonitorRules rules = RULES.withIntervention(new InterventionRules(S, 2, 0, 2));
    DemandedAlerts story = story(rules, Heals.SCRIPT, at(0, State.UP), at(3, State.DOWN));
    assertThat(words(story))
        .containsExactly(
            "raised yellow",
            "intervention",
            "raised cyan",
            "intervention",
            "raised cyan",
            "raised red");
  }

  @Test
  void whatDependsOnChanceIsLeftOpen() {
    DemandedAlerts story =
        story(RULES, Heals.SCRIPT, at(0, State.UP), at(3, State.DOWN), at(6, State.UP));
    assertThat(story.undecided()).isTrue();
    assertThat(story.difference(List.of("raised yellow", "raised green"), 30)).isNull();
  }

  @Test
  void aDifferenceSaysWhereTheStoriesPart() {
    DemandedAlerts story =
        story(RULES, Heals.SCRIPT, at(0, State.UP), at(3, State.DOWN), at(10, State.UP));
    List<String> right = List.of("raised yellow", "raised red", "raised green");
    assertThat(story.difference(right, 30)).isNull();
    assertThat(story.difference(right.subList(0, 2), 30))
        .isEqualTo("expected raised green, found none");
    assertThat(story.difference(right.subList(0, 2), 10)).isNull();
    assertThat(story.difference(List.of("raised red"), 30))
        .isEqualTo("expected raised yellow, found raised red");
    assertThat(
            story.difference(
                List.of("raised yellow", "raised red", "raised green", "raised yellow"), 30))
        .isEqualTo("expected nothing more, found raised yellow");
  }
}
