package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Code;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.PulseConfig;
import dev.cpra.manifest.kind.Header;
import dev.cpra.manifest.kind.LogConfig;
import dev.cpra.manifest.kind.WebhookConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NotifiersTest {
  private static final JobContext CONTEXT =
      new JobContext() {
        @Override
        public String monitor(int handle) {
          return "web \"" + handle + "\"";
        }

        @Override
        public String reason(int handle, Code code) {
          return "connection refused\n{\"x\"}";
        }

        @Override
        public Instant time(int handle, Code code) {
          return Instant.parse("2026-03-04T05:06:07Z");
        }
      };

  private static final ProbeKinds KINDS = ProbeKinds.standard();
  private static final long TIMEOUT = Checks.AMPLE.toNanos();
  private static ProbeLoops loops;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private static CheckResult deliver(NotifyConfig config, int monitor, Code code) {
    Probe probe = KINDS.notifier(config, TIMEOUT, CONTEXT);
    return Checks.run(loops, probe, monitor, detail(code));
  }

  @SuppressWarnings("EnumOrdinal") // what stands in a job
  private static int detail(Code code) {
    return code.ordinal();
  }

  private static LogConfig log(Path file) {
    return new LogConfig(file.toString());
  }

  @Test
  void theLogGetsOneLinePerAlert() throws IOException {
    Path file = folder.resolve("warn.log");
    assertThat(deliver(log(file), 7, Code.RED).reason()).isEqualTo(Reason.OK);
    assertThat(deliver(log(file), 8, Code.GREEN).reason()).isEqualTo(Reason.OK);
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "2026-03-04T05:06:07Z RED \"web \"7\"\" connection refused {\"x\"}",
            "2026-03-04T05:06:07Z GREEN \"web \"8\"\" connection refused {\"x\"}");
  }

  @Test
  void linesOfManyAlertsAtOnceDoNotMix() throws IOException {
    Path file = folder.resolve("busy.log");
    Probe probe = KINDS.notifier(log(file), TIMEOUT, CONTEXT);
    List<CompletableFuture<CheckResult>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(loops.run(probe, i, detail(Code.YELLOW)));
    }
    for (CompletableFuture<CheckResult> one : all) {
      assertThat(one.orTimeout(20, TimeUnit.SECONDS).join().reason()).isEqualTo(Reason.OK);
    }
    assertThat(Files.readAllLines(file))
        .hasSize(200)
        .allMatch(line -> line.startsWith("2026-") && line.endsWith("{\"x\"}"));
  }

  @Test
  void aLineIsBounded() throws IOException {
    Path file = folder.resolve("long.log");
    JobContext talkative =
        new JobContext() {
          @Override
          public String monitor(int handle) {
            return "m";
          }

          @Override
          public String reason(int handle, Code code) {
            return "ü".repeat(5_000);
          }
        };
    Probe probe = KINDS.notifier(log(file), TIMEOUT, talkative);
    assertThat(Checks.run(loops, probe, 0, detail(Code.RED)).ok()).isTrue();
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes.length).isBetween(LogNotifier.LINE_MAX - 2, LogNotifier.LINE_MAX);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).endsWith("ü\n").doesNotContain("\uFFFD");
  }

  @Test
  void aLogThatIsGoneIsMadeAgainAndOneThatCannotBeIsAFailedDelivery() throws IOException {
    Path file = folder.resolve("sub").resolve("gone.log");
    CheckResult missing = deliver(log(file), 1, Code.RED);
    assertThat(missing.reason()).isEqualTo(Reason.FILE);
    assertThat(missing.text()).contains("NoSuchFileException");

    Files.createDirectory(file.getParent());
    assertThat(deliver(log(file), 1, Code.RED).ok()).isTrue();
    Files.delete(file);
    assertThat(deliver(log(file), 1, Code.RED).ok()).isTrue();
    assertThat(file).exists();

    assertThat(deliver(log(folder), 1, Code.RED).reason()).isEqualTo(Reason.FILE);
    assertThat(deliver(log(Path.of("/dev/null")), 1, Code.RED).reason()).isEqualTo(Reason.FILE);
  }

  @Test
  void aWebhookGetsTheAlertAsJson() {
    try (ScriptedServer server =
        ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(202, "")))) {
      assertThat(deliver(WebhookConfig.post(server.url("/hook")), 7, Code.RED).reason())
          .isEqualTo(Reason.OK);
      String request = server.requests.getFirst();
      assertThat(request).startsWith("POST /hook HTTP/1.1\r\n");
      assertThat(request).contains("Content-Type: application/json\r\n");
      assertThat(request)
          .endsWith(
              "\r\n\r\n{\"monitor\":\"web \\\"7\\\"\",\"code\":\"red\","
                  + "\"time\":\"2026-03-04T05:06:07Z\","
                  + "\"reason\":\"connection refused\\n{\\\"x\\\"}\","
                  + "\"dedup_key\":\"cpra/web \\\"7\\\"\"}");
    }
  }

  @Test
  void aWebhookBodyIsFilledIn() {
    WebhookConfig config =
        new WebhookConfig(
            "http://127.0.0.1:1/",
            "PUT",
            List.of(new Header("content-type", "text/plain")),
            "{{ name }} is {{code}}, {{name}}!",
            0);
    try (ScriptedServer server =
        ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(200, "")))) {
      WebhookConfig there =
          new WebhookConfig(server.url("/"), config.method(), config.headers(), config.body(), 0);
      assertThat(deliver(there, 3, Code.CYAN).ok()).isTrue();
      assertThat(server.requests.getFirst())
          .startsWith("PUT / ")
          .contains("content-type: text/plain")
          .endsWith("web \\\"3\\\" is cyan, web \\\"3\\\"!");
    }
    WebhookConfig wrong =
        new WebhookConfig(config.url(), "POST", List.of(), "{\"a\": \"{{secret}}\"}", 0);
    assertThatThrownBy(() -> KINDS.notifier(wrong, TIMEOUT, CONTEXT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between {{ and }} at character 8")
        .hasMessageNotContaining("secret");
  }

  /// Kills a failure for what nobody reads: the same alert would be sent again and again.
  @Test
  void aWebhookThatAcceptsIsDeliveredHoweverMuchItSays() {
    String page = ScriptedServer.response(200, "x".repeat(200_000));
    try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(page))) {
      WebhookConfig config = new WebhookConfig(server.url("/"), "POST", List.of(), "{}", 2);
      assertThat(deliver(config, 1, Code.RED).reason()).isEqualTo(Reason.OK);
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aWebhookThatIsDownOrRefusesIsAFailedDelivery() {
    String nobody = "http://127.0.0.1:" + ScriptedServer.unusedPort() + "/s3cret";
    CheckResult down = deliver(WebhookConfig.post(nobody), 1, Code.RED);
    assertThat(down.reason()).isEqualTo(Reason.REFUSED);
    assertThat(down.toString()).doesNotContain("s3cret");
    for (int status : new int[] {301, 404, 500}) {
      try (ScriptedServer server =
          ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(status, "")))) {
        assertThat(deliver(WebhookConfig.post(server.url("/")), 1, Code.RED).reason())
            .isEqualTo(Reason.STATUS);
      }
    }
  }

  @Test
  void anInterventionByWebhookIsUpAndDown() {
    ScriptedServer server =
        ScriptedServer.start(ScriptedServer.answer(ScriptedServer.response(204, "")));
    Probe probe = KINDS.intervention(WebhookConfig.post(server.url("/restart")), TIMEOUT, CONTEXT);
    assertThat(Checks.run(loops, probe, 4, 2).reason()).isEqualTo(Reason.OK);
    assertThat(server.requests.getFirst())
        .endsWith("{\"monitor\":\"web \\\"4\\\"\",\"attempt\":2}");
    server.close();
    assertThat(Checks.run(loops, probe, 4, 2).reason()).isEqualTo(Reason.REFUSED);
  }

  private record OtherConfig() implements PulseConfig {
    @Override
    public String type() {
      return "other";
    }
  }

  @Test
  void aKindWithoutAnImplementationIsRefused() {
    assertThatThrownBy(() -> KINDS.pulse(new OtherConfig(), TIMEOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no check is implemented for `other`")
        .hasMessageContaining("HttpConfig");
  }

  @Test
  void aKindIsItsClassAndItsRegistration() {
    Probe probe = new TcpProbe(dev.cpra.manifest.kind.TcpConfig.connect("127.0.0.1", 1), TIMEOUT);
    ProbeKinds kinds = ProbeKinds.standard().pulse(OtherConfig.class, (_, _) -> probe);
    assertThat(kinds.pulse(new OtherConfig(), TIMEOUT)).isSameAs(probe);
  }

  private static final String ACCEPTED = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";

  /// Kills a delivery that was accepted and counts as failed, so that it is repeated: because its
  /// time is up first, or because nobody ends the answer.
  @ParameterizedTest
  @ValueSource(longs = {900, 20_000})
  void aWebhookThatAcceptsIsDeliveredThoughItsAnswerNeverEnds(long timeoutMillis) {
    try (ScriptedServer server =
        ScriptedServer.start(connection -> {
          connection.request();
          connection.send(ACCEPTED);
          while (true) {
            connection.send("x");
            LockSupport.parkNanos(5_000_000);
          }
        })) {
      WebhookConfig config = new WebhookConfig(server.url("/"), "POST", List.of(), null, 3);
      Probe probe = KINDS.notifier(config, Duration.ofMillis(timeoutMillis).toNanos(), CONTEXT);
      CheckResult result = Checks.run(loops, probe, 7, detail(Code.RED));
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.status()).isEqualTo(200);
      assertThat(server.requests).hasSize(1);
      Await.until("the connection is closed", () -> server.openConnections() == 0);
    }
  }

  @Test
  void aWebhookThatAcceptsIsDeliveredThoughItsAnswerBreaksOff() {
    try (ScriptedServer server =
        ScriptedServer.start(connection -> {
          connection.request();
          connection.send(ACCEPTED + "x");
        })) {
      assertThat(deliver(WebhookConfig.post(server.url("/")), 7, Code.RED).ok()).isTrue();
      assertThat(server.requests).hasSize(1);
    }
  }

  @Test
  void aWebhookThatRefusesSlowlyIsNotDelivered() {
    try (ScriptedServer server =
        ScriptedServer.start(connection -> {
          connection.request();
          connection.send(ACCEPTED.replace("200", "500"));
          connection.hang();
        })) {
      Probe probe =
          KINDS.notifier(WebhookConfig.post(server.url("/")), Checks.SHORT.toNanos(), CONTEXT);
      assertThat(Checks.run(loops, probe, 7, detail(Code.RED)).reason()).isEqualTo(Reason.TIMEOUT);
    }
  }
}
