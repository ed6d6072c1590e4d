package dev.cpra.harness.simulate;

import dev.cpra.harness.result.Variant;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.load.Load;
import dev.cpra.simulator.Population;
import dev.cpra.simulator.Scenario;
import dev.cpra.simulator.Simulator;
import java.util.ArrayList;
import java.util.List;

/// Makes scenarios of a load and of what was asked for. Immutable.
final class Scenarios {
  private final Load load;
  private final Population population;
  private final SimulateOptions options;

  Scenarios(Load load, SimulateOptions options) {
    this.load = load;
    this.population = LoadFiles.populationForSimulation(load);
    this.options = options;
  }

  Scenario of(long seed) {
    return Scenario.of(load, population, seed)
        .lasting(options.forNanos())
        .withMonitors(options.monitors())
        .withFaults(options.faults());
  }

  /// The engines that were asked for.
  Simulator simulator() {
    List<dev.cpra.simulator.Variant> variants = new ArrayList<>();
    for (Variant variant : options.variants()) {
      variants.add(
          dev.cpra.simulator.Variant.of(variant.name(), variant.engine(), variant.options()));
    }
    return new Simulator(variants);
  }
}
