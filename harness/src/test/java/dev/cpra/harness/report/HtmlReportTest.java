package dev.cpra.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.result.Evaluation;
import dev.cpra.harness.result.EvaluationFixture;
import dev.cpra.harness.result.LoadSource;
import dev.cpra.harness.result.StateChange;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.result.Variant;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class HtmlReportTest {

  private static final String HOSTILE =
      "</title></script><script>alert(1)</script><img src=x onerror=alert(2)> \"'&amp; ${7*7} @if";

  private static Summary summary;
  private static String html;
  private static Document page;

  @BeforeAll
  static void write() {
    summary = Summary.of(EvaluationFixture.twoVariants(6));
    html = HtmlReport.write(summary);
    page = parse(html);
  }

  @Test
  void thePageIsWellFormedAndHasOneOfEachLandmark() {
    assertThat(page.getElementsByTagName("h1").getLength()).isEqualTo(1);
    assertThat(page.getElementsByTagName("main").getLength()).isEqualTo(1);
    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
  }

  @Test
  void nothingIsFetchedAndNothingRuns() {
    for (Element element : elements(page, "*")) {
      assertThat(element.getTagName())
          .isNotIn("script", "link", "img", "iframe", "object", "embed", "base", "form");
      for (int index = 0; index < element.getAttributes().getLength(); index++) {
        String name = element.getAttributes().item(index).getNodeName();
        assertThat(name).doesNotStartWith("on").isNotIn("src", "srcset", "action");
      }
      String link = element.getAttribute("href");
      assertThat(link.isEmpty() || link.startsWith("#")).as("link %s", link).isTrue();
    }
    assertThat(html).doesNotContain("url(", "@import", "http://", "https://");
  }

  @Test
  void everyImageHasATitleAndADescriptionAndIdentifiersAreUnique() {
    Set<String> ids = new HashSet<>();
    for (Element element : elements(page, "*")) {
      String id = element.getAttribute("id");
      assertThat(id.isEmpty() || ids.add(id)).as("id %s", id).isTrue();
    }
    List<Element> images = elements(page, "svg");
    assertThat(images).hasSizeGreaterThan(15);
    for (Element image : images) {
      assertThat(image.getAttribute("role")).isEqualTo("img");
      for (String id : List.of(image.getAttribute("aria-labelledby").split(" ", -1))) {
        assertThat(ids).contains(id);
      }
      assertThat(image.getFirstChild().getNodeName()).isEqualTo("title");
      assertThat(image.getFirstChild().getTextContent()).isNotBlank();
      assertThat(image.getFirstChild().getNextSibling().getNodeName()).isEqualTo("desc");
      assertThat(image.getFirstChild().getNextSibling().getTextContent()).isNotBlank();
    }
  }

  @Test
  void noChartHoldsACoordinateThatIsNoNumber() {
    assertThat(html).doesNotContain("NaN", "Infinity");
  }

  @Test
  void theFiguresAreThoseOfTheJson() {
    JsonNode engines = JsonMapper.shared().readTree(JsonReport.write(summary)).get("engines");
    Set<String> shown = new HashSet<>();
    elements(page, "data").forEach(data -> shown.add(data.getAttribute("value")));

    for (String name : List.of("baseline", "ecs")) {
      JsonNode engine = engines.get(name);
      List<JsonNode> figures = new ArrayList<>();
      figures.add(engine.get("jobs_per_second").get("median"));
      engine.get("lateness_us").forEach(figures::add);
      engine.get("response_us").forEach(figures::add);
      engine.get("gc").forEach(figures::add);
      for (String key :
          List.of(
              "bytes_per_monitor",
              "allocated_bytes_per_job",
              "cpu_us_per_job",
              "load_monitors_per_second",
              "recovery_ms",
              "peak_rss_mib")) {
        figures.add(engine.get(key));
      }
      for (JsonNode figure : figures) {
        assertThat(shown).contains(Double.toString(figure.asDouble()));
      }
      assertThat(html)
          .contains(Numbers.count(engine.get("ledger").get("pulse").get("due").asLong()));
    }
  }

  @Test
  void theVerdictComesFirstAndSaysWhatTheFindingsSay() {
    String text = page.getDocumentElement().getTextContent();

    assertThat(text).contains(summary.headline());
    for (Finding finding : summary.findings()) {
      assertThat(text).contains(finding.sentence());
    }
    assertThat(html.indexOf(summary.headline())).isLessThan(html.indexOf("Scorecard</h2>"));
  }

  @Test
  void hostileNamesAreTextEverywhere() {
    Document hostile = parse(HtmlReport.write(Summary.of(hostile())));

    assertThat(elements(hostile, "script")).isEmpty();
    assertThat(elements(hostile, "img")).isEmpty();
    assertThat(elements(hostile, "h1").getFirst().getTextContent()).isEqualTo(HOSTILE);
    assertThat(hostile.getDocumentElement().getTextContent())
        .contains("monitor " + HOSTILE.charAt(0));
  }

  @Test
  void hostileNamesAreTextInTheIndexToo() {
    String index =
        HtmlReport.writeIndex(
            List.of(new Reports.IndexEntry("a \"b\"/../c", Summary.of(hostile()))));

    Element link = elements(parse(index), "a").getFirst();
    assertThat(link.getTextContent()).isEqualTo(HOSTILE);
    assertThat(link.getAttribute("href")).isEqualTo("a%20%22b%22%2F..%2Fc/report.html");
  }

  @Test
  void evaluationsWithoutAnyResultArePagesToo() {
    Evaluation dead =
        EvaluationFixture.evaluation(
            "dead",
            List.of(EvaluationFixture.BASELINE),
            List.of(TrialResult.died(EvaluationFixture.BASELINE, 0, 0, "exit code 134")));

    String text = parse(HtmlReport.write(Summary.of(dead))).getDocumentElement().getTextContent();

    assertThat(text).contains("Invalid: baseline left no balanced ledger in 1 of 1 trials");
    assertThat(text).contains("exit code 134");
  }

  @Test
  void aTrialThatWasCutShortIsNotCalledUnbalanced() {
    TrialResult died = TrialResult.died(EvaluationFixture.BASELINE, 0, 0, "gone");
    Evaluation stopped =
        EvaluationFixture.evaluation(
            "stopped",
            List.of(EvaluationFixture.BASELINE),
            List.of(EvaluationFixture.with(died, Status.partial("interrupted"), null)));

    assertThat(Summary.of(stopped).headline())
        .startsWith("Invalid: baseline was cut short in 1 of 1 trials.");
  }

  @Test
  void threeVariantsGetATableOfPairs() {
    Document three = parse(HtmlReport.write(Summary.of(EvaluationFixture.threeVariants(3))));

    assertThat(three.getDocumentElement().getTextContent())
        .contains("Every pair")
        .contains("jdk-executor");
  }

  private static Evaluation hostile() {
    Variant variant = new Variant(HOSTILE, HOSTILE, Map.of(HOSTILE, HOSTILE));
    List<TrialResult> trials = new ArrayList<>();
    for (TrialResult trial : EvaluationFixture.twoVariants(3).trials()) {
      boolean first = trial.variant().equals("baseline");
      trials.add(first ? renamed(trial) : trial);
    }
    Evaluation shape =
        EvaluationFixture.evaluation(HOSTILE, List.of(variant, EvaluationFixture.ECS), trials);
    return new Evaluation(
        shape.format(),
        HOSTILE,
        HOSTILE,
        HOSTILE,
        new LoadSource(HOSTILE, HOSTILE),
        HOSTILE,
        shape.started(),
        shape.ended(),
        shape.environment(),
        shape.variants(),
        shape.trials(),
        List.of(HOSTILE));
  }

  private static TrialResult renamed(TrialResult trial) {
    return new TrialResult(
        HOSTILE,
        HOSTILE,
        Map.of(),
        trial.round(),
        trial.order(),
        trial.status(),
        trial.phases(),
        trial.throughput(),
        trial.latencies(),
        trial.samples(),
        trial.ledger(),
        null,
        trial.cpu(),
        trial.memory(),
        trial.gc(),
        trial.loadMonitorsPerSecond(),
        trial.manifest(),
        null,
        trial.faults(),
        trial.noise(),
        trial.targets(),
        Map.of("monitor " + HOSTILE, List.of(new StateChange(0, HOSTILE))),
        trial.jvm());
  }

  private static Document parse(String html) {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(html)));
    } catch (Exception e) {
      throw new AssertionError("The page is not well-formed", e);
    }
  }

  private static List<Element> elements(Document document, String tag) {
    NodeList found = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int index = 0; index < found.getLength(); index++) {
      elements.add((Element) found.item(index));
    }
    return elements;
  }
}
