package dev.cpra.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.Await;
import dev.cpra.daemon.metrics.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The daemon as a process of its own, with secrets wherever a manifest may have them and receivers
/// that fail: it answers over HTTP, and no secret gets out.
@Timeout(120)
final class SeenFromOutsideTest {
  private static final Map<String, String> SECRETS =
      Map.of(
          "QUERY_KEY", "hunter2-query",
          "BEARER", "hunter2-bearer",
          "HEADER", "hunter2-header",
          "ROUTING_KEY", "hunter2-routing",
          "HOOK", "hunter2-hook",
          "TOKEN", "hunter2-token-0123456789");

  private static final String MANIFEST =
      """
      defaults: {interval: 200ms, timeout: 2s}
      monitors:
        - name: down
          pulse_check:
            type: http
            config:
              url: "http://127.0.0.1:1/x?key=${QUERY_KEY}"
              auth: {bearer: "${BEARER}"}
              headers: ["X-Key: ${HEADER}"]
          codes:
            yellow: {notify: pagerduty, config: {url: "http://127.0.0.1:1/pd", routing_key: "${ROUTING_KEY}"}}
            red: {notify: slack, config: {hook: "http://127.0.0.1:1/${HOOK}"}}
        - name: backup
          pulse_check: {type: heartbeat, config: {token: "${TOKEN}", grace: 1h}}
      """;

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private Path log = Path.of("");
  private @Nullable Process started;

  private void start() throws IOException {
    Path manifest = Files.writeString(folder.resolve("monitors.yaml"), MANIFEST);
    log = folder.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.cpra.daemon.cli.Main",
            "run",
            manifest.toString(),
            "--listen",
            "127.0.0.1:0");
    builder.directory(folder.toFile());
    builder.environment().putAll(SECRETS);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    started = builder.start();
  }

  @AfterEach
  void kill() {
    if (started != null) {
      started.destroyForcibly();
    }
  }

  private Process daemon() {
    return Objects.requireNonNull(started);
  }

  private String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private String address() {
    Pattern listen = Pattern.compile(" listen=(127\\.0\\.0\\.1:\\d+)");
    Await.until("it listens", () -> listen.matcher(log()).find() || !daemon().isAlive());
    Matcher found = listen.matcher(log());
    assertThat(found.find()).as(log()).isTrue();
    return found.group(1);
  }

  private HttpResponse<String> ask(String method, String path, String address) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void itAnswersAndNoSecretGetsOut() throws IOException, InterruptedException {
    start();
    String address = address();
    Await.until("it is ready", () -> ask("GET", "/-/ready", address).statusCode() == 200);
    assertThat(ask("GET", "/-/healthy", address).body()).isEqualTo("healthy\n");
    assertThat(ask("POST", "/heartbeat/" + SECRETS.get("TOKEN"), address).statusCode())
        .isEqualTo(200);
    assertThat(ask("GET", "/heartbeat/hunter2-token-wrong-one", address).statusCode())
        .isEqualTo(404);
    Await.until(
        "deliveries failed",
        () ->
            Scrape.parse(ask("GET", "/metrics", address).body())
                    .values()
                    .getOrDefault("cpra_jobs_total{lane=code, outcome=failed}", 0.0)
                >= 2);
    String metrics = ask("GET", "/metrics", address).body();
    assertThat(Scrape.parse(metrics).values())
        .containsEntry("cpra_monitors{state=incident}", 1.0)
        .containsEntry("cpra_monitors{state=ok}", 1.0)
        .containsEntry("cpra_ready{}", 1.0)
        .containsEntry("cpra_ledger_balanced{}", 1.0)
        .containsEntry("cpra_http_requests_total{page=heartbeat, status=200}", 1.0)
        .containsEntry("cpra_http_requests_total{page=heartbeat, status=404}", 1.0);
    assertThat(metrics).doesNotContain("hunter2");

    daemon().destroy();
    assertThat(daemon().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(daemon().exitValue()).as(log()).isZero();
    assertThat(log())
        .doesNotContain("hunter2", " alarm=")
        .contains("msg=running version=")
        .contains(" engine=baseline monitors=2 transport=")
        .contains("msg=stopped drained=true checks=")
        .contains(" balanced=true");
    assertThat(log().lines()).allMatch(line -> line.startsWith("time="), "is a line of the log");
  }
}
