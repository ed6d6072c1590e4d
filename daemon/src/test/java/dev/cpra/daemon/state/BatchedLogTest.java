package dev.cpra.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.daemon.Await;
import dev.cpra.engine.MonitorState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
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
      log.changed(state("web-1", 100));
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

  private static MonitorRecord state(String monitor, long nanos) {
    return MonitorRecord.of(monitor, nanos, new MonitorState(), 0, 0, "", false);
  }

  /// A disk that hangs takes a batch and never says that it did. Kills an age that begins anew with
  /// what came behind the batch, or leaves out the batch: the alarm would stay off.
  @Test
  @Timeout(60)
  void whatIsBeingWrittenGrowsOld() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    storage.atCommit(() -> {
      reached.countDown();
      boolean waited = false;
      while (!waited) {
        try {
          goOn.await();
          waited = true;
        } catch (InterruptedException _) {
          // A disk does not hear an interrupt.
        }
      }
    });
    try (StateLog log = BatchedLog.open(storage)) {
      log.changed(state("web-1", 100));
      reached.await();
      assertThat(log.stats().waitingSinceNanos()).isEqualTo(100);
      log.changed(state("web-1", 5_000));
      log.changed(state("web-2", 6_000));
      assertThat(log.stats().waitingSinceNanos()).isEqualTo(100);
      assertThat(log.stats().waiting()).isEqualTo(3);
      goOn.countDown();
      Await.until("all is written", () -> log.stats().waitingSinceNanos() == 0);
      assertThat(log.stats().waiting()).isZero();
    }
  }

  /// Kills an age that begins anew whenever a name is written again, or with a try that failed, and
  /// one that counts states only.
  @Test
  void whatComesAgainHasWaitedSinceItCameFirst() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    BatchedLog log = BatchedLog.onCallersThread(storage);
    log.changed(state("web-1", 100));
    log.changed(state("web-1", 900));
    assertThat(log.stats().waitingSinceNanos()).isEqualTo(100);
    storage.refuse("the disk is full");
    assertThat(log.write()).isFalse();
    log.changed(state("web-1", 2_000));
    assertThat(log.stats().waitingSinceNanos()).isEqualTo(100);
    storage.refuse(null);
    assertThat(log.write()).isTrue();
    assertThat(log.stats().waitingSinceNanos()).isZero();

    log.changed(state("web-1", 3_000));
    assertThat(log.stats().waitingSinceNanos()).isEqualTo(3_000);
    assertThat(log.write()).isTrue();
    log.heard("job", 4_000);
    assertThat(log.stats().waitingSinceNanos()).isEqualTo(4_000);
  }

  /// Kills an alarm over an intent that was refused and is not to be written any more.
  @Test
  void whatIsRefusedDoesNotWait() throws Exception {
    MemoryStorage storage = new MemoryStorage();
    BatchedLog log = BatchedLog.onCallersThread(storage);
    storage.refuse("the disk is full");
    assertThatThrownBy(() -> log.begin(INTENT)).isInstanceOf(StateException.class);
    assertThat(log.stats().waitingSinceNanos()).isZero();
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
