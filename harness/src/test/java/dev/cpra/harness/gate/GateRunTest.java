package dev.cpra.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cpra.harness.gate.GateResult.Outcome;
import dev.cpra.harness.paired.Build;
import dev.cpra.harness.paired.ExactFigures;
import dev.cpra.harness.paired.PairFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whole gates on figures by script: what follows from what.
final class GateRunTest {
  private static final Build OTHER = new Build("the last build", "nowhere");

  @TempDir Path folder;

  private final FakeMeasurements figures = new FakeMeasurements();

  @BeforeEach
  void loads() throws IOException {
    Files.copy(Path.of("..", "loads", "gates", "saturate.yaml"), folder.resolve("s.yaml"));
    Files.copy(Path.of("..", "loads", "gates", "open.yaml"), folder.resolve("o.yaml"));
  }

  private GateFile gate() throws IOException {
    return gate(
        """
        name: g
        question: Is it any good?
        engines: [ecs]
        loads:
          - load: s.yaml
            exact:
              - {metric: allocated_bytes_per_job, at_most: 0.5}
              - {metric: bytes_per_monitor, at_most_times: 1.05}
              - {metric: operations.structural_changes, at_most: 0}
              - {metric: lateness_us.p99}
            paired:
              - {metric: cpu_per_job, at_most: 1.022}
              - {metric: throughput, engine: ecs, versus: baseline, at_least: 0.5}
          - load: o.yaml
            paired:
              - {metric: lateness_p90, at_most: 1.25}
              - {metric: stalls, at_most_more: 6}
        """);
  }

