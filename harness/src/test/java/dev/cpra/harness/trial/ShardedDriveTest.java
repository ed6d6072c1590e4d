package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Ledger;
import dev.cpra.engine.ShardedEngine;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Loads;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.simulator.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Shards on threads of their own: tasks see one account, and nothing is left when they stop.
final class ShardedDriveTest {
  private static final int MONITORS = 3_000;
  private static final int SHARDS = 3;
  private static final int LOOKS_MAX = 100_000;
  private static final String LOAD =
      """
      name: small
      monitors: {generate: {count: 3000, mix: [{share: 1, type: http, interval: 5s, timeout: 3s}]}}
      work: {kind: noop}
      drive: saturate
      phases: [{name: steady, for: 1s}]
      """;

  @TempDir private Path folder;
  private final List<Crew> crews = new ArrayList<>();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private TrialEngine engine;
  private EngineThread drive;

  @BeforeEach
  void start() throws IOException {
    Path file = Files.writeString(folder.resolve("load.yaml"), LOAD);
    LoadsResult read = Loads.load(file);
    assertThat(read.problems()).isEmpty();
    Load load = read.loads().getFirst();
    Population population = LoadFiles.population(load, Map.of());
    TrialWorld world = new TrialWorld.Played(population, new TrialClock(), null);
    for (int i = 0; i < SHARDS; i++) {
      crews.add(world.crew(load, failure));
    }
    Variant variant = new Variant("three", "baseline", Map.of(), List.of(), SHARDS);
    EngineFactory factory = new EngineFactory(variant, load, population, crews.getFirst()::threads);
    engine = TrialEngine.of(factory, MONITORS, SHARDS, Transitions.NONE);
    engine.load(population);
    engine.start(crews);
    drive =
        engine.drive((shard, lanes) ->
            new SaturateDrive(
                shard, lanes, 1_000_000, TrialClock.START_NANOS, population.shortestNanos()));
    drive.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    var _ = drive.stop(Duration.ofSeconds(10));
    for (Crew crew : crews) {
      crew.stop();
    }
    engine.close();
    assertThat(failure.get()).isNull();
  }

  @Test
  void aTaskSeesAnAccountThatBalancesOverAllShards() throws InterruptedException {
    long applied = 0;
    for (int i = 0; i < 50; i++) {
      Ledger seen = ledger();
      assertThat(seen.imbalance()).isNull();
      assertThat(seen.pulse.ok).isGreaterThanOrEqualTo(applied);
      applied = seen.pulse.ok;
    }
    for (int look = 0; look < LOOKS_MAX && applied < 10L * MONITORS; look++) {
      applied = ledger().pulse.ok;
    }
    assertThat(applied).isGreaterThanOrEqualTo(10L * MONITORS);
    assertThat(drive.threads()).hasSize(SHARDS);
  }

  @Test
  void everyShardChecksTheMonitorsThatTheHashGivesIt() throws InterruptedException {
    int[] shards = new int[SHARDS];
    for (int i = 0; i < MONITORS; i++) {
      shards[ShardedEngine.shardFor(i, SHARDS)]++;
    }
    long[] due = new long[SHARDS];
    boolean[] done = new boolean[1];
    for (int look = 0; look < LOOKS_MAX && !done[0]; look++) {
      drive.call(_ -> {
        done[0] = true;
        for (int i = 0; i < SHARDS; i++) {
          due[i] = engine.shards().get(i).engine().ledger().pulse.due;
          done[0] &= due[i] > 2L * shards[i];
        }
      });
    }
    assertThat(done[0]).as("two rounds of every shard, due %s", due).isTrue();
    for (int count : shards) {
      assertThat(count).isBetween(800, 1_200);
    }
  }

  @Test
  void allInFlightEndsAndNoTaskIsTakenAfterwards() throws InterruptedException {
    assertThat(drive.stop(Duration.ofSeconds(10))).isTrue();

    Ledger ledger = engine.engine().ledger();
    assertThat(ledger.inFlight()).isZero();
    assertThat(ledger.imbalance()).isNull();
    assertThatThrownBy(() -> drive.submit(_ -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  private Ledger ledger() throws InterruptedException {
    Ledger seen = new Ledger();
    drive.call(its -> seen.add(its.ledger()));
    return seen;
  }
}
