package dev.cpra.engine.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Batch;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.dominion.ecs.api.Results;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the options change of an engine, and which are refused; that none changes what it does is
/// held by each [Combination] and by the simulator.
final class EcsOptionsTest {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;
  private static final MonitorRules PLAIN = MonitorRules.of(SECOND, SECOND);

  private final EcsEngineProvider provider = new EcsEngineProvider();
  private final List<EcsEngine> engines = new ArrayList<>();
  private Lanes lanes = lanes();

  static Lanes lanes() {
    LaneLimits limits = LaneLimits.of(1 << 12);
    return Lanes.create(
        limits,
        limits,
        limits,
        new Lanes.Queues() {
          @Override
          public Queue<Batch> jobs(Lane lane, int capacity) {
            return new ArrayDeque<>(1_024);
          }

          @Override
          public Queue<Batch> outcomes(Lane lane, int capacity) {
            return new ArrayDeque<>(1_024);
          }
        });
  }

  private EcsEngine engine(Map<String, String> options, int monitors) {
    return engine(options, monitors, MS);
  }

  private EcsEngine engine(Map<String, String> options, int monitors, long tickNanos) {
    lanes = lanes();
    EngineLimits limits = EngineLimits.of(monitors + 1).withTick(tickNanos);
    EcsEngine engine = (EcsEngine) provider.create(limits, options, lanes, Transitions.NONE);
    engines.add(engine);
    for (int i = 0; i < monitors; i++) {
      engine.add(PLAIN, i % 10 * 100L * MS);
    }
    return engine;
  }

  @AfterEach
  void close() {
    engines.forEach(EcsEngine::close);
  }

  private void answer() {
    for (Batch batch; (batch = lanes.pulse().take()) != null; ) {
      for (int i = 0; i < batch.size(); i++) {
        batch.outcome(i, Outcome.OK);
      }
      lanes.pulse().give(batch);
    }
  }

