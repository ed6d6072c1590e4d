package dev.cpra.daemon.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.daemon.Await;
import dev.cpra.daemon.core.Changes;
import dev.cpra.daemon.core.Configuration;
import dev.cpra.daemon.core.Daemon;
import dev.cpra.daemon.core.DaemonSettings;
import dev.cpra.daemon.core.MonitorStatus;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.PulseConfig;
import dev.cpra.manifest.kind.TcpConfig;
import dev.cpra.manifest.policy.Policy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Changes brought to a daemon that runs, seen by its targets and its alerts.
@Timeout(120)
final class LiveReloadTest {
  @TempDir Path folder;

  /// A target that counts who comes.
  private static final class Target implements AutoCloseable {
    final ServerSocket socket;
    final AtomicInteger visits = new AtomicInteger();

    Target() throws IOException {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                socket.accept().close();
                visits.incrementAndGet();
              }
            } catch (IOException _) {
              // Closed.
            }
          });
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private List<String> alerts() {
    try {
      Path log = folder.resolve("alerts.log");
      return Files.exists(log) ? Files.readAllLines(log) : List.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String monitor(String name, int port, String more) {
    return "  - {name: "
        + name
        + more
        + ", pulse_check: {type: tcp, interval: 50ms, timeout: 5s, config: {host: 127.0.0.1, port: "
        + port
        + "}}, codes: {red: {notify: log, config: {file: "
        + folder.resolve("alerts.log")
        + "}}, green: {notify: log, config: {file: "
        + folder.resolve("alerts.log")
        + "}}}}\n";
  }

  private Configuration of(String monitors) {
    return Loaded.configuration(folder, "monitors:\n" + monitors);
  }

  @Test
  void whatChangesKeepsItsIncidentAndTheRestGoesOn() throws Exception {
    int closed;
    try (ServerSocket down = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      closed = down.getLocalPort();
    }
    try (Target same = new Target();
        Target gone = new Target();
        Target fresh = new Target()) {
      Configuration before =
          of(
              monitor("same", same.port(), "")
                  + monitor("gone", gone.port(), "")
                  + monitor("broken", closed, ""));
      Daemon daemon = Daemon.start(before, DaemonSettings.defaults());
      try {
        Await.until(
            "as told",
            () -> alerts().size() == 1 && same.visits.get() > 1 && gone.visits.get() > 1);
        assertThat(alerts().getFirst()).contains("RED").contains("broken");

        // Another target for the monitor in trouble: its incident must be known to end it.
        Configuration after =
            of(
                monitor("same", same.port(), "")
                    + monitor("broken", same.port(), ", labels: {a: b}")
                    + monitor("fresh", fresh.port(), ""));
        daemon.apply(Plan.between(before, after).changes(after));

        assertThat(daemon.monitors()).isEqualTo(3);
        int visits = same.visits.get();
        Await.until("as told", () -> fresh.visits.get() > 1 && same.visits.get() > visits + 4);
        Await.until("as told", () -> alerts().size() == 2);
        assertThat(alerts().get(1)).contains("GREEN").contains("broken");
        // What was in flight has ended: from now on nobody comes.
        int last = gone.visits.get();
        int more = fresh.visits.get();
        Await.until("as told", () -> fresh.visits.get() > more + 4);
        assertThat(gone.visits.get()).isEqualTo(last);
        assertThat(alerts()).hasSize(2);
      } finally {
        var _ = daemon.stop();
      }
      assertThat(daemon.failure()).isNull();
    }
  }

  /// What no daemon can serve.
  private record Odd() implements PulseConfig {
    @Override
    public String type() {
      return "odd";
    }
  }

  private static final String ONE = "nobody-guesses-this";
  private static final String OTHER = "another-token-of-it";

  private Configuration waiting(String... tokens) {
    StringBuilder monitors = new StringBuilder();
    for (int i = 0; i < tokens.length; i++) {
      monitors.append(
          "  - {name: job-%d, pulse_check: {type: heartbeat, interval: 1s, timeout: 1s, config: {token: %s, grace: 1h}}}\n"
              .formatted(i, tokens[i]));
    }
    return of(monitors.toString());
  }

  private static List<Boolean> heard(Daemon daemon) {
    return List.of(daemon.beat(ONE), daemon.beat(OTHER));
  }

  /// Kills tokens that outlive their monitors, a token that a refused reload lets in or takes away,
  /// one that is lost when it changes its monitor, and one that cannot come back.
  @Test
  void aTokenIsKnownAsLongAsAMonitorWaitsForIt() throws Exception {
    Configuration one = waiting(ONE);
    Configuration other = waiting(OTHER);
    Daemon daemon = Daemon.start(one, DaemonSettings.defaults());
    try {
      assertThat(heard(daemon)).containsExactly(true, false);
      MonitorSpec odd =
          MonitorSpec.of("odd", MonitorRules.of(3_600_000_000_000L, 1_000_000_000L), new Odd());
      Changes refused = new Changes(List.of(odd), other.monitors(), List.of(), Policy.DEFAULT);
      assertThatThrownBy(() -> daemon.apply(refused)).isInstanceOf(IllegalArgumentException.class);
      assertThat(heard(daemon)).as("refused").containsExactly(true, false);

      daemon.apply(Plan.between(one, other).changes(other));
      assertThat(heard(daemon)).as("another token").containsExactly(false, true);
      daemon.apply(Plan.between(other, one).changes(one));
      assertThat(heard(daemon)).as("back").containsExactly(true, false);

      Configuration both = waiting(ONE, OTHER);
      Configuration swapped = waiting(OTHER, ONE);
      daemon.apply(Plan.between(one, both).changes(both));
      assertThat(heard(daemon)).containsExactly(true, true);
      daemon.apply(Plan.between(both, swapped).changes(swapped));
      assertThat(heard(daemon)).as("swapped").containsExactly(true, true);
      daemon.apply(Plan.between(swapped, other).changes(other));
      assertThat(heard(daemon)).as("one is gone").containsExactly(false, true);
      Configuration none = new Configuration(List.of(), Policy.DEFAULT);
      daemon.apply(Plan.between(other, none).changes(none));
      assertThat(heard(daemon)).as("both are gone").containsExactly(false, false);
    } finally {
      var _ = daemon.stop();
    }
  }

  @Test
  void manyAreAddedAndRemovedInChunks() throws Exception {
    try (Target target = new Target()) {
      List<MonitorSpec> many = new ArrayList<>();
      for (int i = 0; i < 900; i++) {
        many.add(
            MonitorSpec.of(
                "m" + i,
                MonitorRules.of(3_600_000_000_000L, 1_000_000_000L),
                TcpConfig.connect("127.0.0.1", target.port())));
      }
      Configuration none = new Configuration(List.of(), Policy.DEFAULT);
      Configuration all = new Configuration(many, Policy.DEFAULT);
      Daemon daemon = Daemon.start(none, DaemonSettings.defaults());
      try {
        daemon.apply(Plan.between(none, all).changes(all));
        assertThat(daemon.monitors()).isEqualTo(900);
        daemon.apply(Plan.between(all, none).changes(none));
        assertThat(daemon.monitors()).isZero();
      } finally {
        var _ = daemon.stop();
      }
    }
  }

  /// A reload that ended in the middle is tried again with all of its changes. Kills one that adds
  /// a monitor twice: nothing would know of the first any more, and it would be checked for ever.
  @Test
  void whatIsThereAlreadyIsNotAddedAgain() throws Exception {
    try (Target target = new Target()) {
      Configuration none = new Configuration(List.of(), Policy.DEFAULT);
      Configuration one = of(monitor("one", target.port(), ""));
      Daemon daemon = Daemon.start(none, DaemonSettings.defaults());
      try {
        Changes changes = Plan.between(none, one).changes(one);
        daemon.apply(changes);
        daemon.apply(changes);
        long applied = daemon.nowNanos();
        Await.until("a snapshot", () -> daemon.snapshot().tickNanos() > applied);
        long watched = 0;
        for (int i = 0; i < MonitorStatus.COUNT; i++) {
          watched += daemon.snapshot().counts().monitors(MonitorStatus.of(i));
        }
        assertThat(watched).isEqualTo(1);
      } finally {
        var _ = daemon.stop();
      }
    }
  }

  @Test
  void whatThereIsNoRoomForChangesNothing() throws Exception {
    try (Target target = new Target()) {
      Configuration before = of(monitor("same", target.port(), ""));
      Daemon daemon = Daemon.start(before, DaemonSettings.defaults());
      try {
        List<MonitorSpec> many = new ArrayList<>();
        for (int i = 0; i < 1_024; i++) {
          many.add(
              MonitorSpec.of(
                  "m" + i,
                  MonitorRules.of(3_600_000_000_000L, 1_000_000_000L),
                  TcpConfig.connect("127.0.0.1", target.port())));
        }
        Changes tooMany = new Changes(many, List.of(), List.of("same"), Policy.DEFAULT);
        assertThatThrownBy(() -> daemon.apply(tooMany))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("expected room for 1024 more monitors")
            .hasMessageContaining("restart");
        assertThat(daemon.monitors()).isEqualTo(1);
        int visits = target.visits.get();
        Await.until("as told", () -> target.visits.get() > visits + 1);
      } finally {
        var _ = daemon.stop();
      }
    }
  }
}
