package dev.cpra.engine.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.ArrayDeque;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ArkStyleEngineProviderTest {
  @Test
  void isFoundByNameAndIsAYardstick() {
    EngineProvider provider = EngineProvider.named("ark-style");
    assertThat(provider.isYardstick()).isTrue();
    assertThat(provider.runsInVirtualTime()).isTrue();
    assertThat(provider.batchJobs(Map.of(), 64)).isEqualTo(5_000);
    assertThat(provider.tickNanos(Map.of(), 1_000_000)).isEqualTo(100_000_000);
  }

  /// The ECS engine is not on this module's class path: the message names what is.
  @Test
  void saysWhenThereIsNoEcsEngine() {
    LaneLimits limits = LaneLimits.of(16);
    Lanes.Queues queues =
        new Lanes.Queues() {
          @Override
          public java.util.Queue<dev.cpra.engine.Batch> jobs(
              dev.cpra.engine.Lane lane, int capacity) {
            return new ArrayDeque<>();
          }

          @Override
          public java.util.Queue<dev.cpra.engine.Batch> outcomes(
              dev.cpra.engine.Lane lane, int capacity) {
            return new ArrayDeque<>();
          }
        };
    Lanes lanes = Lanes.create(limits, limits, limits, queues);
    assertThatThrownBy(() ->
            new ArkStyleEngineProvider()
                .create(EngineLimits.of(1), Map.of(), lanes, Transitions.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ecs");
  }
}
