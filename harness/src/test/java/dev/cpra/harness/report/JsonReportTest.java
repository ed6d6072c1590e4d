package dev.cpra.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.EvaluationFixture;
import dev.cpra.harness.result.LedgerCounts;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonReportTest {

  private static final Path SCHEMA = Path.of("../docs/report.schema.json");
  private static final List<String> LANE =
      List.of(
          "due",
          "dispatched",
          "waiting",
          "missed",
          "cancelled",
          "ok",
          "failed",
          "expired",
          "cancelled_in_flight",
          "in_flight",
          "stale");

  @Test
  void writtenReportsFollowTheSchema() throws IOException {
    for (Evaluation evaluation :
        List.of(
            EvaluationFixture.twoVariants(8),
            EvaluationFixture.twoVariants(1),
            EvaluationFixture.threeVariants(3),
            dead())) {
      assertThat(validate(JsonReport.write(Summary.of(evaluation)))).isEmpty();
    }
  }

  @Test
  void theSchemaRefusesWhatTheContractForbids() throws IOException {
    String json = JsonReport.write(Summary.of(EvaluationFixture.twoVariants(3)));

    assertThat(validate(json.replaceFirst("\"format\" : 1", "\"format\" : 2"))).isNotEmpty();
    assertThat(validate(json.replaceFirst("\"due\"", "\"dew\""))).isNotEmpty();
    assertThat(validate(json.replaceFirst("\"verdict\" : \"[^\"]*\"", "\"verdict\" : \"we win\"")))
        .isNotEmpty();
  }

  @Test
  void everyNameOfTheContractIsThere() {
    JsonNode report = json(EvaluationFixture.twoVariants(8));

    assertThat(report.propertyNames())
        .contains("format", "load", "environment", "engines", "comparisons");
    JsonNode engine = report.get("engines").get("ecs");
    assertThat(engine.propertyNames())
        .contains(
            "engine",
            "options",
            "jobs_per_second",
            "lateness_us",
            "response_us",
            "bytes_per_monitor",
            "allocated_bytes_per_job",
            "cpu_us_per_job",
            "load_monitors_per_second",
            "recovery_ms",
            "wire_bytes_per_check",
            "gc",
            "peak_rss_mib",
            "ledger",
            "balanced");
    assertThat(engine.get("jobs_per_second").propertyNames())
        .contains("median", "low", "high", "samples");
    assertThat(engine.get("lateness_us").propertyNames())
        .containsExactlyInAnyOrder("p50", "p99", "p99_9", "max");
    assertThat(engine.get("response_us").propertyNames())
        .containsExactlyInAnyOrder("p50", "p99", "p99_9", "max");
    assertThat(engine.get("gc").propertyNames()).containsExactlyInAnyOrder("count", "pause_ms_max");
    JsonNode ledger = engine.get("ledger");
    assertThat(ledger.get("pulse").propertyNames()).containsAll(LANE);
    assertThat(ledger.get("intervention").propertyNames()).containsAll(LANE);
    assertThat(ledger.get("code").propertyNames())
        .containsAll(LANE)
        .contains("raised", "delivered", "abandoned", "dropped", "queued", "skipped");
    assertThat(report.get("comparisons").get(0).propertyNames())
        .contains("metric", "a", "b", "ratio", "low", "high", "verdict");
  }

  @Test
  void whatDoesNotApplyIsNull() {
    JsonNode engine = json(EvaluationFixture.twoVariants(3)).get("engines").get("ecs");

    assertThat(engine.get("wire_bytes_per_check").isNull()).isTrue();
    JsonNode died = json(dead()).get("engines").get("ecs");
    assertThat(died.get("jobs_per_second").isNull()).isTrue();
    assertThat(died.get("lateness_us").isNull()).isTrue();
    assertThat(died.get("balanced").asBoolean()).isFalse();
  }

  @Test
  void oneTrialThatIsNotValidMakesTheReportInvalidThoughEveryLedgerBalances() {
    Evaluation whole = EvaluationFixture.twoVariants(3);
    List<TrialResult> trials = new ArrayList<>(whole.trials());
    TrialResult first = trials.getFirst();
    trials.set(
        0, EvaluationFixture.with(first, Status.invalid("a slot was missed"), first.ledger()));

    JsonNode report =
        json(EvaluationFixture.evaluation(whole.load(), whole.variants(), List.copyOf(trials)));

    assertThat(json(whole).get("valid").asBoolean()).isTrue();
    assertThat(report.get("valid").asBoolean()).isFalse();
    assertThat(report.get("headline").asString())
        .startsWith("Invalid: " + first.variant() + " was not valid in 1 of 3 trials");
  }

  @Test
  void ledgersAreSummedOverTrials() {
    Evaluation evaluation = EvaluationFixture.twoVariants(3);
    long due =
        evaluation.trials().stream()
            .filter(trial -> trial.variant().equals("ecs"))
            .map(TrialResult::ledger)
            .mapToLong(ledger -> ledger == null ? 0 : ledger.pulse().due())
            .sum();

    JsonNode pulse = json(evaluation).get("engines").get("ecs").get("ledger").get("pulse");

    assertThat(pulse.get("due").asLong()).isEqualTo(due);
    assertThat(pulse.get("success_rate").asDouble()).isBetween(0.9, 1.0);
  }

  @Test
  void anUnbalancedTrialMakesTheReportInvalidAndItsFiguresAreLeftOut() {
    Evaluation whole = EvaluationFixture.twoVariants(3);
    LedgerCounts none = LedgerCounts.NONE;
    Evaluation broken =
        EvaluationFixture.evaluation(
            "broken",
            whole.variants(),
            whole.trials().stream()
                .map(trial ->
                    trial.round() == 1 && trial.variant().equals("ecs")
                        ? EvaluationFixture.with(trial, Status.invalid("a slot was missed"), none)
                        : trial)
                .toList());

    JsonNode report = json(broken);

    assertThat(report.get("engines").get("ecs").get("jobs_per_second").get("samples").asInt())
        .isEqualTo(2);
    assertThat(report.get("threats").toString()).contains("a slot was missed");
  }

  private static Evaluation dead() {
    return EvaluationFixture.evaluation(
        "dead",
        List.of(EvaluationFixture.BASELINE, EvaluationFixture.ECS),
        List.of(
            TrialResult.died(EvaluationFixture.BASELINE, 0, 0, "exit code 134"),
            TrialResult.died(EvaluationFixture.ECS, 0, 1, "out of memory")));
  }

  private static JsonNode json(Evaluation evaluation) {
    return JsonMapper.shared().readTree(JsonReport.write(Summary.of(evaluation)));
  }

  static List<Error> validate(String json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA), InputFormat.JSON);
    return schema.validate(json, InputFormat.JSON);
  }
}
