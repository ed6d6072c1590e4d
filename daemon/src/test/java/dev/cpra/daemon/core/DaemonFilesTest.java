package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.daemon.Await;
import dev.cpra.daemon.state.SqliteStorage;
import dev.cpra.daemon.state.StateLog;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a daemon keeps in its folder, and what it finds there.
@Timeout(120)
final class DaemonFilesTest {
  private static final String TOKEN = "nobody-guesses-this";
  private static final long HOUR = 3_600_000_000_000L;

  @TempDir Path folder;

  private Daemon start(String manifest) throws IOException {
    Path file = Files.writeString(folder.resolve("m.yaml"), manifest);
    LoadResult loaded = Manifests.load(file, LoadOptions.defaults().withRequireAvailable(true));
    assertThat(loaded.report()).isEmpty();
    return Daemon.start(
        Configuration.of(loaded), DaemonSettings.defaults().withData(folder.resolve("data")));
  }

  private Daemon waiting() throws IOException {
    return start(
        """
        monitors:
          - name: job
            pulse_check: {type: heartbeat, interval: 50ms, timeout: 5s,
                          config: {token: %s, grace: 1h}}
        """
            .formatted(TOKEN));
  }

  /// Kills a restart that forgives a silent job, and one that fails a job that called in time.
  @Test
  void aHeartbeatOutlivesARestart() throws Exception {
    try (Daemon first = waiting()) {
      assertThat(first.beat(TOKEN)).isTrue();
    }
    String id;
    try (StateLog log = SqliteStorage.open(folder.resolve("data"))) {
      Map<String, Long> heard = log.recovered().heartbeats();
      assertThat(heard).hasSize(1).doesNotContainKey(TOKEN);
      id = heard.keySet().iterator().next();
      log.heard(id, heard.values().iterator().next() + 1);
    }
    try (Daemon second = waiting()) {
      Await.until("it checks", () -> second.snapshot().ledger().pulse.ok > 0);
      assertThat(second.snapshot().ledger().pulse.failed).isZero();
    }
    try (StateLog log = SqliteStorage.open(folder.resolve("data"))) {
      log.handed(log.recovered().lastNanos() + 2 * HOUR); // so much later it is
      log.heard(id, log.recovered().lastNanos());
    }
    try (Daemon third = waiting()) {
      Await.until("it fails", () -> third.snapshot().ledger().pulse.failed > 0);
      assertThat(third.snapshot().ledger().pulse.ok).isZero();
      assertThat(third.beat(TOKEN)).isTrue();
      Await.until("it is well", () -> third.snapshot().ledger().pulse.ok > 0);
    }
  }

  /// Kills a switch that is looked at only later, one that cannot be turned on again, and one that
  /// waits while something is reloaded.
  @Test
  void aFileStopsAllInterventions() throws Exception {
    Path off = folder.resolve("data").resolve(OffSwitch.FILE);
    Files.createDirectories(folder.resolve("data"));
    Files.createFile(off);
    int closed;
    try (ServerSocket down = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      closed = down.getLocalPort();
    }
    try (ServerSocket repair = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Daemon daemon =
            start(
                """
                monitors:
                  - name: m
                    pulse_check: {type: tcp, interval: 50ms, timeout: 5s,
                                  config: {host: 127.0.0.1, port: %d}}
                    intervention: {action: webhook, timeout: 1s, max_failures: 1000, retry_delay: 50ms,
                                   target: {url: "http://127.0.0.1:%d/"}}
                """
                    .formatted(closed, repair.getLocalPort()))) {
      Await.until("two are refused", () -> daemon.refusedInterventions() >= 2);
      repair.setSoTimeout(1);
      assertThatThrownBy(repair::accept).isInstanceOf(SocketTimeoutException.class);

      Files.delete(off);
      repair.setSoTimeout(20_000);
      try (Socket called = repair.accept()) {
        assertThat(called.isConnected()).isTrue();
      }
      synchronized (daemon) { // as a reload does, as long as it takes
        long refused = daemon.refusedInterventions();
        Files.createFile(off);
        Await.until("more are refused", () -> daemon.refusedInterventions() > refused);
      }
    }
  }
}
