package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Code;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.kind.AlertmanagerConfig;
import dev.cpra.manifest.kind.Header;
import dev.cpra.manifest.kind.PagerdutyConfig;
import dev.cpra.manifest.kind.Secret;
import dev.cpra.manifest.kind.SlackConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Slack, PagerDuty and Alertmanager, each by what really arrives at a listener.
final class SendersTest {
  private static final String SECRET = "s3cret";
  private static final String NAME = "web <1> & \"2\"";
  private static final JsonMapper JSON = new JsonMapper();

  private static class Context implements JobContext {
    @Override
    public String monitor(int handle) {
      return NAME;
    }

    @Override
    public String reason(int handle, Code code) {
      return code == Code.GREEN ? "" : "connection refused\n{\"x\"}";
    }

    @Override
    public Instant time(int handle, Code code) {
      return Instant.parse("2026-03-04T05:06:07Z");
    }

    @Override
    public Instant since(int handle, Code code) {
      return Instant.parse("2026-03-04T05:00:00Z");
    }

    @Override
    public Map<String, String> labels(int handle) {
      return Map.of("env", "live", "a-b", "c");
    }

    @Override
    public int attempts(int handle) {
      return 2;
    }

    @Override
    public String dedupKey(int handle, Code code) {
      return "cpra/web/17";
    }
  }

  private static final JobContext CONTEXT = new Context();
  private static ProbeLoops loops;

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private static CheckResult deliver(NotifyConfig config, Code code) {
    return deliver(config, code, Checks.AMPLE, CONTEXT);
  }

  @SuppressWarnings("EnumOrdinal") // what stands in a job
  private static CheckResult deliver(
      NotifyConfig config, Code code, Duration timeout, JobContext context) {
    Probe probe = ProbeKinds.standard().notifier(config, timeout.toNanos(), context);
    return Checks.run(loops, probe, 7, code.ordinal());
  }

