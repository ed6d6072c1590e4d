package dev.cpra.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.load.Load;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever goes wrong, every checker is content with both engines, and they tell the same.
final class MixedFaultsTest {
  private static final String LOAD = "mixed-faults.yaml";
  private static final int SEEDS = 200;
  private static final int PEER_SEEDS = 40;

  private final Simulator simulator = new Simulator(TestLoads.BOTH);

  @Test
  void everySeedPassesOnBothEnginesWithEqualTraces() {
    Load load = TestLoads.load(LOAD);
    Population population = TestLoads.population(load);
    List<String> failed = new ArrayList<>();
    long events = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Outcome outcome = simulator.run(Scenario.of(load, population, seed));
      events += outcome.runs().getFirst().events();
      if (outcome.failure() != null) {
        failed.add("./cpra simulate loads/" + LOAD + " --seed " + seed + ": " + outcome.failure());
      }
    }
    assertThat(failed).isEmpty();
    assertThat(events).as("events told: nothing happening proves nothing").isGreaterThan(500_000);
  }

  /// Each of these once showed a bug, of an engine or of the simulator itself; see
  /// docs/simulator.md.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {18, 60, 62, 110, 185, 375, 515, 1074, 1092, 3089, 3780, 4570, 6384, 13897})
  void aSeedThatFoundABugPasses(long seed) {
    assertThat(simulator.run(TestLoads.scenario(LOAD, seed)).failure()).isNull();
  }

  /// The peer that is passive has the same traces as the reference, so that what evaluations
  /// compare is the same work.
  @Test
  void thePeerInVirtualTimeTellsTheSameAsTheReference() {
    Simulator peers = new Simulator(TestLoads.PEER);
    List<String> failed = new ArrayList<>();
    for (long seed = 1; seed <= PEER_SEEDS; seed++) {
      Outcome outcome = peers.run(TestLoads.scenario(LOAD, seed));
      if (outcome.failure() != null) {
        failed.add("seed " + seed + ": " + outcome.failure());
      }
    }
    assertThat(failed).isEmpty();
  }

  @Test
  void aScenarioHasOneHistory() {
    Scenario scenario = TestLoads.scenario(LOAD, 7);
    Run one = simulator.run(scenario).runs().getFirst();
    Run again = simulator.run(scenario).runs().getFirst();
    assertThat(again.trace()).isEqualTo(one.trace());
    assertThat(again.ticks()).isEqualTo(one.ticks());
  }

  @Test
  void anotherSeedIsAnotherHistory() {
    Run one = simulator.run(TestLoads.scenario(LOAD, 7)).runs().getFirst();
    Run other = simulator.run(TestLoads.scenario(LOAD, 8)).runs().getFirst();
    assertThat(other.trace()).isNotEqualTo(one.trace());
  }
}