  // --- refusals

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          structure | lazy    | option structure: expected deferred or eager, found lazy
          state     | Tag     | option state: expected field or tag or enum, found Tag
          index     | heap    | option index: expected wheel or scan, found heap
          batch     | 0       | option batch: expected 1 to 65536, found 0
          batch     | 65537   | option batch: expected 1 to 65536, found 65537
          batch     | many    | option batch: expected 1 to 65536, found many
          tick      | 100     | option tick: expected 1us to 10s, such as 100ms, found 100
          tick      | 0ms     | option tick: expected 1us to 10s, such as 100ms, found 0ms
          tick      | 11s     | option tick: expected 1us to 10s, such as 100ms, found 11s
          colour    | red     | unknown option colour, known are [batch, index, state, structure, tick]
          """)
  void whatMakesNoSenseIsRefusedWithWhatWasExpected(String option, String value, String message) {
    assertThatThrownBy(() ->
            provider.create(EngineLimits.of(1), Map.of(option, value), lanes, Transitions.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("engine ecs: " + message);
  }

  @Test
  void theBatchIsAskedOfWhoeverMakesTheLanes() {
    assertThat(provider.batchJobs(Map.of(), 64)).isEqualTo(64);
    assertThat(provider.batchJobs(Map.of("batch", "5000"), 64)).isEqualTo(5_000);
  }

  @Test
  void theTickIsAskedOfWhoeverMakesTheLimits() {
    assertThat(provider.tickNanos(Map.of(), MS)).isEqualTo(MS);
    assertThat(provider.tickNanos(Map.of("tick", "100ms"), MS)).isEqualTo(100 * MS);
    assertThat(provider.tickNanos(Map.of("tick", "250us"), MS)).isEqualTo(MS / 4);
    assertThat(provider.tickNanos(Map.of("tick", "1s"), MS)).isEqualTo(SECOND);
  }

  // --- structure

  @Test
  void deferredChangesAreMadeAtTheNextTickAndEagerOnesAtOnce() {
    EcsEngine deferred = engine(Map.of(), 5);
    assertThat(deferred.monitors().changes.isEmpty()).isFalse();
    assertThat(deferred.world().find(0)).isNull();
    deferred.tick(0);
    assertThat(deferred.world().find(0)).isNotNull();

    EcsEngine eager = engine(Map.of("structure", "eager"), 5);
    assertThat(eager.monitors().changes.isEmpty()).isTrue();
    assertThat(eager.world().find(0)).isNotNull();
  }

  /// A monitor that is late before its first tick is not broken, though its entity is there.
  @ParameterizedTest
  @ValueSource(strings = {"wheel", "scan"})
  void anAuditBetweenAddAndTickFindsNothing(String index) {
    EcsEngine engine = engine(Map.of("structure", "eager", "index", index), 3);
    engine.tick(10 * SECOND);
    engine.add(PLAIN, SECOND);

    assertThat(engine.audit(0, 10)).isZero();
  }

  // --- state

  private static int count(Results<?> rows) {
    int count = 0;
    for (Object _ : rows) {
      count++;
    }
    return count;
  }

  @ParameterizedTest
  @CsvSource({"deferred,wheel", "deferred,scan", "eager,wheel", "eager,scan"})
  void theTagIsOnExactlyTheMonitorsWhosePulseIsInFlight(String structure, String index) {
    Map<String, String> options = Map.of("state", "tag", "structure", structure, "index", index);
    EcsEngine engine = engine(options, 100);
    engine.tick(0);
    engine.tick(MS);
    assertThat(engine.world().pulsesInFlight()).isEqualTo(10);
    List<Integer> tagged = new ArrayList<>();
    for (Results.With2<Pulse, PulseInFlight> row : engine.world().withPulseInFlight()) {
      tagged.add(row.comp1().handle);
    }
    assertThat(tagged).containsExactlyInAnyOrder(0, 10, 20, 30, 40, 50, 60, 70, 80, 90);
    long changes = engine.world().structuralChanges();

    answer();
    engine.remove(99);
    engine.tick(2 * MS);

    assertThat(engine.world().pulsesInFlight()).isZero();
    assertThat(count(engine.world().withPulseInFlight())).isZero();
    assertThat(engine.world().structuralChanges()).as("tags and a monitor").isEqualTo(changes + 11);
    assertThat(engine.audit(0, 100)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"deferred,wheel", "deferred,scan", "eager,wheel", "eager,scan"})
  void theStateIsThatOfExactlyTheMonitorsWhosePulseIsInFlight(String structure, String index) {
    Map<String, String> options = Map.of("state", "enum", "structure", structure, "index", index);
    EcsEngine engine = engine(options, 100);
    engine.tick(0);
    engine.tick(MS);
    List<Integer> inFlight = new ArrayList<>();
    for (Results.With1<Pulse> row : engine.world().inState(PulseStage.IN_FLIGHT)) {
      inFlight.add(row.comp().handle);
    }
    assertThat(inFlight).containsExactlyInAnyOrder(0, 10, 20, 30, 40, 50, 60, 70, 80, 90);

    engine.remove(0);
    engine.tick(2 * MS);
    assertThat(count(engine.world().inState(PulseStage.IN_FLIGHT))).isEqualTo(9);
    answer();
    engine.tick(3 * MS);

    assertThat(count(engine.world().inState(PulseStage.IN_FLIGHT))).isZero();
    assertThat(count(engine.world().inState(PulseStage.IDLE))).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"deferred", "eager"})
  void aPulseThatExpiresLosesItsTag(String structure) {
    EcsEngine engine = engine(Map.of("state", "tag", "structure", structure), 1);
    engine.tick(0);
    engine.pause(0, true);
    engine.tick(MS);
    assertThat(engine.world().pulsesInFlight()).isEqualTo(1);

    engine.tick(10 * SECOND);

    assertThat(engine.ledger().pulse.expired).isEqualTo(1);
    assertThat(engine.world().pulsesInFlight()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deferred", "eager"})
  void anAuditGivesAPulseInFlightTheTagItLost(String structure) {
    EcsEngine engine = engine(Map.of("state", "tag", "structure", structure), 1);
    engine.tick(0);
    engine.tick(MS);
    Objects.requireNonNull(engine.world().find(0)).remove(PulseInFlight.TAG);

    assertThat(engine.audit(0, 1)).isEqualTo(1);
    engine.tick(2 * MS);

    assertThat(count(engine.world().withPulseInFlight())).isEqualTo(1);
    assertThat(engine.audit(0, 1)).isZero();
  }

  /// A tag that comes and goes with every pulse allocates nothing, neither in the command buffer
  /// nor in Dominion. Whatever is ours would be allocated in each of the processes.
  @ParameterizedTest
  @CsvSource({"deferred,wheel", "deferred,scan", "eager,wheel", "eager,scan"})
  void tagsOfHealthyPulsesAllocateNothing(String structure, String index) throws Exception {
    long least = Long.MAX_VALUE;
    for (int process = 0; process < 4 && least > 0; process++) {
      List<Long> figures = pulsesWithTags(structure, index);
      least = Math.min(least, figures.getFirst());
      assertThat(figures.getLast()).as("structural changes").isGreaterThan(70_000);
    }

    assertThat(least).as("bytes for 20,000 pulses").isZero();
  }

  private static List<Long> pulsesWithTags(String structure, String index) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--sun-misc-unsafe-memory-access=allow",
                "-Ddominion.show-banner=false",
                "-cp",
                System.getProperty("java.class.path"),
                PulsesWithTags.class.getName(),
                structure,
                index)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    String last = said.strip().lines().reduce((_, line) -> line).orElseThrow();
    return Pattern.compile(" ").splitAsStream(last).map(Long::valueOf).toList();
  }

  // --- index

  /// Ticks of the engine cost a walk each; further calls within a tick cost none.
  @Test
  void aScanWalksAllMonitorsOnceForEveryTickThatBegins() {
    EcsEngine engine = engine(Map.of("index", "scan"), 50, 100 * MS);
    for (int i = 0; i <= 1_000; i++) {
      engine.tick(i * MS);
      answer();
    }

    assertThat(engine.operations()).containsEntry("monitors_walked", 11L * 50);
    assertThat(engine.operations()).doesNotContainKey("wheel_entries");
    assertThat(engine.ledger().pulse.due).isEqualTo(55);
  }

  @Test
  void aSlotThatCameForATickThatHasPassedIsFoundWithinTheTick() {
    EcsEngine engine = engine(Map.of("index", "scan"), 0, 100 * MS);
    engine.tick(250 * MS);
    engine.add(PLAIN, 120 * MS);

    engine.tick(251 * MS);

    assertThat(engine.ledger().pulse.dispatched).isEqualTo(1);
  }
}
