package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.daemon.Await;
import dev.cpra.engine.Lane;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.Manifests;
import dev.cpra.probes.ProbeOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A daemon that is told to stop while repairs wait for a worker.
@Timeout(120)
final class StopTest {
  @TempDir Path folder;

  private Configuration twoThatFail(int closed, int repair) throws Exception {
    StringBuilder manifest = new StringBuilder("monitors:\n");
    for (String name : new String[] {"a", "b"}) {
      manifest.append(
          """
            - name: %s
              pulse_check: {type: tcp, interval: 50ms, timeout: 5s, config: {host: 127.0.0.1, port: %d}}
              intervention: {action: webhook, timeout: 60s, target: {url: "http://127.0.0.1:%d/"}}
          """
              .formatted(name, closed, repair));
    }
    manifest.append("safety: {interventions: {breaker: {share: 1, least: 1000}}}\n");
    Path file = Files.writeString(folder.resolve("m.yaml"), manifest);
    LoadResult loaded = Manifests.load(file, LoadOptions.defaults().withRequireAvailable(true));
    assertThat(loaded.report()).isEmpty();
    return Configuration.of(loaded);
  }

  /// Kills a stop that begins what waits as soon as a worker is free.
  @Test
  void aRepairThatWaitsIsNotBegunAnyMore() throws Exception {
    int closed;
    try (ServerSocket down = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      closed = down.getLocalPort();
    }
    DaemonSettings oneAtATime =
        new DaemonSettings(
            DaemonSettings.ENGINE_DEFAULT,
            Map.of(),
            new Workers(64, 1, 8),
            ProbeOptions.DEFAULT,
            null,
            Duration.ofSeconds(2),
            null);
    try (ServerSocket repair = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      repair.setSoTimeout(60_000);
      Daemon daemon = Daemon.start(twoThatFail(closed, repair.getLocalPort()), oneAtATime);
      CompletableFuture<Boolean> stopped = new CompletableFuture<>();
      try (Socket first = repair.accept()) {
        Await.until(
            "the other one waits for the worker",
            () -> daemon.snapshot().ledger().intervention.inFlight == 2);
        Thread.ofVirtual()
            .start(() -> {
              try {
                stopped.complete(daemon.stop());
              } catch (InterruptedException e) {
                stopped.completeExceptionally(e);
              }
            });
        Await.until("it stops", daemon::isStopping);
        assertThat(first.isConnected()).as("what was begun goes on").isTrue();
      }
      // Its connection is closed: the worker is free.
      Await.until("it is left", () -> daemon.stats(Lane.INTERVENTION).aborted() == 1);
      assertThat(stopped.get(60, TimeUnit.SECONDS)).as("one was left").isFalse();
      repair.setSoTimeout(1);
      assertThatThrownBy(repair::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
