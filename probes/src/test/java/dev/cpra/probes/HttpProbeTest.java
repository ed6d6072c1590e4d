package dev.cpra.probes;

import static dev.cpra.probes.Checks.SHORT;
import static dev.cpra.probes.Checks.get;
import static dev.cpra.probes.Checks.http;
import static dev.cpra.probes.ScriptedServer.answer;
import static dev.cpra.probes.ScriptedServer.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.manifest.kind.Auth;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class HttpProbeTest {
  private static ProbeLoops loops;

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private static String chunked(String... chunks) {
    StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (String chunk : chunks) {
      text.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk).append("\r\n");
    }
    return text + "0\r\n\r\n";
  }

  private static CheckResult check(ScriptedServer.Script script) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      return http(loops, HttpConfig.get(server.url("/")));
    }
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void upIsOkAndDownIsRefusedOnEveryTransport(TransportKind kind) {
    try (ProbeLoops own =
        ProbeLoops.open(ProbeOptions.DEFAULT.withTransport(kind), System::nanoTime)) {
      assertThat(own.transport()).isGreaterThanOrEqualTo(kind);
      assertThat(own.transportWhy()).contains("probes run on " + own.transport().label());
      ScriptedServer server = ScriptedServer.start(answer(response(200, "fine")));
      HttpConfig config = HttpConfig.get(server.url("/health?deep=1"));

      CheckResult up = http(own, config);
      assertThat(up.reason()).isEqualTo(Reason.OK);
      assertThat(up.status()).isEqualTo(200);
      assertThat(up.connections()).isEqualTo(1);
      assertThat(up.bytesRead()).isEqualTo(response(200, "fine").length());
      assertThat(up.bytesWritten()).isEqualTo(server.requests.getFirst().length());
      assertThat(up.connectNanos()).isPositive();
      assertThat(up.firstByteNanos()).isPositive();
      assertThat(up.dnsNanos()).isZero();
      assertThat(up.tlsNanos()).isZero();
      assertThat(up.totalNanos()).isGreaterThanOrEqualTo(up.connectNanos() + up.firstByteNanos());

      server.close();
      CheckResult down = http(own, config);
      assertThat(down.reason()).isEqualTo(Reason.REFUSED);
      assertThat(down.bytesRead()).isZero();
    }
  }

  @Test
  void theRequestIsWhatTheMonitorDescribes() {
    try (ScriptedServer server = ScriptedServer.start(answer(response(200, "")))) {
      HttpConfig config =
          get(server.url("/a%20b?q=1#part"))
              .method("POST")
              .header("X-Env", "test")
              .auth(new Auth.Basic("me", new Secret("pass")))
              .body("hällo")
              .build();
      assertThat(http(loops, config).ok()).isTrue();
      assertThat(server.requests.getFirst().lines())
          .startsWith("POST /a%20b?q=1 HTTP/1.1")
          .contains(
              "host: 127.0.0.1:" + server.port(),
              "X-Env: test",
              "authorization: Basic bWU6cGFzcw==",
              "connection: close",
              "content-length: 6")
          .endsWith("hällo");
    }
  }

  @Test
  void aBearerTokenIsSent() {
    try (ScriptedServer server = ScriptedServer.start(answer(response(204, "")))) {
      HttpConfig config = get(server.url("")).auth(new Auth.Bearer(new Secret("t0ken"))).build();
      assertThat(http(loops, config).ok()).isTrue();
      assertThat(server.requests.getFirst().lines())
          .startsWith("GET / HTTP/1.1")
          .contains("authorization: Bearer t0ken");
    }
  }

  @Test
  void aHeadAnswerHasNoBodyWhateverItsLengthSays() {
    String header = "HTTP/1.1 200 OK\r\nContent-Length: 12345\r\n\r\n";
    try (ScriptedServer server = ScriptedServer.start(answer(header))) {
      assertThat(http(loops, get(server.url("/")).method("HEAD").build()).ok()).isTrue();
    }
  }

  @Test
  void anotherStatusThanExpectedFails() {
    CheckResult result = check(answer(response(503, "busy")));
    assertThat(result.reason()).isEqualTo(Reason.STATUS);
    assertThat(result.text()).isEqualTo("status 503");
    assertThat(result.status()).isEqualTo(503);
    try (ScriptedServer server = ScriptedServer.start(answer(response(503, "busy")))) {
      assertThat(http(loops, get(server.url("/")).status(503).build()).ok()).isTrue();
    }
  }

  @Test
  void interimAnswersArePassedOver() {
    String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
    CheckResult result = check(answer(interim + response(200, "x")));
    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.status()).isEqualTo(200);
    assertThat(check(answer("HTTP/1.1 100 Continue\r\n\r\n".repeat(50))).reason())
        .isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void theBodyIsJudgedWhereAskedFor() {
    String answer = chunked("sta", "tus: \"up\"");
    try (ScriptedServer server = ScriptedServer.start(answer(answer))) {
      String url = server.url("/");
      assertThat(http(loops, get(url).contains("status: \"up\"").build()).ok()).isTrue();
      assertThat(http(loops, get(url).regex("status: \"u.\"$").build()).ok()).isTrue();
      CheckResult without = http(loops, get(url).contains("down").build());
      assertThat(without.reason()).isEqualTo(Reason.CONTENT);
      assertThat(without.text()).doesNotContain("down").doesNotContain("up\"");
      assertThat(http(loops, get(url).regex("^up").build()).reason()).isEqualTo(Reason.CONTENT);
    }
  }

  @Test
  void anExpressionThatWouldBacktrackWithoutEndTakesLinearTime() {
    try (ScriptedServer server = ScriptedServer.start(answer(response(200, "a".repeat(20_000))))) {
      CheckResult result = http(loops, get(server.url("/")).regex("(a*)*b").build());
      assertThat(result.reason()).isEqualTo(Reason.CONTENT);
      assertThat(result.text()).contains("does not match");
      CheckResult costly = http(loops, get(server.url("/")).regex("(a{0,50}){50}b").build());
      assertThat(costly.text()).contains("too costly");
    }
  }

  @Test
  void lateHeadersPassWithinTheTimeout() {
    CheckResult result =
        check(connection -> {
          connection.request();
          connection.send("HTTP/1.1 200 ");
          connection.send("OK\r\nContent-").send("Length: 2\r\n").send("\r\nh").send("i");
        });
    assertThat(result.reason()).isEqualTo(Reason.OK);
  }

  @Test
  void aHangingServerEndsWithTheTimeout() {
    try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Connection::hang)) {
      CheckResult result = http(loops, HttpConfig.get(server.url("/")), SHORT);
      assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(result.totalNanos()).isGreaterThanOrEqualTo(SHORT.toNanos());
      Await.until("the connection is closed", () -> server.openConnections() == 0);
    }
  }

  @Test
  void aServerThatNeverAcceptsEndsWithTheConnectTimeout() throws Exception {
    try (ScriptedServer.Full full = new ScriptedServer.Full()) {
      HttpConfig config = HttpConfig.get("http://127.0.0.1:" + full.port() + "/");
      assertThat(http(loops, config, SHORT).reason()).isEqualTo(Reason.CONNECT_TIMEOUT);
    }
  }

  @Test
  void aResetAfterTheAcceptFails() {
    assertThat(check(ScriptedServer.Connection::reset).reason()).isEqualTo(Reason.RESET);
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void aResetAfterTheHeadersFails(TransportKind kind) {
    ScriptedServer.Script script =
        connection -> {
          connection.request();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab");
          connection.reset();
        };
    try (ProbeLoops own =
            ProbeLoops.open(ProbeOptions.DEFAULT.withTransport(kind), System::nanoTime);
        ScriptedServer server = ScriptedServer.start(script)) {
      CheckResult result = http(own, HttpConfig.get(server.url("/")));
      assertThat(result.reason()).as(result.toString()).isIn(Reason.RESET, Reason.TRUNCATED);
    }
  }

  @Test
  void aCloseWithoutAnAnswerFails() {
    assertThat(check(ScriptedServer.Connection::request).reason()).isEqualTo(Reason.CLOSED);
  }

  @Test
  void garbageIsNotHttp() {
    CheckResult result = check(answer("SSH-2.0-OpenSSH_9.6\r\n\r\n\r\n"));
    assertThat(result.reason()).isEqualTo(Reason.PROTOCOL);
    assertThat(result.text()).doesNotContain("SSH");
  }

  @Test
  void anEndlessBodyEndsTheCheck() {
    CheckResult result =
        check(connection -> {
          connection.request();
          connection.send("HTTP/1.1 200 OK\r\n\r\n").sendForEver("x".repeat(4_096));
        });
    assertThat(result.reason()).isEqualTo(Reason.BODY_TOO_LARGE);
    assertThat(result.bytesRead()).isBetween(65_536L, 256L * 1_024);
  }

  @Test
  void endlessHeadersEndTheCheck() {
    CheckResult result =
        check(connection -> {
          connection.request();
          connection.send("HTTP/1.1 200 OK\r\n").sendForEver("X-Filler: xxxxxxxxxxxxx\r\n");
        });
    assertThat(result.reason()).isEqualTo(Reason.HEADER_TOO_LARGE);
    CheckResult line =
        check(connection -> {
          connection.request();
          connection.send("HTTP/1.1 200 ").sendForEver("xxxxxxxxxxxxxxxx");
        });
    assertThat(line.reason()).isEqualTo(Reason.HEADER_TOO_LARGE);
  }

  @Test
  void aTruncatedBodyFails() {
    assertThat(check(answer("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")).reason())
        .isEqualTo(Reason.TRUNCATED);
    assertThat(
            check(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")).reason())
        .isEqualTo(Reason.TRUNCATED);
  }

  @Test
  void aBrokenChunkIsNotHttp() {
    assertThat(
            check(answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n"))
                .reason())
        .isEqualTo(Reason.PROTOCOL);
  }

  @Test
  void aBodyThatEndsWithTheConnectionIsWhole() {
    assertThat(check(answer("HTTP/1.0 200 OK\r\n\r\nall of it")).ok()).isTrue();
  }

  @Test
  void ipv6LiteralsAreReached() {
    try (ScriptedServer server = ScriptedServer.start("::1", 0, answer(response(200, "")))) {
      CheckResult result = http(loops, HttpConfig.get("http://[::1]:" + server.port() + "/"));
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(server.requests.getFirst()).contains("host: [::1]:" + server.port());
    }
  }

  @Test
  void retriesFollowAtOnceAndStopAtTheFirstSuccess() {
    try (ScriptedServer server =
        ScriptedServer.start(connection -> {
          connection.request();
          connection.send(response(connection.index() < 2 ? 500 : 200, ""));
        })) {
      CheckResult result = http(loops, get(server.url("/")).retries(5).build());
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.connections()).isEqualTo(3);
      assertThat(server.accepted()).isEqualTo(3);
    }
  }

  @Test
  void retriesEndWithTheirNumberOrTheTimeout() {
    int port = ScriptedServer.unusedPort();
    CheckResult refused = http(loops, get("http://127.0.0.1:" + port + "/").retries(3).build());
    assertThat(refused.reason()).isEqualTo(Reason.REFUSED);
    assertThat(refused.connections()).isEqualTo(4);
    try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Connection::hang)) {
      CheckResult hung = http(loops, get(server.url("/")).retries(9).build(), SHORT);
      assertThat(hung.reason()).isEqualTo(Reason.TIMEOUT);
      assertThat(hung.connections()).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBeSentIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> HttpProbe.check(HttpConfig.get("http://x y/?secret"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("url")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> HttpProbe.check(HttpConfig.get("ftp://x/secret"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http or https")
        .hasMessageNotContaining("secret");
  }

  @Test
  void hostsWithUnderscoresAreHosts() {
    HttpRequests.Spec spec =
        new HttpRequests.Spec("GET", java.util.List.of(), null, null, true, false);
    Endpoint endpoint = HttpRequests.first(spec, "http://my_service:8080/x").endpoint();
    assertThat(endpoint.host()).isEqualTo("my_service");
    assertThat(endpoint.port()).isEqualTo(8_080);
  }

  @Test
  void aProbeThatThrowsEndsWithAnInternalError() {
    Probe broken =
        new Probe() {
          @Override
          public long timeoutNanos() {
            return Checks.AMPLE.toNanos();
          }

          @Override
          public ProbeRun newRun() {
            throw new IllegalStateException("secret");
          }
        };
    CheckResult result = Checks.run(loops, broken);
    assertThat(result.reason()).isEqualTo(Reason.EXCEPTION);
    assertThat(result.text()).doesNotContain("secret");
  }
}
