package dev.cpra.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.daemon.Await;
import dev.cpra.engine.MonitorState;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the log does when its storage does not do what it should.
final class BatchedLogTest {
  private static final Intent INTENT = new Intent("web-1", 1, 100, "docker", "refused");

  /// Kills a writer that ends with an exception it did not expect: whoever waits would wait for
  /// ever, and nobody would say that nothing is written any more.
  @Test
  @Timeout(30)
  void aDefectOfTheStorageIsARefusalAndWhatWaitsIsWrittenLater() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    storage.atCommit(() -> {
      throw new IllegalArgumentException("a defect");
    });
    try (StateLog log = BatchedLog.open(storage)) {
      log.changed(MonitorRecord.of("web-1", 100, new MonitorState(), 0, 0, "", false));
      log.handed(100);

      assertThatThrownBy(() -> log.begin(INTENT))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("a defect");
      assertThat(log.stats().writing()).isFalse();
      assertThat(log.stats().error()).contains("a defect");
      assertThat(log.awaitDurable(100, Duration.ofSeconds(20))).isFalse();

      storage.atCommit(() -> {});
      long id = log.begin(INTENT);
      assertThat(log.awaitDurable(100, Duration.ofSeconds(20))).isTrue();
      assertThat(log.stats().error()).isEmpty();
      assertThat(storage.load().monitors()).containsOnlyKeys("web-1");
      assertThat(storage.load().interventions()).extracting(InterventionRecord::id).contains(id);
    }
  }

  /// Kills a transaction per heartbeat, heartbeats that wait for ever or are lost at the end, and
  /// an older one that wins.
  @Test
  void heartbeatsAreWrittenTogether() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    AtomicInteger commits = new AtomicInteger();
    storage.atCommit(commits::incrementAndGet); // before and after each
    BatchedLog log = BatchedLog.onCallersThread(storage);
    for (int i = 0; i < 1_000; i++) {
      log.heard("job-" + i % 10, i);
    }
    log.heard("job-9", 5);
    assertThat(commits).hasValue(0);
    assertThat(log.write()).isTrue();
    assertThat(commits).hasValue(2);
    assertThat(storage.load().heartbeats()).hasSize(10).containsEntry("job-9", 999L);

    try (StateLog own = BatchedLog.open(storage)) {
      own.heard("job-9", 2_000);
    }
    assertThat(storage.load().heartbeats()).containsEntry("job-9", 2_000L);
    try (StateLog own = BatchedLog.open(storage)) {
      own.heard("job-9", 3_000);
      Await.until(
          "nothing else comes",
          () -> Long.valueOf(3_000).equals(storage.load().heartbeats().get("job-9")));
    }
  }

  /// Kills a transaction as long as there are heartbeats, and a rest that is forgotten.
  @Test
  void manyHeartbeatsAreSeveralTransactions() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    BatchedLog log = BatchedLog.onCallersThread(storage);
    for (int i = 0; i < Pending.HEARTBEATS_PER_COMMIT + 1; i++) {
      log.heard("job-" + i, i);
    }
    assertThat(log.write()).isTrue();
    assertThat(storage.load().heartbeats()).hasSize(Pending.HEARTBEATS_PER_COMMIT);
    assertThat(log.write()).isTrue();
    assertThat(storage.load().heartbeats()).hasSize(Pending.HEARTBEATS_PER_COMMIT + 1);
  }
}
