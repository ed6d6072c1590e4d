package dev.cpra.probes;

import static dev.cpra.probes.ScriptedServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.DockerConfig;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DockerProbeTest {
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

  private static String state(String state) {
    return response(
        200,
        "{\"Id\":\"4f\",\"State\":{" + state + "},\"Config\":{\"Env\":[\"SECRET=1\"]}}",
        "Content-Type: application/json");
  }

  private static CheckResult check(
      ProbeLoops on, String path, boolean requireHealth, boolean allowStarting, Duration timeout) {
    DockerConfig config = new DockerConfig("web-1", path, requireHealth, allowStarting, 0);
    return Checks.run(on, ProbeKinds.standard().pulse(config, timeout.toNanos()));
  }

  private CheckResult check(String answer, boolean requireHealth, boolean allowStarting) {
    try (UnixServer server = UnixServer.start(folder.resolve("d.sock"), answer)) {
      return check(loops, server.path(), requireHealth, allowStarting, Checks.AMPLE);
    }
  }

  private CheckResult check(String answer) {
    return check(answer, false, true);
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void upIsOkAndDownIsRefusedOnEveryTransport(TransportKind kind) {
    try (ProbeLoops own =
        ProbeLoops.open(ProbeOptions.DEFAULT.withTransport(kind), System::nanoTime)) {
      UnixServer server =
          UnixServer.start(
              folder.resolve("d.sock"),
              state("\"Running\":true,\"Health\":{\"Status\":\"healthy\"}"));
      assertThat(check(own, server.path(), false, true, Checks.AMPLE).reason())
          .isEqualTo(Reason.OK);
      assertThat(server.requests.getFirst())
          .startsWith("GET /containers/web-1/json HTTP/1.1\r\n")
          .contains("host: docker\r\n");
      server.close();
      assertThat(check(own, server.path(), false, true, Checks.AMPLE).reason())
          .isEqualTo(Reason.REFUSED);
    }
  }

  @Test
  void aContainerWithoutAHealthCheckNeedsToRunUnlessMoreIsAsked() {
    assertThat(check(state("\"Running\":true")).reason()).isEqualTo(Reason.OK);
    CheckResult strict = check(state("\"Running\":true"), true, true);
    assertThat(strict.reason()).isEqualTo(Reason.UNHEALTHY);
    assertThat(strict.text()).isEqualTo("the container has no health check of its own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Running\":false",
        "\"Running\":true,\"Paused\":true",
        "\"Running\":true,\"Restarting\":true",
        "\"Running\":true,\"Health\":{\"Status\":\"unhealthy\"}"
      })
  void aContainerThatIsNotWellFails(String state) {
    CheckResult result = check(state(state));
    assertThat(result.reason()).isEqualTo(Reason.UNHEALTHY);
    assertThat(result.text()).startsWith("the container").doesNotContain("SECRET");
  }

  @Test
  void aHealthCheckThatHasNotSpokenPassesUnlessAskedOtherwise() {
    String starting = state("\"Running\":true,\"Health\":{\"Status\":\"starting\"}");
    assertThat(check(starting, false, true).ok()).isTrue();
    assertThat(check(starting, false, false).reason()).isEqualTo(Reason.UNHEALTHY);
  }

  @Test
  void aContainerThatIsNotThereIsSaidSo() {
    CheckResult gone = check(response(404, "{\"message\":\"No such container: web-1\"}"));
    assertThat(gone.reason()).isEqualTo(Reason.UNHEALTHY);
    assertThat(gone.text()).isEqualTo("there is no such container");
    assertThat(check(response(500, "")).reason()).isEqualTo(Reason.STATUS);
  }

  @Test
  void whatIsNoDockerEngineIsSaidSo() {
    assertThat(check(response(200, "hello")).reason()).isEqualTo(Reason.PROTOCOL);
    assertThat(check(response(200, "[]")).reason()).isEqualTo(Reason.PROTOCOL);
    assertThat(check(state("\"Running\":\"yes\"")).reason()).isEqualTo(Reason.PROTOCOL);
    assertThat(check("SSH-2.0-x\r\n\r\n").reason()).isEqualTo(Reason.PROTOCOL);
    assertThat(check("").reason()).isIn(Reason.CLOSED, Reason.RESET);
    assertThat(check("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc").reason())
        .isEqualTo(Reason.TRUNCATED);
    assertThat(check(response(200, "x".repeat(1_100_000))).reason())
        .isEqualTo(Reason.BODY_TOO_LARGE);
  }

  @Test
  void anEngineThatSaysNothingEndsWithTheTimeout() throws Exception {
    Path path = folder.resolve("d.sock");
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(path));
      assertThat(check(loops, path.toString(), false, true, Checks.SHORT).reason())
          .isEqualTo(Reason.TIMEOUT);
    }
  }
}
