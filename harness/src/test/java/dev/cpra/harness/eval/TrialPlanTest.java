package dev.cpra.harness.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.result.Variant;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrialPlanTest {
  private static final List<Variant> VARIANTS =
      List.of(new Variant("a", "a", Map.of()), new Variant("b", "b", Map.of()));

  @Test
  void everyRoundHasEveryVariantOnceAndOrdersCountUp() {
    List<PlannedTrial> plan = TrialPlan.of("load", VARIANTS, 5);
    assertThat(plan).hasSize(10);
    for (int i = 0; i < 10; i++) {
      assertThat(plan.get(i).order()).isEqualTo(i);
      assertThat(plan.get(i).round()).isEqualTo(i / 2);
    }
    for (int round = 0; round < 5; round++) {
      assertThat(plan.subList(2 * round, 2 * round + 2))
          .extracting(PlannedTrial::variant)
          .containsExactlyInAnyOrderElementsOf(VARIANTS);
    }
  }

  @Test
  void theOrderIsTheSameForTheSameLoadAndTakesTurns() {
    List<PlannedTrial> plan = TrialPlan.of("load", VARIANTS, 20);
    assertThat(plan).isEqualTo(TrialPlan.of("load", VARIANTS, 20));
    for (int round = 1; round < 20; round++) {
      assertThat(plan.get(2 * round).variant()).isEqualTo(plan.get(2 * round - 1).variant());
    }
  }

  @Test
  void whichVariantBeginsDependsOnTheLoad() {
    assertThat(IntStream.range(0, 20))
        .extracting(i -> TrialPlan.of("load " + i, VARIANTS, 1).getFirst().variant())
        .containsAll(VARIANTS);
  }

  @Test
  void linesAreCutAtTheirBoundAndTheRestIsSkipped() throws IOException {
    String huge = "x".repeat(3 * BoundedLines.LENGTH_MAX);
    BoundedLines lines = new BoundedLines(new StringReader(huge + "\nshort\r\n\nlast"));
    assertThat(lines.next()).hasSize(BoundedLines.LENGTH_MAX);
    assertThat(lines.next()).isEqualTo("short");
    assertThat(lines.next()).isEmpty();
    assertThat(lines.next()).isEqualTo("last");
    assertThat(lines.next()).isNull();
  }
}