  /// What arrives when this is delivered.
  private static JsonNode sent(
      Function<String, NotifyConfig> config, Code code, JobContext context) {
    try (ScriptedServer server =
        ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(202, "ok")))) {
      CheckResult result = deliver(config.apply(server.url("")), code, Checks.AMPLE, context);
      assertThat(result.reason()).isEqualTo(Reason.OK);
      String request = server.requests.getFirst();
      assertThat(request).startsWith("POST /").contains("Content-Type: application/json\r\n");
      return JSON.readTree(request.substring(request.indexOf("\r\n\r\n") + 4));
    }
  }

  private static NotifyConfig slack(String url, @Nullable String text) {
    return new SlackConfig(new Secret(url + "/" + SECRET), text);
  }

  private static NotifyConfig pagerduty(String url) {
    return new PagerdutyConfig(url + "/v2/enqueue", new Secret(SECRET));
  }

  private static NotifyConfig alertmanager(String url) {
    return new AlertmanagerConfig(
        url + "/am/",
        List.of(new Header("Authorization", "Bearer " + SECRET)),
        Map.of("env", "test", "team", "web"),
        60_000_000_000L,
        null);
  }

  @Test
  void slackGetsATextInWhichNothingOfOursIsMarkup() {
    JsonNode message = sent(url -> slack(url, null), Code.RED, CONTEXT);
    assertThat(message.get("text").asString())
        .isEqualTo("red: web &lt;1&gt; &amp; \"2\" connection refused\n{\"x\"}");
    assertThat(message.size()).isEqualTo(1);
  }

  @Test
  void everyKeyOfATemplateIsFilledIn() {
    String all =
        "*{{ name }}*|{{code}}|{{time}}|{{since}}|{{reason}}|{{attempts}}|{{labels}}|{{dedup_key}}";
    JsonNode message = sent(url -> slack(url, all), Code.YELLOW, CONTEXT);
    assertThat(message.get("text").asString())
        .isEqualTo(
            "*web &lt;1&gt; &amp; \"2\"*|yellow|2026-03-04T05:06:07Z|2026-03-04T05:00:00Z|"
                + "connection refused\n{\"x\"}|2|a-b=c, env=live|cpra/web/17");
  }

  @Test
  void aValueOfATemplateIsBounded() {
    JobContext talkative =
        new Context() {
          @Override
          public String reason(int handle, Code code) {
            return "x" + "\uD83D\uDE00".repeat(5_000);
          }
        };
    String text = sent(url -> slack(url, "{{reason}}"), Code.RED, talkative).get("text").asString();
    assertThat(text).hasSize(AlertText.VALUE_MAX - 1).endsWith("\uD83D\uDE00");
  }

  @Test
  void pagerdutyTriggersAndResolvesWithTheSameKey() {
    JsonNode red = sent(SendersTest::pagerduty, Code.RED, CONTEXT);
    assertThat(red.get("routing_key").asString()).isEqualTo(SECRET);
    assertThat(red.get("event_action").asString()).isEqualTo("trigger");
    assertThat(red.get("dedup_key").asString()).isEqualTo("cpra/web/17");
    JsonNode payload = red.get("payload");
    assertThat(payload.get("severity").asString()).isEqualTo("critical");
    assertThat(payload.get("source").asString()).isEqualTo(NAME);
    assertThat(payload.get("timestamp").asString()).isEqualTo("2026-03-04T05:06:07Z");
    assertThat(payload.get("custom_details").get("attempts").asInt()).isEqualTo(2);
    assertThat(payload.get("custom_details").get("labels").get("env").asString()).isEqualTo("live");

    JsonNode green = sent(SendersTest::pagerduty, Code.GREEN, CONTEXT);
    assertThat(green.get("event_action").asString()).isEqualTo("resolve");
    assertThat(green.get("dedup_key")).isEqualTo(red.get("dedup_key"));
    JsonNode yellow = sent(SendersTest::pagerduty, Code.YELLOW, CONTEXT);
    assertThat(yellow.get("payload").get("severity").asString()).isEqualTo("warning");
  }

  @Test
  void aKeyTooLongForPagerdutyIsShortenedToOneOfItsOwn() {
    String one = sent(SendersTest::pagerduty, Code.RED, longKey("1")).get("dedup_key").asString();
    String again =
        sent(SendersTest::pagerduty, Code.GREEN, longKey("1")).get("dedup_key").asString();
    String two = sent(SendersTest::pagerduty, Code.RED, longKey("2")).get("dedup_key").asString();
    assertThat(one).hasSizeLessThan(256).isEqualTo(again).isNotEqualTo(two);
  }

  private static JobContext longKey(String end) {
    return new Context() {
      @Override
      public String dedupKey(int handle, Code code) {
        return "k".repeat(300) + end;
      }
    };
  }

  @Test
  void alertmanagerGetsOneAlertWhoseLabelsStayAndWhoseEndSaysWhetherItIsOver() {
    JsonNode red = sent(SendersTest::alertmanager, Code.RED, CONTEXT).get(0);
    JsonNode labels = red.get("labels");
    assertThat(labels.get("alertname").asString()).isEqualTo("cpra");
    assertThat(labels.get("monitor").asString()).isEqualTo(NAME);
    assertThat(labels.get("env").asString()).isEqualTo("live");
    assertThat(labels.get("team").asString()).isEqualTo("web");
    assertThat(labels.get("a_b").asString()).isEqualTo("c");
    assertThat(red.get("annotations").get("code").asString()).isEqualTo("red");
    assertThat(red.get("startsAt").asString()).isEqualTo("2026-03-04T05:00:00Z");
    assertThat(red.get("endsAt").asString()).isEqualTo("2026-03-04T05:07:07Z");

    JsonNode green = sent(SendersTest::alertmanager, Code.GREEN, CONTEXT).get(0);
    assertThat(green.get("labels")).isEqualTo(labels);
    assertThat(green.get("endsAt").asString()).isEqualTo("2026-03-04T05:06:07Z");
  }

  @Test
  void alertmanagerIsAskedAtItsPathWithTheGivenHeaders() {
    try (ScriptedServer server =
        ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(200, "")))) {
      assertThat(deliver(alertmanager(server.url("")), Code.RED).ok()).isTrue();
      assertThat(server.requests.getFirst())
          .startsWith("POST /am/api/v2/alerts HTTP/1.1\r\n")
          .contains("Authorization: Bearer " + SECRET);
    }
  }

  private static List<NotifyConfig> all(String url) {
    return List.of(slack(url, null), pagerduty(url), alertmanager(url));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 429, 500, 503})
  void anyOtherAnswerIsAFailedDeliveryThatShowsNoSecret(int status) {
    try (ScriptedServer server =
        ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(status, SECRET)))) {
      for (NotifyConfig config : all(server.url(""))) {
        CheckResult result = deliver(config, Code.RED);
        assertThat(result.reason()).isEqualTo(Reason.STATUS);
        assertThat(result.status()).isEqualTo(status);
        assertThat(result + " " + config).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void nobodyThereNoAnswerAndNoTlsAreFailedDeliveries() {
    String nobody = "http://127.0.0.1:" + ScriptedServer.unusedPort();
    for (NotifyConfig config : all(nobody)) {
      assertThat(deliver(config, Code.RED).reason()).isEqualTo(Reason.REFUSED);
    }
    try (ScriptedServer silent = ScriptedServer.start(ScriptedServer.Connection::hang)) {
      for (NotifyConfig config : all(silent.url(""))) {
        assertThat(deliver(config, Code.RED, Checks.SHORT, CONTEXT).reason())
            .isEqualTo(Reason.TIMEOUT);
      }
    }
    try (ScriptedServer plain =
        ScriptedServer.start(connection -> connection.send("this is no TLS at all\r\n"))) {
      for (NotifyConfig config : all("https://127.0.0.1:" + plain.port())) {
        CheckResult result = deliver(config, Code.RED);
        assertThat(result.reason()).isEqualTo(Reason.TLS);
        assertThat(result.toString()).doesNotContain(SECRET);
      }
    }
  }

  @Test
  void aReceiverThatAsksForPatienceGetsItWithinTheDelivery() {
    try (ScriptedServer server =
        ScriptedServer.start(connection -> {
          if (!connection.request().isEmpty()) {
            connection.send(
                connection.index() == 0
                    ? ScriptedServer.response(429, "", "Retry-After: 1")
                    : ScriptedServer.response(200, "ok"));
          }
        })) {
      CheckResult result = deliver(slack(server.url(""), null), Code.RED);
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(server.requests).hasSize(2);
      // Not before the second it asked for: a lower bound holds on any machine.
      assertThat(result.totalNanos()).isGreaterThanOrEqualTo(1_000_000_000L);
    }
  }

  @Test
  void patienceLongerThanTheDeliveryIsAFailureAtOnceAndNotAskedAgain() {
    try (ScriptedServer server =
        ScriptedServer.start(
            ScriptedServer.answer(ScriptedServer.response(429, "", "Retry-After: 3600")))) {
      CheckResult result = deliver(pagerduty(server.url("")), Code.RED);
      assertThat(result.reason()).isEqualTo(Reason.STATUS);
      assertThat(result.text()).isEqualTo("status 429, asked to wait 3600 s");
      assertThat(server.requests).hasSize(1);
    }
  }
}
