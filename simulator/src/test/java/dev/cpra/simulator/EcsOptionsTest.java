package dev.cpra.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.load.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever the ECS engine's options, it tells the same as the baseline engine, event for event,
/// whatever goes wrong; and so does `ark-style`, which is made of them. The sizes are the
/// scenario's: a world asks no engine which batch and tick it wishes for.
final class EcsOptionsTest {
  private static final String LOAD = "mixed-faults.yaml";
  private static final int SEEDS = 10;

  /// The baseline, and every combination but the default, which [MixedFaultsTest] runs.
  private static List<Variant> combinations() {
    List<Variant> all = new ArrayList<>();
    all.add(Variant.of("baseline", "baseline", Map.of()));
    for (String structure : List.of("deferred", "eager")) {
      for (String state : List.of("field", "tag", "enum")) {
        for (String index : List.of("wheel", "scan")) {
          String name = String.join("-", structure, state, index);
          if (!name.equals("deferred-field-wheel")) {
            Map<String, String> options =
                Map.of("structure", structure, "state", state, "index", index);
            all.add(Variant.of(name, "ecs", options));
          }
        }
      }
    }
    return all;
  }

  @Test
  void everyCombinationHasTheTracesOfTheBaseline() {
    List<Variant> variants = combinations();
    variants.add(Variant.of("ark-style", "ark-style", Map.of()));
    assertThat(variants).hasSize(13);
    Simulator simulator = new Simulator(variants);
    Load load = TestLoads.load(LOAD);
    Population population = TestLoads.population(load);
    List<String> failed = new ArrayList<>();
    long events = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Outcome outcome = simulator.run(Scenario.of(load, population, seed));
      events += outcome.runs().getLast().events();
      if (outcome.failure() != null) {
        failed.add("seed " + seed + ": " + outcome.failure());
      }
    }
    assertThat(failed).isEmpty();
    assertThat(events).as("events told: nothing happening proves nothing").isGreaterThan(20_000);
  }
}
