package dev.cpra.harness.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.harness.result.StateChange;
import dev.cpra.harness.result.TargetCheck;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Loads;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// With real sockets on loopback.
final class TargetHostTest {
  @TempDir private Path folder;
  private HttpClient client = HttpClient.newHttpClient();

  @BeforeEach
  void newClient() {
    client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  }

  private Load load(String targets) throws IOException {
    Path file = folder.resolve("load.yaml");
    Files.writeString(
        file,
        """
        name: t
        monitors: {generate: {count: 1, mix: [{share: 1, type: http, interval: 1s, timeout: 1s}]}}
        work: {kind: wire}
        targets: {embedded: {%s}}
        phases: [{name: p, for: 60s}]
        """
            .formatted(targets));
    var result = Loads.load(file);
    assertThat(result.problems()).isEmpty();
    return result.loads().getFirst();
  }

  private int get(String address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/"))
            .timeout(Duration.ofSeconds(10))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static Socket connect(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    Socket socket =
        new Socket(
            InetAddress.getByName(address.substring(0, colon)),
            Integer.parseInt(address.substring(colon + 1)));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static TargetCheck half(String name, long expected) {
    return new TargetCheck(
        name, "http", null, null, expected, expected, List.of(), List.of(), true);
  }

  private static String address(TargetHost host, String variable) {
    String address = host.variables().get(variable);
    assertThat(address).isNotNull();
    return address == null ? "" : address;
  }

  @Test
  void countsEveryConnectionAcceptedEvenOfClientsThatGiveUpAtOnce() throws Exception {
    try (TargetHost host = TargetHost.start(load("tcp: 1"))) {
      host.begin();
      for (int i = 0; i < 200; i++) {
        try (Socket socket = connect(address(host, "TARGET_tcp_1"))) {
          socket.setSoLinger(i % 2 == 0, 0);
        }
      }
      TargetCheck check = host.complete(List.of(half("tcp-1", 200))).getFirst();
      assertThat(check.acceptedConnections()).isEqualTo(200);
      assertThat(check.agrees()).isTrue();
    }
  }

  @Test
  void aCountThatDiffersFromTheLedgersDoesNotAgree() throws Exception {
    try (TargetHost host = TargetHost.start(load("http: 1"))) {
      host.begin();
      assertThat(get(address(host, "TARGET_http_1"))).isEqualTo(200);
      TargetCheck check = host.complete(List.of(half("http-1", 2))).getFirst();
      assertThat(check.acceptedConnections()).isEqualTo(1);
      assertThat(check.requests()).isEqualTo(1);
      assertThat(check.agrees()).isFalse();
    }
  }

  @Test
  void aTargetThatIsDownRefusesAndListensOnTheSamePortOnceHealed() throws Exception {
    String targets =
        "http: [{name: a-b, script: [{at: 0s, state: down}], heals: {by: intervention}}]";
    try (TargetHost host = TargetHost.start(load(targets))) {
      host.begin();
      String address = address(host, "TARGET_a_b");
      assertThatThrownBy(() -> connect(address)).isInstanceOf(ConnectException.class);
      assertThat(heal(address(host, "TARGET_control"), "a-b")).isEqualTo(200);
      assertThat(get(address)).isEqualTo(200);
      List<StateChange> states = host.complete(List.of(half("a-b", 1))).getFirst().demanded();
      assertThat(states).extracting(StateChange::state).containsExactly("down", "up (healed)");
    }
  }

  private int heal(String control, String name) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + control + "/heal/" + name))
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void onlyATargetThatInterventionsHealIsHealed() throws Exception {
    String targets = "http: [{name: a, script: [{at: 0s, state: error}]}]";
    try (TargetHost host = TargetHost.start(load(targets))) {
      host.begin();
      assertThat(heal(address(host, "TARGET_control"), "a")).isEqualTo(200);
      assertThat(get(address(host, "TARGET_a"))).isEqualTo(500);
      assertThat(heal(address(host, "TARGET_control"), "nobody")).isEqualTo(404);
    }
  }

  @Test
  void garbageIsNoHttpAndAResetEndsTheConnection() throws Exception {
    String targets =
        "http: [{name: g, script: [{at: 0s, state: garbage}]},"
            + " {name: r, script: [{at: 0s, state: reset}]}]";
    try (TargetHost host = TargetHost.start(load(targets))) {
      host.begin();
      try (Socket socket = connect(address(host, "TARGET_g"))) {
        write(socket, "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        byte[] answer = socket.getInputStream().readAllBytes();
        assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("no HTTP");
      }
      assertThatThrownBy(() -> get(address(host, "TARGET_r"))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aTcpTargetEchoes() throws Exception {
    try (TargetHost host = TargetHost.start(load("tcp: 1"));
        Socket socket = connect(address(host, "TARGET_tcp_1"))) {
      write(socket, "hello");
      assertThat(new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII))
          .isEqualTo("hello");
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }
}
