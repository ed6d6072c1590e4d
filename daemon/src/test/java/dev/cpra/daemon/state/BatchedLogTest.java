package dev.cpra.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.MonitorState;
import java.time.Duration;
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
      log.changed(MonitorRecord.of("web-1", 100, new MonitorState(), 0, 0, ""));
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
}
