package dev.cpra.harness.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.harness.result.Variant;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Loads;
import dev.cpra.manifest.load.LoadsResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VariantsTest {
  private static final List<String> PEERS = List.of("jdk", "netty", "agrona", "ark-style");

  @Test
  void yardsticksRunOnlyWhenAsked() {
    assertThat(Variants.engines()).contains("baseline", "ecs").doesNotContainAnyElementsOf(PEERS);
    assertThat(Variants.of(load("1k.yaml"), List.of()))
        .extracting(Variant::engine)
        .doesNotContainAnyElementsOf(PEERS);
    assertThat(Variants.of(load("1k.yaml"), PEERS))
        .extracting(Variant::engine)
        .containsExactlyElementsOf(PEERS);
  }

  @Test
  void anEngineWithAThreadIsRefusedWhereTimeIsVirtual() {
    Load saturate = load("saturate-1m.yaml");
    for (String engine : List.of("jdk", "netty")) {
      assertThatThrownBy(() -> Variants.of(saturate, List.of("baseline", engine)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(engine)
          .hasMessageContaining("`saturate` runs in virtual time")
          .hasMessageContaining("`ramp`");
    }
    assertThat(Variants.of(saturate, List.of("baseline", "agrona"))).hasSize(2);
    assertThat(Variants.virtualTimeEngines())
        .contains("baseline", "ecs", "agrona", "ark-style")
        .doesNotContain("jdk", "netty");
  }

  @Test
  void shardsAreForSaturatedNoopWork() {
    assertThat(Variants.of(load("shards.yaml"), List.of()))
        .extracting(Variant::shards)
        .contains(1, 2, 4);
    Variant two = new Variant("two", "baseline", Map.of(), List.of(), 2);
    assertThatThrownBy(() -> Variants.refuseShards(List.of(two), "why"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine `two` asks for 2 shards: why");
  }

  private static Load load(String name) {
    LoadsResult result = Loads.load(Path.of("..", "loads", name));
    assertThat(result.problems()).isEmpty();
    return result.loads().getFirst();
  }
}
