package dev.cpra.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.EvaluationFixture;
import dev.cpra.harness.result.HeapPoint;
import dev.cpra.harness.result.Sleep;
import dev.cpra.harness.result.TrialResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How threads slept and what the heap held over time, in every report.
final class SoakReportTest {
  private final Summary summary = Summary.of(soak());

  /// The heap of each trial grows by 3.6 MiB an hour over its 20 measured seconds.
  private static Evaluation soak() {
    List<HeapPoint> heap = new ArrayList<>();
    for (int second = 5; second <= 25; second++) {
      heap.add(new HeapPoint(second, 80.0012 + 0.001 * second));
    }
    Evaluation shape = EvaluationFixture.twoVariants(1);
    List<TrialResult> trials =
        shape.trials().stream()
            .map(trial -> EvaluationFixture.watched(trial, heap, new Sleep(50_000, 1_000L)))
            .toList();
    return EvaluationFixture.evaluation("soak", shape.variants(), trials);
  }

  @Test
  void theJsonHasTheGrowthOfEachTrialWithItsInterval() throws IOException {
    String json = JsonReport.write(summary);
    JsonNode engine = JsonMapper.builder().build().readTree(json).get("engines").get("ecs");
    JsonNode heap = engine.get("heap_after_gc").get(0);

    assertThat(heap.get("samples").asInt()).isEqualTo(21);
    assertThat(heap.get("first_mib").asDouble()).isCloseTo(80.0062, within(1e-9));
    assertThat(heap.get("last_mib").asDouble()).isCloseTo(80.0262, within(1e-9));
    assertThat(Math.round(1e6 * heap.get("mib_per_hour").asDouble())).isEqualTo(3_600_000);
    assertThat(heap.get("mib_per_hour_low").asDouble())
        .isLessThanOrEqualTo(heap.get("mib_per_hour_high").asDouble());
    assertThat(engine.get("sleep").get("spin_us").asDouble()).isEqualTo(50);
    assertThat(engine.get("sleep").get("timer_slack_us").asDouble()).isEqualTo(1);
    assertThat(JsonReportTest.validate(json)).isEmpty();
  }

  @Test
  void theOthersSayItInWords() {
    String markdown = MarkdownReport.write(summary);
    String html = HtmlReport.write(summary);

    assertThat(markdown)
        .contains(
            "Heap after GC, baseline, round 1: 80.01 MiB first, 80.03 MiB last, +3.600 MiB/h, 95 %"
                + " \\[+3.600 to +3.600\\], over 21 collections.")
        .contains(
            "Sleep: the engine's thread spins for the last 50.0 µs before a wake-up, timer slack"
                + " 1.00 µs.");
    assertThat(html)
        .contains("Heap after collections over time")
        .contains("spins for the last 50.0 µs");
  }

  @Test
  void whatWasNotLookedAtIsNotShown() {
    Summary plain = Summary.of(EvaluationFixture.twoVariants(1));

    assertThat(MarkdownReport.write(plain))
        .doesNotContain("Heap after GC")
        .doesNotContain("Sleep:");
    assertThat(HtmlReport.write(plain)).doesNotContain("Heap after collections");
  }
}
