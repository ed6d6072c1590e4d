package dev.cpra.simulator.oracle;

import static org.assertj.core.api.Assertions.fail;

import dev.cpra.simulator.check.Violation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OracleCheckerTest {
  /// Worlds per engine and tick. Many more of the ecs engine do not fit one JVM: Dominion makes at
  /// most 1,024 worlds, and every restart takes one.
  private static final long SEEDS = 40;

  @ParameterizedTest
  @CsvSource({
    "baseline, 1000000", "baseline, 10000000", "baseline, 700001",
    "ecs, 1000000", "ecs, 10000000", "ecs, 700001"
  })
  void enginesKeepToTheTableInRandomWorlds(String engine, long tickNanos) {
    for (long seed = 0; seed < SEEDS; seed++) {
      try (RandomWorld world = new RandomWorld(engine, seed, tickNanos)) {
        world.run(1_000);
      } catch (Violation violation) {
        fail("seed " + seed + ": " + violation.getMessage(), violation);
      }
    }
  }
}
