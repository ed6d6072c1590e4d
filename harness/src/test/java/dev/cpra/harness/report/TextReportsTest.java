package dev.cpra.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.EvaluationFixture;
import dev.cpra.harness.result.RateBracket;
import dev.cpra.harness.result.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextReportsTest {

  @TempDir private Path folder;

  @Test
  void fourFilesAreWrittenAndTheTrialsReadBack() throws IOException {
    Evaluation evaluation = EvaluationFixture.twoVariants(3);

    Summary summary = Reports.write(evaluation, folder.resolve("a/b"));

    try (var files = Files.list(folder.resolve("a/b"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("report.html", "report.md", "report.json", "trials.json");
    }
    assertThat(Reports.read(folder.resolve("a/b"))).isEqualTo(evaluation);
    assertThat(Reports.read(folder.resolve("a/b/trials.json"))).isEqualTo(evaluation);
    assertThat(summary.valid()).isTrue();
  }

  @Test
  void theSameTrialsGiveTheSameReports() throws IOException {
    Evaluation evaluation = EvaluationFixture.twoVariants(6);

    Reports.write(evaluation, folder.resolve("first"));
    Reports.write(Reports.read(folder.resolve("first")), folder.resolve("second"));

    for (String name : List.of("report.html", "report.md", "report.json", "trials.json")) {
      assertThat(folder.resolve("second").resolve(name))
          .hasSameTextualContentAs(folder.resolve("first").resolve(name));
    }
  }

  @Test
  void theIndexLinksEveryLoad() throws IOException {
    Summary summary = Summary.of(EvaluationFixture.twoVariants(1));

    Reports.writeIndex(List.of(new Reports.IndexEntry("one", summary)), folder);

    assertThat(Files.readString(folder.resolve("index.md"))).contains("(one/report.html)");
    assertThat(Files.readString(folder.resolve("index.html"))).contains("one/report.html");
  }

  @Test
  void theTerminalGetsAtMost40LinesOf100Columns() {
    for (Evaluation evaluation :
        List.of(
            EvaluationFixture.twoVariants(8),
            EvaluationFixture.twoVariants(1),
            EvaluationFixture.threeVariants(3))) {
      String text = TerminalSummary.write(Summary.of(evaluation));

      assertThat(text.lines().count()).isBetween(10L, 40L);
      assertThat(text.lines()).allMatch(line -> line.length() <= 100);
      assertThat(text).startsWith(evaluation.load() + ": ");
    }
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    Evaluation shape = EvaluationFixture.twoVariants(1);
    Evaluation hostile =
        EvaluationFixture.evaluation("evil\u001b[2J\u202e\nname", shape.variants(), shape.trials());

    String text = TerminalSummary.write(Summary.of(hostile));

    assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
    assertThat(text).startsWith("evil?[2J??name: ");
  }

  @Test
  void theMarkdownIsShortAndNothingInANameIsMarkup() {
    Evaluation shape = EvaluationFixture.twoVariants(8);
    Evaluation hostile =
        EvaluationFixture.evaluation(
            "a|b <img src=x> [x](javascript:y) @someone\n# h `c`",
            shape.variants(),
            shape.trials());

    String text = MarkdownReport.write(Summary.of(hostile));

    assertThat(text).hasSizeLessThan(8_000);
    assertThat(text.lines().findFirst().orElseThrow())
        .isEqualTo("## a\\|b &lt;img src=x&gt; \\[x\\](javascript:y) &#64;someone \\# h \\`c\\`");
    assertThat(text).contains("| Throughput, k jobs/s | 20.0 [");
  }

  @Test
  void aClaimIsToldAboveOneAndNeverRoundedUp() {
    assertThat(Numbers.down(1.4999)).isEqualTo("1.49");
    assertThat(Numbers.interval(1.4999, 2.0011)).isEqualTo("1.49–2.01");
    assertThat(Numbers.significant(0.00446)).isEqualTo("0.00446");
    assertThat(Numbers.significant(12_345.6)).isEqualTo("12,346");
    assertThat(Numbers.significant(0.9996)).isEqualTo("1.00");
    assertThat(Numbers.p(0.0004)).isEqualTo("p < 0.001");
    assertThat(Numbers.p(0.0311)).isEqualTo("p = 0.032");
    assertThat(Numbers.significant(Double.NaN)).isEqualTo("–");
  }

  @Test
  void theThreatsNameWhatAScepticWouldFind() {
    List<TrialResult> trials = new ArrayList<>(EvaluationFixture.twoVariants(3).trials());
    trials.set(1, EvaluationFixture.saturated(trials.get(1)));
    Evaluation evaluation =
        EvaluationFixture.evaluation(
            "threats", List.of(EvaluationFixture.BASELINE, EvaluationFixture.ECS), trials);

    List<String> threats = Summary.of(evaluation).threats();

    assertThat(threats)
        .anyMatch(threat -> threat.startsWith("ecs did not keep up in 1 of 3 trials"))
        .anyMatch(threat -> threat.startsWith("baseline has 3 valid trials"))
        .anyMatch(threat -> threat.startsWith("The hypervisor took up to"))
        .anyMatch(threat -> threat.startsWith("The targets shared the 2 cores"))
        .anyMatch(threat -> threat.startsWith("The working tree differed"))
        .anyMatch(threat -> threat.startsWith("This evaluation is a fixture"));
  }

  @Test
  void searchesThatWereStillOpenAreNamedWithTheRatesBetweenWhichTheyEnded() {
    List<TrialResult> trials = new ArrayList<>(EvaluationFixture.twoVariants(3).trials());
    RateBracket done = new RateBracket(2_100_000, 2_200_000.0, false);
    RateBracket open = new RateBracket(160_000, 226_274.17, true);
    RateBracket endless = new RateBracket(320_000, null, true);
    trials.set(0, EvaluationFixture.climbed(trials.get(0), done));
    trials.set(1, EvaluationFixture.climbed(trials.get(1), open));
    trials.set(2, EvaluationFixture.climbed(trials.get(2), endless));
    Evaluation evaluation =
        EvaluationFixture.evaluation(
            "open", List.of(EvaluationFixture.BASELINE, EvaluationFixture.ECS), trials);

    Summary summary = Summary.of(evaluation);

    String said =
        "ecs: the search of 2 of 3 trials was still open: kept 160,000, broke 226,274; kept"
            + " 320,000, broke none.";
    assertThat(summary.threats()).contains(said).noneMatch(it -> it.startsWith("baseline: the"));
    assertThat(MarkdownReport.write(summary)).contains(said);
    assertThat(JsonReport.write(summary)).contains(said);
  }

  @Test
  void aVariantThatAlwaysRanFirstIsNamed() {
    List<TrialResult> trials =
        EvaluationFixture.twoVariants(4).trials().stream()
            .filter(trial -> trial.round() % 2 == 0)
            .toList();
    Evaluation evaluation =
        EvaluationFixture.evaluation(
            "order", List.of(EvaluationFixture.BASELINE, EvaluationFixture.ECS), trials);

    assertThat(Summary.of(evaluation).threats())
        .anyMatch(threat -> threat.startsWith("baseline ran first in every round"));
  }
}
