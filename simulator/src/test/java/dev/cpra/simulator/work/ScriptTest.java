package dev.cpra.simulator.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Lane;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class ScriptTest {
  private static final long MS = 1_000_000;

  @Test
  void theSameJobAlwaysHasTheSameFate() {
    Script one = new Script(5, 0.3, 20 * MS, 900 * MS);
    Script other = new Script(5, 0.3, 20 * MS, 900 * MS);
    for (int i = 0; i < 1_000; i++) {
      assertThat(one.latencyNanos(Lane.PULSE, i, i % 7))
          .isEqualTo(other.latencyNanos(Lane.PULSE, i, i % 7));
      assertThat(one.fails(Lane.CODE, i, 3)).isEqualTo(other.fails(Lane.CODE, i, 3));
    }
  }

  @Test
  void seedLaneMonitorAndNumberAllMatter() {
    Script script = new Script(5, 0.3, 20 * MS, 900 * MS);
    long base = script.latencyNanos(Lane.PULSE, 1, 1);
    assertThat(new Script(6, 0.3, 20 * MS, 900 * MS).latencyNanos(Lane.PULSE, 1, 1))
        .isNotEqualTo(base);
    assertThat(script.latencyNanos(Lane.CODE, 1, 1)).isNotEqualTo(base);
    assertThat(script.latencyNanos(Lane.PULSE, 2, 1)).isNotEqualTo(base);
    assertThat(script.latencyNanos(Lane.PULSE, 1, 2)).isNotEqualTo(base);
  }

  @Test
  void latenciesHaveTheQuantilesAskedForAndFailuresTheirShare() {
    Script script = new Script(9, 0.02, 20 * MS, 900 * MS);
    int jobs = 200_000;
    long[] latencies = new long[jobs];
    int failures = 0;
    for (int i = 0; i < jobs; i++) {
      latencies[i] = script.latencyNanos(Lane.PULSE, i, 1);
      failures += script.fails(Lane.PULSE, i, 1) ? 1 : 0;
    }
    Arrays.sort(latencies);
    assertThat(latencies[jobs / 2]).isCloseTo(20 * MS, Percentage.withPercentage(3));
    assertThat(latencies[jobs / 100 * 99]).isCloseTo(900 * MS, Percentage.withPercentage(8));
    assertThat(failures / (double) jobs).isCloseTo(0.02, Offset.offset(0.002));
  }

  @Test
  void refusesWhatIsNoDistribution() {
    assertThatThrownBy(() -> new Script(1, 1.5, 1, 1)).hasMessageContaining("failure");
    assertThatThrownBy(() -> new Script(1, 0, 2, 1)).hasMessageContaining("p50 <= p99");
  }
}
