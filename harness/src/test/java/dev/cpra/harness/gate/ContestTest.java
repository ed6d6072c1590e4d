package dev.cpra.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ContestTest {

  /// Kills a seed that differs from one JVM to the next: the hash of an enum constant does.
  @Test
  void theSeedOfAnIntervalIsTheSameInEveryJvm() {
    Limit.Paired limit = new Limit.Paired(PairedMetric.CPU_PER_JOB, null, null, 1.018);

    assertThat(Contest.seed(new Contest.Held("gate-saturate", limit))).isEqualTo(43117013);
  }
}
