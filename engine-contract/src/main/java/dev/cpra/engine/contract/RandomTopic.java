package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens, in whatever order.
interface RandomTopic extends Worlds {
  /// The tick of a seed: 1 ms, 10 ms, and one that divides nothing.
  private static long tick(long seed) {
    return switch ((int) (seed % 3)) {
      case 0 -> MS;
      case 1 -> 10 * MS;
      default -> 700_001;
    };
  }

  private static EngineWorld.Builder sized(EngineWorld.Builder builder, long seed) {
    return builder
        .limits(new EngineLimits(40, 64, 1_024, tick(seed), 3 * MS))
        .lane(Lane.PULSE, new LaneLimits(24, 1 + (int) (seed % 5), 4_096))
        .lane(Lane.INTERVENTION, new LaneLimits(8, 1, 4_096))
        .lane(Lane.CODE, new LaneLimits(6, 3, 4_096));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  default void itDoesWhatTheReferenceDoes(long seed) {
    EngineWorld subject = start(sized(worldWith(), seed));
    EngineWorld oracle = start(sized(EngineWorld.of(new OracleProvider(), Map.of()), seed));

    new RandomScript(subject, oracle, tick(seed), seed).run(1_000);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {101, 102, 103})
  default void theSameCallsHaveTheSameTrace(long seed) {
    EngineWorld one = start(sized(worldWith(), seed));
    EngineWorld other = start(sized(worldWith(), seed));

    new RandomScript(one, other, tick(seed), seed).exactly().run(600);
  }
}
