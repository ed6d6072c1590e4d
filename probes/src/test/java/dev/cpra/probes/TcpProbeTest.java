package dev.cpra.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.manifest.kind.TcpConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TcpProbeTest {
  private static ProbeLoops loops;

  @BeforeAll
  static void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterAll
  static void close() {
    loops.close();
  }

  private static CheckResult tcp(TcpConfig config, Duration timeout) {
    return Checks.run(loops, new TcpProbe(config, timeout.toNanos()));
  }

  private static CheckResult talk(
      ScriptedServer.Script script, @Nullable String send, String expect) {
    try (ScriptedServer server = ScriptedServer.start(script)) {
      return tcp(new TcpConfig("127.0.0.1", server.port(), send, expect, 0), Checks.AMPLE);
    }
  }

  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void upIsOkAndDownIsRefusedOnEveryTransport(TransportKind kind) {
    // The originals' TCP check always succeeded (M24).
    try (ProbeLoops own =
        ProbeLoops.open(ProbeOptions.DEFAULT.withTransport(kind), System::nanoTime)) {
      ScriptedServer server = ScriptedServer.start(ScriptedServer.Connection::hang);
      Probe probe =
          new TcpProbe(TcpConfig.connect("127.0.0.1", server.port()), Checks.AMPLE.toNanos());
      CheckResult up = Checks.run(own, probe);
      assertThat(up.reason()).isEqualTo(Reason.OK);
      assertThat(up.connections()).isEqualTo(1);
      Await.until("the connection is closed", () -> server.openConnections() == 0);
      server.close();
      assertThat(Checks.run(own, probe).reason()).isEqualTo(Reason.REFUSED);
    }
  }

  @Test
  void whatIsSentIsAnsweredAsExpected() {
    ScriptedServer.Script redis =
        connection -> {
          if (connection.in().read() == 'P') {
            connection.send("+PO").send("NG\r\n");
          }
        };
    CheckResult result = talk(redis, "PING\r\n", "+PONG");
    assertThat(result.reason()).isEqualTo(Reason.OK);
    assertThat(result.bytesWritten()).isEqualTo(6);
    CheckResult other = talk(redis, "PING\r\n", "-ERR");
    assertThat(other.reason()).isEqualTo(Reason.CONTENT);
    assertThat(other.text()).doesNotContain("PONG");
  }

  @Test
  void aGreetingIsExpectedWithoutSending() {
    assertThat(talk(connection -> connection.send("220 mail ESMTP\r\n"), null, "220 ").ok())
        .isTrue();
  }

  @Test
  void sendingAloneIsOkOnceItIsWritten() {
    try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Connection::hang)) {
      CheckResult result =
          tcp(new TcpConfig("127.0.0.1", server.port(), "hello", null, 0), Checks.AMPLE);
      assertThat(result.reason()).isEqualTo(Reason.OK);
      assertThat(result.bytesWritten()).isEqualTo(5);
    }
  }

  @Test
  void silenceEndsWithTheTimeout() {
    try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Connection::hang)) {
      CheckResult result =
          tcp(new TcpConfig("127.0.0.1", server.port(), null, "220", 0), Checks.SHORT);
      assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
    }
  }

  @Test
  void endlessChatterEndsTheCheck() {
    CheckResult result = talk(connection -> connection.sendForEver("blah ".repeat(99)), null, "x");
    assertThat(result.reason()).isEqualTo(Reason.CONTENT);
    assertThat(result.bytesRead()).isBetween((long) TcpProbe.READ_MAX, 4L * TcpProbe.READ_MAX);
  }

  @Test
  void aCloseOrResetBeforeTheAnswerFails() {
    assertThat(talk(connection -> connection.in().read(), "x", "y").reason())
        .isEqualTo(Reason.CLOSED);
    assertThat(talk(ScriptedServer.Connection::reset, null, "y").reason()).isEqualTo(Reason.RESET);
  }

  @Test
  void aListenerThatNeverAcceptsEndsWithTheConnectTimeout() throws Exception {
    try (ScriptedServer.Full full = new ScriptedServer.Full()) {
      assertThat(tcp(TcpConfig.connect("127.0.0.1", full.port()), Checks.SHORT).reason())
          .isEqualTo(Reason.CONNECT_TIMEOUT);
    }
  }

  @Test
  void ipv6LiteralsAreReached() {
    try (ScriptedServer server = ScriptedServer.start("::1", 0, ScriptedServer.Connection::hang)) {
      assertThat(tcp(TcpConfig.connect("::1", server.port()), Checks.AMPLE).ok()).isTrue();
    }
  }

  @Test
  void aPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new TcpProbe(TcpConfig.connect("127.0.0.1", 70_000), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port: expected 1 to 65535, found 70000");
  }
}