  private GateFile gate(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("g.yaml"), text);
    GateReader.Result result = GateReader.read(file);
    assertThat(result.problems()).isEmpty();
    return Objects.requireNonNull(result.gate());
  }

  private GateResult run(@Nullable Build against) throws Exception {
    return run(gate(), against);
  }

  private GateResult run(GateFile gate, @Nullable Build against) throws Exception {
    GateProgress silent = new GateProgress(new PrintWriter(new StringWriter()));
    return new GateRun(gate, Build.running(), against, figures, silent, 1, figures)
        .run(
            List.of(
                new CalibrationSummary(
                    "slow-5", "ecs", Outcome.REGRESSION, 19, 19, 1, 20, 0.75, 1)));
  }

  @Test
  void theSameBuildPassesAndStopsEarly() throws Exception {
    GateResult result = run(OTHER);

    assertThat(result.outcome()).isEqualTo(Outcome.PASS);
    assertThat(result.outcome().exitCode()).isZero();
    assertThat(figures.asked()).hasSize(7).allMatch(pair -> pair.startsWith("ecs of this build"));
  }

  @Test
  void fivePerCentMorePerJobIsARegression() throws Exception {
    figures.slower = 1 / 0.95;

    GateResult result = run(OTHER);

    assertThat(result.outcome()).isEqualTo(Outcome.REGRESSION);
    assertThat(result.outcome().exitCode()).isEqualTo(1);
    assertThat(decisionOf(result, PairedMetric.CPU_PER_JOB)).isEqualTo(Decision.REGRESSION);
    assertThat(decisionOf(result, PairedMetric.LATENESS_P90)).isEqualTo(Decision.PASS);
    assertThat(figures.asked()).as("the first look that can fail").hasSize(11);
  }

  @Test
  void aBrokenLimitEndsItThoughAnotherIsOpen() throws Exception {
    figures.stallsMore = 14;
    figures.swing = 0.08;

    GateResult result = run(OTHER);

    assertThat(result.outcome()).isEqualTo(Outcome.REGRESSION);
    assertThat(decisionOf(result, PairedMetric.CPU_PER_JOB)).isEqualTo(Decision.INCONCLUSIVE);
    assertThat(figures.asked()).hasSize(11);
  }

  @Test
  void stallsAreARegressionOfTheirOwn() throws Exception {
    figures.stallsMore = 14;

    GateResult result = run(OTHER);

    assertThat(result.outcome()).isEqualTo(Outcome.REGRESSION);
    assertThat(decisionOf(result, PairedMetric.STALLS)).isEqualTo(Decision.REGRESSION);
    assertThat(Scenario.STALL.isRight(result)).isTrue();
  }

  @Test
  void pairsThatScatterTooMuchAreInconclusiveAndSayHowManyMoreAreNeeded() throws Exception {
    figures.swing = 0.08;

    GateResult result = run(OTHER);

    assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(result.outcome().exitCode()).isEqualTo(3);
    assertThat(GateText.terminal(result))
        .containsPattern("needs about \\d+ more|too close to call");
    assertThat(result.seconds()).isLessThanOrEqualTo(170);
  }

  @Test
  void aLoadWhoseLimitsAreDecidedIsNotRunAnyMore() throws Exception {
    figures.swing = 0.08;

    GateResult result = run(OTHER);

    assertThat(decisionOf(result, PairedMetric.LATENESS_P90)).isEqualTo(Decision.PASS);
    assertThat(figures.loads().subList(0, 7)).containsOnly(2);
    assertThat(figures.loads().subList(7, figures.loads().size())).isNotEmpty().containsOnly(1);
    assertThat(result.paired().getFirst().pairs()).isEqualTo(figures.loads().size());
  }

  @Test
  void withoutAnotherBuildEnginesAreCompared() throws Exception {
    GateResult result = run(null);

    assertThat(result.outcome()).isEqualTo(Outcome.PASS);
    assertThat(figures.asked()).isNotEmpty().allMatch("ecs / baseline"::equals);
    assertThat(decisionOf(result, PairedMetric.CPU_PER_JOB)).isEqualTo(Decision.NOT_MEASURED);
    assertThat(result.figures()).containsOnlyKeys("baseline", "ecs");
  }

  /// Kills a gate that passes because it looked at nothing: `--against` forgotten, or empty in a
  /// script.
  @Test
  void aGateThatMeasuredNothingDoesNotPass() throws Exception {
    String head =
        "name: g\nquestion: Is it?\nengines: [ecs]\nloads:\n  - load: s.yaml\n    paired:\n";
    String builds = head + "      - {metric: cpu_per_job, at_most: 1.022}\n";
    String engines =
        head + "      - {metric: throughput, engine: ecs, versus: baseline, at_least: 0.5}\n";

    GateResult alone = run(gate(builds), null);
    assertThat(alone.outcome()).isEqualTo(Outcome.INVALID);
    assertThat(alone.outcome().exitCode()).isEqualTo(4);
    assertThat(alone.problems()).singleElement().asString().contains("--against BUILD");
    assertThat(run(gate(engines), OTHER).outcome()).isEqualTo(Outcome.INVALID);
    assertThat(figures.asked()).isEmpty();
    assertThat(run(gate(engines), null).outcome()).isEqualTo(Outcome.PASS);
  }

  /// Kills a gate that passes because nothing is asked of it: a load without limits, or limits
  /// without bounds.
  @Test
  void aGateWithoutABoundDoesNotPass() throws Exception {
    String load = "{name: g, engines: [ecs], loads: [{load: s.yaml";

    for (String limits : List.of("", ", exact: [{metric: missed}]")) {
      GateResult result = run(gate(load + limits + "}]}\n"), null);
      assertThat(result.outcome()).isEqualTo(Outcome.INVALID);
      assertThat(result.problems()).singleElement().asString().contains("no limit has a bound");
    }
  }

  /// Kills "0 B per job" where there was no job.
  @Test
  void aLoadThatDidNoJobIsInvalid() throws Exception {
    figures.exact =
        new ExactFigures(0, 0, 25.0, Map.of("structural_changes", 0.0), Map.of(), 0, null);

    GateResult result = run(OTHER);

    assertThat(result.outcome()).isEqualTo(Outcome.INVALID);
    assertThat(result.problems()).anyMatch(p -> p.contains("did no job in the measured phases"));
    assertThat(figures.asked()).isEmpty();
  }

  @Test
  void oneStructuralChangePerJobFailsWhateverThePairsSay() throws Exception {
    figures.exact = with(0, Map.of("structural_changes", 1.0), null);

    assertThat(run(OTHER).outcome()).isEqualTo(Outcome.REGRESSION);
  }

  @Test
  void aCounterThatIsGoneFails() throws Exception {
    figures.exact = with(0, Map.of(), null);

    assertThat(run(OTHER).outcome()).isEqualTo(Outcome.REGRESSION);
  }

  @Test
  void oneAllocationPerJobFails() throws Exception {
    figures.exact = with(16, Map.of("structural_changes", 0.0), null);

    GateResult result = run(OTHER);

    assertThat(result.outcome()).isEqualTo(Outcome.REGRESSION);
    assertThat(figures.asked()).as("an exact figure is answer enough").isEmpty();
    assertThat(GateText.terminal(result)).contains("no pairs taken");
  }

  @Test
  void aLedgerThatDoesNotBalanceIsInvalidEvenBesideARegression() throws Exception {
    figures.exact = with(16, Map.of(), "pulse: due 3, dispatched 4");

    GateResult result = run(OTHER);

    assertThat(result.outcome()).isEqualTo(Outcome.INVALID);
    assertThat(result.outcome().exitCode()).isEqualTo(4);
    assertThat(GateText.terminal(result)).contains("pulse: due 3, dispatched 4");
  }

  @Test
  void aChildThatDiesIsInvalid() throws Exception {
    figures.failure = failure();

    GateResult result = run(OTHER);

    assertThat(result.outcome()).isEqualTo(Outcome.INVALID);
    assertThat(result.problems()).hasSize(1);
  }

  private static PairFailure failure() throws IOException {
    return new PairFailure("ecs: ended with exit code 1");
  }

  private static ExactFigures with(
      double allocated, Map<String, Double> operations, @Nullable String imbalance) {
    return new ExactFigures(1_000, allocated, 25.0, operations, Map.of("p99", 990.0), 0, imbalance);
  }

  private static Decision decisionOf(GateResult result, PairedMetric metric) {
    return result.paired().stream()
        .filter(verdict -> verdict.limit().metric() == metric)
        .map(PairedVerdict::decision)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theTerminalTableFitsAndTheMarkdownHasARowForEveryLimit() throws Exception {
    figures.slower = 1 / 0.95;
    GateResult result = run(OTHER);

    assertThat(GateText.terminal(result).lines())
        .allMatch(line -> line.length() <= GateText.WIDTH)
        .anyMatch(line -> line.startsWith("gate g: REGRESSION in "))
        .anyMatch(line -> line.contains("FAIL") && line.contains("CPU per job"))
        .anyMatch(line -> line.contains("slow-5 in ecs: regression in 19 of 20 runs [75-100 %]"));
    String markdown = GateText.markdown(result);
    long rows = markdown.lines().filter(line -> line.startsWith("| ")).count();
    assertThat(rows).isEqualTo(Rows.of(result).size() + 2);
    assertThat(markdown).contains("Is it any good?").contains("pairs");
  }

  @Test
  void filesAreWrittenAndCanBeReadByWhoeverReadsSuchFiles() throws Exception {
    figures.slower = 1 / 0.95;
    GateResult result = run(OTHER);

    GateFiles.write(result, folder.resolve("out"));

    JsonNode json =
        JsonMapper.builder().build().readTree(folder.resolve("out").resolve("gate.json").toFile());
    assertThat(json.path("outcome").asString()).isEqualTo("REGRESSION");
    assertThat(json.path("exact")).hasSize(4);
    assertThat(json.path("paired").path(0).path("effects").size()).isPositive();
    var suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(GateFiles.junit(result))))
            .getDocumentElement();
    assertThat(suite.getTagName()).isEqualTo("testsuite");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getElementsByTagName("testcase").getLength())
        .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
    assertThat(folder.resolve("out").resolve("gate.md")).exists();
  }

  @Test
  void everyRunIsALineOfTheHistoryAndThePageDrawsThem() throws Exception {
    History history = History.of("g", folder);
    GateResult good = run(OTHER);
    for (int i = 0; i < 12; i++) {
      history.append(good);
    }
    figures.slower = 1.3;
    GateResult slow = run(OTHER);
    for (int i = 0; i < 12; i++) {
      history.append(slow);
    }
    figures.failure = failure();
    history.append(run(OTHER)); // measured nothing

    Path page = history.draw();

    assertThat(Files.readAllLines(folder.resolve("history").resolve("g.jsonl"))).hasSize(24);
    String html = Files.readString(page);
    assertThat(html)
        .contains("24 runs")
        .contains("gate-saturate cpu_per_job, ecs: from run 13")
        .contains("<svg")
        .doesNotContain("<script");
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html.substring(html.indexOf("<html")))));
  }

  @Test
  void runsOfACalibrationAreCountedForTheGateTheyWereMadeWith() throws Exception {
    Calibration calibration = Calibration.of(gate(), folder);
    JsonLines<CalibrationRun> lines =
        new JsonLines<>(calibration.folder().resolve("runs.jsonl"), CalibrationRun.class);
    String key = calibration.key();
    lines.append(CalibrationRun.of(key, Scenario.AA, "ecs", run(OTHER)));
    figures.swing = 0.08;
    lines.append(CalibrationRun.of(key, Scenario.AA, "ecs", run(OTHER)));
    lines.append(CalibrationRun.of("another", Scenario.AA, "ecs", run(OTHER)));
    Files.writeString(lines.file(), Files.readString(lines.file()) + "{\"key\": \"half a li");

    calibration.write();

    assertThat(calibration.summaries()).hasSize(1);
    CalibrationSummary aa = calibration.summaries().getFirst();
    assertThat(aa.right()).isEqualTo(1);
    assertThat(aa.runs()).isEqualTo(2);
    assertThat(aa.inconclusive()).isEqualTo(1);
    assertThat(Files.readString(calibration.folder().resolve("calibration.md")))
        .contains("| aa | pass | 1 | 0 | 1 | 2 | 1-99 % |")
        .contains("gate-saturate ecs cpu_per_job");
    figures.swing = 0;
    lines.append(CalibrationRun.of(key, Scenario.AA, "ecs", run(OTHER)));
    assertThat(calibration.summaries().getFirst().runs()).isEqualTo(3);
  }

  /// Kills a calibration that takes what one engine's costs showed for another's.
  @Test
  void costsInAnotherEngineAreAnotherRowAndTheSameBuildTwiceIsOne() throws Exception {
    Calibration calibration =
        Calibration.of(
            gate(
                "{name: g, engines: [baseline, ecs], loads: [{load: s.yaml, exact: [{metric:"
                    + " missed, at_most: 0}]}]}\n"),
            folder);
    JsonLines<CalibrationRun> lines =
        new JsonLines<>(calibration.folder().resolve("runs.jsonl"), CalibrationRun.class);
    for (String engine : List.of("baseline", "ecs")) {
      lines.append(CalibrationRun.of(calibration.key(), Scenario.AA, engine, run(OTHER)));
      lines.append(CalibrationRun.of(calibration.key(), Scenario.SLOW_5, engine, run(OTHER)));
    }

    assertThat(calibration.summaries())
        .extracting(CalibrationSummary::planted, CalibrationSummary::runs)
        .containsExactlyInAnyOrder(
            tuple("aa", 2), tuple("slow-5 in baseline", 1), tuple("slow-5 in ecs", 1));
  }
}
