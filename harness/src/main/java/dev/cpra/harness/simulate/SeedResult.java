package dev.cpra.harness.simulate;

import dev.cpra.harness.result.LedgerCounts;
import dev.cpra.simulator.Failure;
import dev.cpra.simulator.Outcome;
import dev.cpra.simulator.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of one seed, as plain data: a child process hands it to its parent as a line of JSON.
///
/// @param seed the seed
/// @param failure what was wrong, null if nothing was
/// @param engines what each engine did, by variant
public record SeedResult(long seed, @Nullable Failure failure, Map<String, EngineRun> engines) {

  /// What one engine did.
  ///
  /// @param virtualSeconds that passed in its world, recovery and draining included
  /// @param wallSeconds that this took
  /// @param ticks of the engine
  /// @param events that it told
  /// @param followed monitors that the lifecycle's oracle followed
  /// @param ledger of its whole life
  public record EngineRun(
      double virtualSeconds,
      double wallSeconds,
      long ticks,
      long events,
      int followed,
      LedgerCounts ledger) {}

  static SeedResult of(Outcome outcome) {
    Map<String, EngineRun> engines = new LinkedHashMap<>();
    for (Run run : outcome.runs()) {
      engines.put(
          run.engine(),
          new EngineRun(
              run.virtualNanos() / 1e9,
              run.wallNanos() / 1e9,
              run.ticks(),
              run.events(),
              run.followed(),
              LedgerCounts.of(run.ledger())));
    }
    return new SeedResult(outcome.scenario().seed(), outcome.failure(), engines);
  }

  /// A seed that ended without a result.
  static SeedResult died(long seed, String reason) {
    return new SeedResult(seed, new Failure(List.of(), "process", -1, 0, reason), Map.of());
  }

  /// Events over all engines.
  long events() {
    return engines.values().stream().mapToLong(EngineRun::events).sum();
  }

  /// Virtual time over all engines.
  double virtualSeconds() {
    return engines.values().stream().mapToDouble(EngineRun::virtualSeconds).sum();
  }
}
