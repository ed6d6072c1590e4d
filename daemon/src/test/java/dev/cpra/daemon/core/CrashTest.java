package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Kills at every kind of step, many times, in virtual time. Kills a recovery that repeats an
/// intervention (the state on disk is older than the intent), alerts that go out before their state
/// is on disk (nobody takes them back), ends that are written after the states that tell of them, a
/// freeze that is not taken back, and an outage that began in a silence and is never told.
final class CrashTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final int ROUNDS = 6;

  @ParameterizedTest
  @CsvSource({"baseline, 300", "ecs, 60"}) // Dominion allows 1,024 worlds in one JVM
  void nothingIsLostAndNothingRepeatedThatMustNotBe(String engine, int seeds) {
    int kills = 0;
    int acts = 0;
    int deliveries = 0;
    int freezes = 0;
    for (int seed = 0; seed < seeds; seed++) {
      try {
        Random random = new Random(seed);
        CrashWorld world = new CrashWorld(engine, seed);
        for (int round = 0; round < ROUNDS; round++) {
          world.live(2 * MINUTE, 1 + random.nextInt(6_000));
          if (random.nextBoolean()) {
            world.calm();
          }
          if (random.nextInt(4) == 0) {
            world.disaster();
            world.calm();
          }
        }
        world.calm();
        kills += world.kills;
        acts += world.acts;
        deliveries += world.deliveries;
        freezes += world.freezes;
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    // The worlds did what they are for.
    assertThat(kills).isGreaterThan(seeds);
    assertThat(acts).isGreaterThan(seeds);
    assertThat(deliveries).isGreaterThan(4 * seeds);
    assertThat(freezes).isGreaterThan(seeds / 4);
  }
}
