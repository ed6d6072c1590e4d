package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.result.LaneCounts;
import dev.cpra.harness.result.LedgerCounts;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.Loads;
import dev.cpra.simulator.Outcome;
import dev.cpra.simulator.Population;
import dev.cpra.simulator.Scenario;
import dev.cpra.simulator.Simulator;
import dev.cpra.simulator.Variant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Virtual time is worth something if the real one does the same: the same load, once as a trial
/// with threads and a clock, once simulated, has the same account but for the edges of its phases.
final class RealTimeAgreesTest {
  private static final String LOAD =
      """
      name: both-times
      monitors:
        generate:
          count: 400
          seed: 5
          mix:
            - {share: 0.5, type: http, interval: 600ms, timeout: 500ms, unhealthy_threshold: 2,
               intervention: {action: webhook, timeout: 500ms, max_failures: 2, retry_delay: 300ms},
               codes: {yellow: &log {notify: log, config: {file: a.log}}, red: *log, green: *log, cyan: *log}}
            - {share: 0.5, type: tcp, interval: 400ms, timeout: 300ms, codes: {red: *log}}
      work: {kind: scripted, seed: 9, failure: 0.2, latency: {p50: 5ms, p99: 40ms}}
      engine:
        lanes:
          pulse: {queue: 4096, workers: 512}
          intervention: {queue: 512, workers: 256}
          code: {queue: 512, workers: 256}
      phases:
        - {name: steady, for: 2s}
        - {name: burst, for: 1s, rate: 2}
        - {name: after, for: 1s}
      faults:
        - {at: 1s, for: 500ms, kind: target-down, rate: 0.2}
        - {at: 1500ms, for: 500ms, kind: duplicate, lane: pulse, rate: 0.3}
      """;

  /// What may fall on the other side of a phase's edge: jobs that are due within this time, and a
  /// few. A machine that is busy with other things is late by some of it.
  private static final double EDGE = 0.05;

  private static final long FEW = 12;

  @ParameterizedTest
  @ValueSource(strings = {"baseline", "ecs"})
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void theSameLoadHasTheSameAccountInBothTimes(String engine, @TempDir Path folder)
      throws Exception {
    Path file = Files.writeString(folder.resolve("both-times.yaml"), LOAD);
    TrialResult real = inRealTime(engine, file, folder);
    assertThat(real.status().kind()).as("%s", real.status()).isEqualTo(Status.Kind.COMPLETE);
    LedgerCounts account = real.ledger();
    if (account == null) {
      throw new AssertionError("a complete trial without a ledger");
    }
    LedgerCounts simulated = simulated(engine, file);

    agree("pulse", account.pulse(), simulated.pulse());
    agree("intervention", account.intervention(), simulated.intervention());
    agree("code", account.code(), simulated.code());
    assertThat(simulated.pulse().stale()).as("duplicates that reached the engine").isPositive();
    assertThat(simulated.intervention().ok()).as("interventions").isPositive();
  }

  private static TrialResult inRealTime(String engine, Path file, Path folder) throws Exception {
    TrialSpec spec =
        new TrialSpec(
            file.toString(),
            new dev.cpra.harness.result.Variant(engine, engine, Map.of()),
            0,
            0,
            false,
            Map.of(),
            folder.resolve("trial.json").toString(),
            folder.toString(),
            null);
    Load load = LoadFiles.forTrial(spec);
    return new Trial(spec, load, LoadFiles.world(spec, load), _ -> {}).run();
  }

  private static LedgerCounts simulated(String engine, Path file) {
    Load load = Loads.load(file).loads().getFirst();
    Population population = LoadFiles.populationForSimulation(load);
    Scenario scenario = Scenario.of(load, population, load.work().seed()).withoutRecovery();
    Outcome outcome = new Simulator(List.of(Variant.of(engine, engine, Map.of()))).run(scenario);
    assertThat(outcome.failure()).isNull();
    return LedgerCounts.of(outcome.runs().getFirst().ledger());
  }

  private static void agree(String lane, LaneCounts real, LaneCounts simulated) {
    close(lane + " due", real.due(), simulated.due(), simulated.due());
    close(lane + " dispatched", real.dispatched(), simulated.dispatched(), simulated.due());
    close(lane + " missed", real.missed(), simulated.missed(), simulated.due());
    close(lane + " ok", real.ok(), simulated.ok(), simulated.due());
    close(lane + " failed", real.failed(), simulated.failed(), simulated.due());
    close(lane + " expired", real.expired(), simulated.expired(), simulated.due());
    close(lane + " stale", real.stale(), simulated.stale(), simulated.due());
  }

  private static void close(String what, long real, long simulated, long of) {
    long edge = Math.round(of * EDGE) + FEW;
    assertThat(real).as(what).isBetween(simulated - edge, simulated + edge);
  }
}
