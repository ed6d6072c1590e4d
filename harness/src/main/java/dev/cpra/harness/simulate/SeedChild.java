package dev.cpra.harness.simulate;

import dev.cpra.manifest.load.Load;
import dev.cpra.simulator.Simulator;
import java.io.PrintStream;
import tools.jackson.databind.json.JsonMapper;

/// Runs seeds one after the other in a process of their own and prints a line of JSON for each.
///
/// Dominion counts the worlds that a JVM ever made and cannot make more than 1,024; each seed makes
/// at least one, and another for each restart. So this ends early, and its parent starts another
/// process for the rest.
final class SeedChild {
  /// Seeds that one process runs: with a restart or so each, and their runs again when traces
  /// differ, fewer than 1,024 worlds.
  static final int SEEDS_MAX = 300;

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SeedChild() {}

  /// Runs them all.
  static void run(Load load, SimulateOptions options, PrintStream out) {
    Scenarios scenarios = new Scenarios(load, options);
    Simulator simulator = scenarios.simulator();
    for (int i = 0; i < options.seeds(); i++) {
      SeedResult result = SeedResult.of(simulator.run(scenarios.of(options.firstSeed() + i)));
      out.println(MAPPER.writeValueAsString(result));
      out.flush();
    }
  }
}
