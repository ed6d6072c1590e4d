package dev.cpra.probes;

import static dev.cpra.probes.Checks.get;
import static dev.cpra.probes.Checks.http;
import static dev.cpra.probes.ScriptedServer.answerAll;
import static dev.cpra.probes.ScriptedServer.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.kind.HttpConfig;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KeepAliveTest {
  private ProbeLoops loops;

  @BeforeEach
  void open() {
    loops = ProbeLoops.open(ProbeOptions.DEFAULT, System::nanoTime);
  }

  @AfterEach
  void close() {
    loops.close();
  }

  private static HttpConfig keep(ScriptedServer server) {
    return get(server.url("/")).keepAlive().build();
  }

  private int idle() {
    CompletableFuture<Integer> count = new CompletableFuture<>();
    ProbeLoop loop = loops.loops().getFirst();
    loop.execute(() -> count.complete(loop.connections().idleCount()));
    return count.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void aNewConnectionPerCheckUnlessAskedOtherwise() {
    try (ScriptedServer server = ScriptedServer.start(answerAll(response(200, "")))) {
      for (int i = 0; i < 3; i++) {
        assertThat(http(loops, HttpConfig.get(server.url("/"))).connections()).isEqualTo(1);
      }
      assertThat(server.accepted()).isEqualTo(3);
      assertThat(idle()).isZero();
      Await.until("all are closed", () -> server.openConnections() == 0);
    }
  }

  /// Kills a farewell where none is needed: ten thousand ports a second would wait for a minute.
  @ParameterizedTest
  @EnumSource(TransportKind.class)
  void aConnectionThatIsNotKeptIsReset(TransportKind kind) {
    CompletableFuture<String> end = new CompletableFuture<>();
    try (ProbeLoops own =
            ProbeLoops.open(ProbeOptions.DEFAULT.withTransport(kind), System::nanoTime);
        ScriptedServer server = ScriptedServer.start(connection -> tellEnd(connection, end))) {
      assertThat(http(own, HttpConfig.get(server.url("/"))).reason()).isEqualTo(Reason.OK);
      assertThat(end.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("reset");
    }
  }

  private static void tellEnd(ScriptedServer.Connection connection, CompletableFuture<String> end)
      throws IOException {
    connection.request();
    connection.send(response(200, "fine"));
    try {
      end.complete(connection.in().read() < 0 ? "farewell" : "more");
    } catch (SocketException _) {
      end.complete("reset");
    }
  }

  @Test
  void aKeptConnectionIsUsedAgain() {
    try (ScriptedServer server = ScriptedServer.start(answerAll(response(200, "abc")))) {
      assertThat(http(loops, keep(server)).connections()).isEqualTo(1);
      for (int i = 0; i < 5; i++) {
        CheckResult again = http(loops, keep(server));
        assertThat(again.reason()).isEqualTo(Reason.OK);
        assertThat(again.connections()).isZero();
        assertThat(again.connectNanos()).isZero();
        assertThat(again.bytesRead()).isEqualTo(response(200, "abc").length());
      }
      assertThat(server.accepted()).isEqualTo(1);
    }
  }

  @Test
  void aServerThatClosesBetweenChecksIsConnectedAnew() {
    try (ScriptedServer server = ScriptedServer.start(answerAll(response(200, "")))) {
      assertThat(http(loops, keep(server)).ok()).isTrue();
      assertThat(idle()).isEqualTo(1);
      server.dropConnections();
      Await.until("the pool noticed", () -> idle() == 0);
      CheckResult again = http(loops, keep(server));
      assertThat(again.reason()).isEqualTo(Reason.OK);
      assertThat(again.connections()).isEqualTo(1);
    }
  }

  @Test
  void aKeptConnectionThatDiesOnUseIsReplacedWithoutAFailure() {
    // The second request on a connection is read and not answered: the client cannot have noticed.
    try (ScriptedServer server =
        ScriptedServer.start(connection -> {
          connection.request();
          connection.send(response(200, ""));
          connection.request();
        })) {
      assertThat(http(loops, keep(server)).ok()).isTrue();
      CheckResult again = http(loops, keep(server));
      assertThat(again.reason()).isEqualTo(Reason.OK);
      assertThat(again.connections()).isEqualTo(1);
      assertThat(server.accepted()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatSaysCloseIsNotKept() {
    try (ScriptedServer server =
        ScriptedServer.start(answerAll(response(200, "", "Connection: close")))) {
      assertThat(http(loops, keep(server)).ok()).isTrue();
      assertThat(idle()).isZero();
    }
  }

  @Test
  void noMoreAreKeptThanAllowedPerTarget() {
    try (ScriptedServer server = ScriptedServer.start(answerAll(response(200, "")))) {
      List<CompletableFuture<CheckResult>> all = new ArrayList<>();
      Probe probe = HttpProbe.check(keep(server), Checks.AMPLE.toNanos());
      for (int i = 0; i < 50; i++) {
        all.add(loops.run(probe, 0, 0));
      }
      all.forEach(one -> assertThat(one.orTimeout(20, TimeUnit.SECONDS).join().ok()).isTrue());
      assertThat(idle()).isBetween(1, ProbeOptions.DEFAULT.idlePerTargetMax());
    }
  }

  @Test
  void noStateOfOneCheckReachesTheNext() {
    // The originals' pooled pinger froze at its first outcome (M22).
    try (ScriptedServer server =
        ScriptedServer.start(connection -> {
          for (int i = 0; !connection.request().isEmpty(); i++) {
            connection.send(
                switch (i % 4) {
                  case 0 -> response(200, "fine");
                  case 1 -> response(500, "bad");
                  case 2 -> response(200, "not that");
                  default ->
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfine\r\n0\r\n\r\n";
                });
          }
        })) {
      Probe probe =
          HttpProbe.check(
              get(server.url("/")).keepAlive().contains("fine").build(), Checks.AMPLE.toNanos());
      List<Reason> reasons = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        reasons.add(Checks.run(loops, probe).reason());
      }
      assertThat(reasons)
          .containsExactly(
              Reason.OK,
              Reason.STATUS,
              Reason.CONTENT,
              Reason.OK,
              Reason.OK,
              Reason.STATUS,
              Reason.CONTENT,
              Reason.OK);
      assertThat(server.accepted()).isEqualTo(1);
    }
  }
}
