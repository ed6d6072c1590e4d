package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.kind.HttpConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SlowStartTest {
  private static final long SECOND = 1_000_000_000;
  private static final long START = 1_800_000_000L * SECOND;

  @Test
  void fewChecksBeginAtOnce() {
    assertThat(SlowStart.of(monitors(1_000, SECOND).stream())).isEqualTo(SlowStart.NONE);
    assertThat(SlowStart.of(monitors(1_000, 60 * SECOND).stream())).isEqualTo(SlowStart.NONE);
    assertThat(SlowStart.NONE.delayNanos("web-1")).isZero();
  }

  @Test
  void theMoreChecksTheLongerUpToTenSeconds() {
    assertThat(SlowStart.of(monitors(4_000, SECOND).stream()).overNanos()).isEqualTo(4 * SECOND);
    assertThat(SlowStart.of(monitors(50_000, SECOND).stream()).overNanos()).isEqualTo(10 * SECOND);
  }

  /// Kills a delay that goes with the grid: monitors side by side in their interval would begin in
  /// the same second, and the rate would climb in one step.
  @Test
  void theRateClimbsEvenly() {
    List<MonitorSpec> monitors = monitors(10_000, SECOND);
    SlowStart start = SlowStart.of(monitors.stream());
    int[] checks = new int[11];
    for (MonitorSpec monitor : monitors) {
      long first = Grid.firstDue(monitor.name(), SECOND, START + start.delayNanos(monitor.name()));
      for (int second = (int) ((first - START) / SECOND); second < checks.length; second++) {
        checks[second]++;
      }
    }
    for (int second = 0; second < 10; second++) {
      assertThat(checks[second]).isBetween(1_000 * second + 300, 1_000 * second + 700);
    }
    assertThat(checks[10]).isEqualTo(10_000);
  }

  private static List<MonitorSpec> monitors(int count, long intervalNanos) {
    List<MonitorSpec> monitors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      monitors.add(
          MonitorSpec.of(
              "m" + i,
              MonitorRules.of(intervalNanos, SECOND / 2),
              HttpConfig.get("http://127.0.0.1:1/")));
    }
    return monitors;
  }
}
