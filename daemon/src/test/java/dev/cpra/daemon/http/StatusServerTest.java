package dev.cpra.daemon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.daemon.Await;
import dev.cpra.daemon.health.Alarm;
import dev.cpra.daemon.health.Health;
import dev.cpra.daemon.metrics.Exposition;
import dev.cpra.daemon.metrics.Families;
import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.Secret;
import dev.cpra.probes.Heartbeats;
import dev.cpra.probes.ProbeKinds;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class StatusServerTest {
  private static final Secret TOKEN = new Secret("0123456789abcdef");
  private static final Health WELL = new Health(true, false, Map.of());

  private final AtomicLong clock = new AtomicLong(1_000);
  private final Heartbeats heartbeats = new Heartbeats(clock::get);
  private final HttpCounts counts = new HttpCounts();
  private final Exposition exposition = new Exposition().add(counts);
  private final List<Socket> sockets = new ArrayList<>();
  private volatile Health health = WELL;
  private StatusServer server;

  StatusServerTest() throws IOException {
    server = start(HttpLimits.DEFAULT);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private StatusServer start(HttpLimits limits) throws IOException {
    return StatusServer.start(
        ListenAddress.parse("127.0.0.1:0"),
        new StatusPages(() -> health, exposition, heartbeats::beat),
        counts,
        limits);
  }

  private void restart(HttpLimits limits) throws IOException {
    server.close();
    server = start(limits);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    sockets.add(socket);
    return socket;
  }

  private String ask(String request) throws IOException {
    Socket socket = connect();
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    } catch (SocketException _) {
      // It was refused before all of it was sent; the answer is there all the same.
    }
    return answer(socket);
  }

  private static String answer(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String request(String line, String... headers) {
    return line + " HTTP/1.1\r\nHost: x\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
  }

  private String get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void aDaemonThatIsWellIsHealthyAndReady() throws IOException {
    assertThat(get("/-/healthy")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhealthy\n");
    assertThat(get("/-/ready?x=1")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nready\n");
  }

  @Test
  void oneThatFallsBehindIsHealthyAndNotReadyAndSaysWhy() throws IOException {
    health = new Health(true, false, Map.of(Alarm.BEHIND_SCHEDULE, "9 of 10 checks left late"));
    assertThat(get("/-/healthy")).startsWith("HTTP/1.1 200 ");
    assertThat(get("/-/ready"))
        .startsWith("HTTP/1.1 503 ")
        .endsWith("\r\n\r\nnot ready\nbehind_schedule: 9 of 10 checks left late\n");
  }

  @Test
  void oneWhoseEngineDiedIsNeither() throws IOException {
    health = new Health(false, false, Map.of(Alarm.ENGINE_DEAD, "it threw"));
    assertThat(get("/-/healthy"))
        .startsWith("HTTP/1.1 503 ")
        .endsWith("not healthy\nengine_dead: it threw\n");
    assertThat(get("/-/ready")).startsWith("HTTP/1.1 503 ");
  }

  @Test
  void metricsComeInTheFormAskedFor() throws IOException {
    assertThat(get("/metrics"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .contains("text/plain; version=0.0.4")
        .contains("\n# TYPE cpra_http_connections_refused_total counter\n");
    assertThat(ask(request("GET /metrics", "Accept: application/openmetrics-text; version=1.0.0")))
        .contains("application/openmetrics-text")
        .endsWith("# EOF\n");
  }

  @Test
  void aHeadHasNoBody() throws IOException {
    String answer = ask("HEAD /-/ready HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").contains("content-length: 6");
    assertThat(body(answer)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/-/healthy,405,'GET, HEAD'",
    "DELETE,/-/ready,405,'GET, HEAD'",
    "POST,/metrics,405,'GET, HEAD'",
    "HEAD,/heartbeat/0123456789abcdef,405,'GET, POST'",
    "PUT,/heartbeat/0123456789abcdef,405,'GET, POST'",
    "GET,/,404,",
    "GET,/metrics/,404,",
    "GET,/-/healthy/x,404,",
    "GET,/heartbeats,404,",
  })
  void wrongMethodsAndPathsAreAnsweredClearly(String method, String path, int status, String allow)
      throws IOException {
    String answer = ask(method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
    if (allow == null) {
      assertThat(body(answer))
          .isEqualTo("not found; there are /-/healthy, /-/ready, /metrics and /heartbeat/TOKEN\n");
    } else {
      assertThat(answer).contains("\r\nallow: " + allow + "\r\n");
    }
  }

  @Test
  void aHeartbeatIsTakenByItsTokenAlone() throws IOException {
    ProbeKinds kinds = ProbeKinds.standard(heartbeats);
    kinds.pulse(new HeartbeatConfig(TOKEN, 1_000_000_000), 1_000_000_000).attach();
    clock.set(5_000);
    assertThat(get("/heartbeat/0123456789abcdeX")).startsWith("HTTP/1.1 404 ");
    assertThat(get("/heartbeat/")).startsWith("HTTP/1.1 401 ");
    assertThat(get("/heartbeat")).startsWith("HTTP/1.1 401 ");
    assertThat(ask("HEAD /heartbeat/0123456789abcdef HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 405 ");
    assertThat(heartbeats.silentNanos(TOKEN)).as("none of these counts").isEqualTo(4_000);

    assertThat(get("/heartbeat/0123456789abcdef")).startsWith("HTTP/1.1 200 ");
    assertThat(heartbeats.silentNanos(TOKEN)).isZero();

    clock.set(6_000);
    String post =
        "POST /heartbeat/0123456789abcdef HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\ndone";
    assertThat(ask(post)).startsWith("HTTP/1.1 200 ");
    assertThat(heartbeats.silentNanos(TOKEN)).isZero();

    clock.set(7_000);
    String bearer =
        request("POST /heartbeat", "Authorization: Bearer 0123456789abcdef", "Content-Length: 0");
    assertThat(ask(bearer)).startsWith("HTTP/1.1 200 ");
    assertThat(heartbeats.silentNanos(TOKEN)).isZero();
  }

  @Test
  void aHeartbeatBeforeTheMonitorsAreLoadedIsToBeSentAgain() throws IOException {
    health = Health.STARTING;
    assertThat(get("/heartbeat/0123456789abcdef")).startsWith("HTTP/1.1 503 ");
  }

  @Test
  void whatIsTooLongIsRefusedAndSaidSo() throws IOException {
    HttpLimits limits = HttpLimits.DEFAULT;
    assertThat(get("/" + "x".repeat(limits.lineBytes()))).startsWith("HTTP/1.1 414 ");
    assertThat(ask("GET /-/ready HTTP/1.1\r\nX: " + "x".repeat(limits.headerBytes()) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ");
    int length = limits.bodyBytes() + 1;
    assertThat(
            ask(
                "POST /heartbeat/0123456789abcdef HTTP/1.1\r\nConnection: close\r\n"
                    + "Content-Length: "
                    + length
                    + "\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ");
    assertThat(ask("this is no HTTP at all\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(get("/metrics"))
        .contains("cpra_http_requests_total{page=\"other\",status=\"414\"} 1.0")
        .contains("cpra_http_requests_total{page=\"other\",status=\"431\"} 1.0")
        .contains("cpra_http_requests_total{page=\"other\",status=\"413\"} 1.0")
        .contains("cpra_http_requests_total{page=\"other\",status=\"400\"} 1.0");
  }

  @Test
  void aConnectionTooManyIsTurnedAwayAndTheNextOneServed() throws IOException {
    restart(new HttpLimits(2, 4_096, 4_096, 4_096, Duration.ofMinutes(5), 1));
    Socket first = connect();
    Socket second = connect();
    Await.until(
        "two connections are held",
        () -> {
          try {
            return answer(connect()).startsWith("HTTP/1.1 503 ");
          } catch (IOException _) {
            return false;
          }
        });
    first.close();
    second.close();
    Await.until(
        "there is room again",
        () -> {
          try {
            return get("/-/ready").startsWith("HTTP/1.1 200 ");
          } catch (IOException _) {
            return false;
          }
        });
    assertThat(get("/metrics")).containsPattern("cpra_http_connections_refused_total [1-9]");
  }

  @Test
  void aClientThatSaysNothingIsClosedAtItsDeadline() throws IOException {
    restart(new HttpLimits(2, 4_096, 4_096, 4_096, Duration.ofMillis(50), 1));
    assertThat(answer(connect())).isEmpty();
    Socket slow = connect();
    slow.getOutputStream().write("GET /-/rea".getBytes(StandardCharsets.US_ASCII));
    assertThat(answer(slow)).isEmpty();
    assertThat(get("/metrics")).contains("cpra_http_connections_timed_out_total 2.0");
  }

  @Test
  void scrapesThatPileUpAreRefused() throws IOException, InterruptedException {
    CountDownLatch scraping = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    exposition.add(() -> {
      scraping.countDown();
      try {
        go.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      return new Families().build();
    });
    restart(new HttpLimits(16, 4_096, 4_096, 4_096, Duration.ofMinutes(5), 1));
    byte[] scrape = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    Socket running = connect();
    running.getOutputStream().write(scrape);
    scraping.await();
    Socket second = connect();
    second.getOutputStream().write(scrape);
    Socket third = connect();
    third.getOutputStream().write(scrape);
    Await.until("the third is refused", () -> counted("metrics", "503") == 1);
    assertThat(get("/-/ready")).as("others are served meanwhile").startsWith("HTTP/1.1 200 ");
    go.countDown();
    List<String> answers = List.of(answer(running), answer(second), answer(third));
    assertThat(answers).filteredOn(answer -> answer.startsWith("HTTP/1.1 200 ")).hasSize(2);
    assertThat(answers).filteredOn(answer -> answer.startsWith("HTTP/1.1 503 ")).hasSize(1);
  }

  private long counted(String page, String status) {
    return counts.collect().stream()
        .flatMap(family -> family.getDataPoints().stream())
        .filter(point ->
            page.equals(point.getLabels().get("page"))
                && status.equals(point.getLabels().get("status")))
        .count();
  }

  @Test
  void aSecondRequestOnOneConnectionIsNotAnswered() throws IOException {
    String twice =
        "GET /-/ready HTTP/1.1\r\nHost: x\r\n\r\nGET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n";
    assertThat(ask(twice)).endsWith("\r\n\r\nready\n").contains("connection: close");
  }

  @Test
  void anAddressInUseIsNamed() {
    assertThatThrownBy(() ->
            StatusServer.start(
                ListenAddress.parse(server.address()),
                new StatusPages(() -> health, exposition, heartbeats::beat),
                counts,
                HttpLimits.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot listen on " + server.address() + ": ")
        .hasMessageEndingWith("; choose another with --listen");
  }

  @Test
  void aQuestionDoesNotPrintItsPath() {
    assertThat(new Ask("GET", "/heartbeat/0123456789abcdef", null, "Bearer x").toString())
        .isEqualTo("Ask[GET]");
  }
}
