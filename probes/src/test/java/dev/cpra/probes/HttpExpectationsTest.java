package dev.cpra.probes;

import static dev.cpra.probes.Checks.get;
import static dev.cpra.probes.Checks.http;
import static dev.cpra.probes.ScriptedServer.answer;
import static dev.cpra.probes.ScriptedServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.HeaderMatch;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.JsonMatch;
import dev.cpra.manifest.kind.StatusRange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an HTTP answer is judged by, beside its status and its text.
final class HttpExpectationsTest {
  private static final String BODY =
      "{\"status\":\"up\",\"n\":3,\"ok\":true,\"none\":null,"
          + "\"checks\":[{\"name\":\"db\",\"ms\":12},{\"name\":\"disk\",\"ms\":900}]}";

  private static ProbeLoops loops;

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private static HttpConfig.Expect expect(
      List<HeaderMatch> headers, List<JsonMatch> json, long latencyNanos) {
    return new HttpConfig.Expect(
        List.of(StatusRange.SUCCESS), null, null, headers, json, latencyNanos, 0);
  }

  private static CheckResult check(String answer, HttpConfig.Expect expect) {
    try (ScriptedServer server = ScriptedServer.start(answer(answer))) {
      return http(loops, get(server.url("/")).expect(expect).build());
    }
  }

  private static CheckResult json(String body, JsonMatch... matches) {
    return check(response(200, body), expect(List.of(), List.of(matches), 0));
  }

  /// Kills an expression that holds the event loop, in all the places where one may stand.
  @Test
  void expressionsOnHeadersAndJsonAreBounded() {
    String costly = "(a{0,50}){50}b";
    String text = "a".repeat(15_000);
    CheckResult header =
        check(
            response(200, "", "X-Text: " + text),
            expect(List.of(new HeaderMatch("X-Text", costly, true)), List.of(), 0));
    assertThat(header.reason()).isEqualTo(Reason.CONTENT);
    assertThat(header.text()).contains("X-Text").contains("too costly");

    String half = "(a{0,30}){20}b";
    JsonMatch each = new JsonMatch("$[*]", null, half, null, null);
    assertThat(json("[\"" + text + "\"]", each).text()).contains("not as expected");
    CheckResult several = json("[\"" + text + "\"" + (",\"" + text + "\"").repeat(3) + "]", each);
    assertThat(several.reason()).isEqualTo(Reason.CONTENT);
    assertThat(several.text()).contains("$[*]").contains("too costly");
  }

  private static JsonMatch at(String path) {
    return new JsonMatch(path, null, null, null, null);
  }

  private static JsonMatch equal(String path, Object value) {
    return new JsonMatch(path, value, null, null, null);
  }

  private static JsonMatch range(String path, @Nullable Double min, @Nullable Double max) {
    return new JsonMatch(path, null, null, min, max);
  }

  @Test
  void headersAreJudgedByTextAndExpression() {
    String answer = response(200, "", "Server: nginx/1.27", "Vary: a", "Vary: b");
    List<HeaderMatch> good =
        List.of(
            new HeaderMatch("server", "nginx", false),
            new HeaderMatch("Server", "^nginx/[0-9.]+$", true),
            new HeaderMatch("vary", "b", false),
            new HeaderMatch("Vary", "", false));
    assertThat(check(answer, expect(good, List.of(), 0)).reason()).isEqualTo(Reason.OK);
    for (HeaderMatch bad :
        List.of(
            new HeaderMatch("Server", "apache", false),
            new HeaderMatch("Server", "^[0-9]", true),
            new HeaderMatch("X-Missing", "", false))) {
      CheckResult result = check(answer, expect(List.of(bad), List.of(), 0));
      assertThat(result.reason()).as(bad.toString()).isEqualTo(Reason.CONTENT);
      assertThat(result.text()).contains(bad.name()).doesNotContain("1.27");
    }
  }

  @Test
  void jsonIsJudgedByItsValues() {
    assertThat(
            json(
                    BODY,
                    equal("$.status", "up"),
                    equal("$.n", 3.0),
                    equal("$.ok", true),
                    at("$.checks"),
                    equal("$.checks[*].name", "disk"),
                    equal("$.checks.length()", 2.0),
                    equal("$..ms", 12.0),
                    range("$.checks[?(@.name == 'disk')].ms", 500.0, 1_000.0),
                    new JsonMatch("$.checks[0].name", null, "^d.$", null, null))
                .reason())
        .isEqualTo(Reason.OK);
  }

  @Test
  void jsonThatIsOtherwiseFails() {
    for (JsonMatch bad :
        List.of(
            equal("$.status", "down"),
            equal("$.n", "3"),
            equal("$.n", 4.0),
            equal("$.ok", false),
            at("$.none"),
            at("$.missing"),
            at("$.missing.further[3]"),
            equal("$.checks[*].name", "net"),
            range("$.n", 4.0, null),
            range("$.n", null, 2.0),
            range("$.status", 0.0, null),
            new JsonMatch("$.status", null, "^down", null, null),
            new JsonMatch("$.checks", null, "disk", null, null))) {
      CheckResult result = json(BODY, bad);
      assertThat(result.reason()).as(bad.toString()).isEqualTo(Reason.CONTENT);
      assertThat(result.text()).contains(bad.path()).doesNotContain("disk");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "up",
        "{status: \"up\"}",
        "{\"status\":\"up\"",
        "[1,2",
        "null",
        "\u0000\u0001"
      })
  void aBodyThatIsNotSoundJsonFails(String body) {
    CheckResult result = json(body, equal("$.status", "up"));
    assertThat(result.reason()).isEqualTo(Reason.CONTENT);
  }

  @Test
  void jsonNestedWithoutEndIsRefusedWithoutHarm() {
    String deep = "[".repeat(30_000);
    assertThat(json(deep, at("$..a")).reason()).isEqualTo(Reason.CONTENT);
    assertThat(json("{\"a\":" + "9".repeat(20_000) + "}", at("$.a")).reason())
        .isEqualTo(Reason.CONTENT);
  }

  @Test
  void anAnswerThatTakesLongerThanAllowedIsSlow() {
    ScriptedServer.Script script =
        connection -> {
          connection.request();
          connection.send(response(200, "x"));
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      CheckResult slow =
          http(loops, get(server.url("/")).expect(expect(List.of(), List.of(), 1)).build());
      assertThat(slow.reason()).isEqualTo(Reason.SLOW);
      assertThat(slow.text()).contains("expected at most 0");
      long ample = Checks.AMPLE.toNanos();
      assertThat(
              http(loops, get(server.url("/")).expect(expect(List.of(), List.of(), ample)).build())
                  .ok())
          .isTrue();
    }
  }

  @Test
  void aWrongStatusIsToldBeforeAWrongHeaderOrBody() {
    HttpConfig.Expect expect =
        expect(List.of(new HeaderMatch("X-None", "", false)), List.of(at("$.a")), 1);
    assertThat(check(response(500, ""), expect).reason()).isEqualTo(Reason.STATUS);
  }
}
