package dev.cpra.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Loads;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.manifest.load.MonitorSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The repository's loads, and both engines.
final class TestLoads {
  static final List<Variant> BOTH =
      List.of(Variant.of("baseline", "baseline", Map.of()), Variant.of("ecs", "ecs", Map.of()));

  /// The peer that runs in virtual time, beside the reference.
  static final List<Variant> PEER =
      List.of(
          Variant.of("baseline", "baseline", Map.of()), Variant.of("agrona", "agrona", Map.of()));

  private TestLoads() {}

  static Load load(String name) {
    LoadsResult result = Loads.load(Path.of("..", "loads", name));
    assertThat(result.problems()).isEmpty();
    return result.loads().getFirst();
  }

  static Scenario scenario(String name, long seed) {
    Load load = load(name);
    return Scenario.of(load, population(load), seed);
  }

  static Population population(Load load) {
    if (load.monitors() instanceof MonitorSource.Generated generated) {
      return Population.of(generated.generate());
    }
    throw new IllegalArgumentException("expected a load that generates its monitors");
  }
}
