package dev.cpra.manifest.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.manifest.Documents;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.Problem;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.load.EngineSettings.LaneSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadsTest {
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Load load(String yaml) throws IOException {
    LoadsResult result = Loads.load(write("load.yaml", yaml));
    assertThat(Problem.report(result.problems(), 0)).isEmpty();
    return result.loads().get(0);
  }

  @Test
  void theExampleOfTheDesignIsReadInFull() throws IOException {
    Load load =
        load(
            """
            name: steady-100k
            question: does it keep up?
            monitors:
              generate:
                count: 100000
                seed: 7
                mix:
                  - {share: 0.8, type: http, interval: 5s, timeout: 3s, unhealthy_threshold: 3}
                  - {share: 0.2, type: tcp, interval: 10s, timeout: 5s, max_failures: 2,
                     intervention: {max_failures: 2}, codes: {red: {}, gray: {dispatch: false}}}
            work: {kind: scripted, seed: 5, failure: 0.02, latency: {p50: 20ms, p99: 900ms}}
            targets: {embedded: {http: 4, tcp: 2}}
            drive: saturate
            engine: {tick: 2ms, batch: 32, lanes: {pulse: {queue: 100, workers: 3}, code: {batch: 8}}}
            phases: [{name: warm-up, for: 5s, measured: false}, {name: burst, for: 2s, rate: 10, due: all}]
            faults: [{at: 10s, for: 5s, kind: worker-hang, lane: pulse, rate: 0.5},
                     {at: 1s, kind: clock-jump, by: -5s}]
            engines: {small: {engine: ecs, options: {structure: deferred, batch: 64}}}
            """);

    assertThat(load.work())
        .isEqualTo(
            new Work(Work.Kind.SCRIPTED, 5, 0.02, new Work.Latency(20_000_000, 900_000_000)));
    assertThat(load.targets().http())
        .extracting(Targets.Target::name)
        .hasSize(4)
        .contains("http-4");
    assertThat(load.drive()).isEqualTo(Drive.SATURATE);
    assertThat(load.engine())
        .isEqualTo(
            new EngineSettings(
                2_000_000,
                SECOND,
                32,
                Map.of(
                    Lane.PULSE, new LaneSettings(100, 3, 32),
                    Lane.INTERVENTION, new LaneSettings(65_536, 1, 1),
                    Lane.CODE, new LaneSettings(65_536, 1, 8)),
                0,
                0));
    assertThat(load.collectNanos()).isZero();
    assertThat(load.phases())
        .containsExactly(
            new Phase("warm-up", 5 * SECOND, false, 1, false),
            new Phase("burst", 2 * SECOND, true, 10, true));
    assertThat(load.faults())
        .containsExactly(
            new Fault(
                FaultKind.WORKER_HANG, 10 * SECOND, 5 * SECOND, Lane.PULSE, 0.5, null, 0, 0, 0),
            new Fault(FaultKind.CLOCK_JUMP, SECOND, 0, null, 1, null, 0, -5 * SECOND, 0));
    assertThat(load.engines())
        .isEqualTo(
            Map.of(
                "small",
                new Variant("ecs", Map.of("structure", "deferred", "batch", "64"), List.of(), 1)));
    assertThat(load.durationNanos()).isEqualTo(7 * SECOND);
    Generate generate = ((MonitorSource.Generated) load.monitors()).generate();
    assertThat(generate.mix().get(1).rules().alerts().codes()).isEqualTo(Code.RED.bit());
    assertThat(generate.mix().get(1).rules().maxAttempts()).isEqualTo(2);
  }

  @Test
  void howThreadsSleepAndTheHeapIsLookedAtIsRead() throws IOException {
    Load load =
        load(
            """
            name: a
            monitors: {generate: {count: 1, mix: [{share: 1, type: tcp, interval: 1s, timeout: 1s}]}}
            engine: {spin: 50us, timer_slack: 1ns}
            phases: [{name: p, for: 1h}]
            collect: 30s
            """);

    assertThat(load.engine().spinNanos()).isEqualTo(50_000);
    assertThat(load.engine().timerSlackNanos()).isEqualTo(1);
    assertThat(load.collectNanos()).isEqualTo(30 * SECOND);
  }

  @Test
  void virtualTimeDoesNotSleepAndTheHeapIsNotLookedAtAllTheTime() throws IOException {
    Path file =
        write(
            "load.yaml",
            """
            name: a
            monitors: {generate: {count: 1, mix: [{share: 1, type: tcp, interval: 1s, timeout: 1s}]}}
            drive: saturate
            engine: {spin: 50us, timer_slack: 1us}
            phases: [{name: p, for: 4001s}]
            collect: 1s
            """);

    assertThat(Loads.load(file).problems())
        .extracting(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
        .containsExactly(
            "4:16: `engine.spin`: has no meaning with `drive: saturate`, which never sleeps; remove"
                + " it",
            "4:35: `engine.timer_slack`: has no meaning with `drive: saturate`, which never sleeps;"
                + " remove it",
            "6:10: `collect`: expected at most 4000 times in the run, found 4001");
  }

  @Test
  void aMixKeepsItsSharesAndRepeatsItself() throws IOException {
    Load load =
        load(
            """
            name: a
            monitors: {generate: {count: 100000, seed: 7, mix: [
              {share: 8, type: http, interval: 5s, timeout: 3s}, {share: 2, type: tcp, interval: 1s, timeout: 1s}]}}
            phases: [{name: p, for: 1s}]
            """);
    Generate generate = ((MonitorSource.Generated) load.monitors()).generate();

    int http = 0;
    for (int i = 0; i < generate.count(); i++) {
      http += generate.entry(i).type().equals("http") ? 1 : 0;
      assertThat(generate.entry(i)).isSameAs(generate.entry(i));
    }
    assertThat(http).isBetween(79_000, 81_000);
    assertThat(generate.name(42)).endsWith("-000042");
    Generate other = new Generate(generate.count(), 8, generate.mix(), false);
    assertThat(IntStream.range(0, 1000).filter(i -> !other.entry(i).equals(generate.entry(i))))
        .isNotEmpty();
  }

  @Test
  void monitorsAreReadAgainOnceTheirTargetsHaveAddresses() throws IOException {
    Load load =
        load(
            """
            name: a
            monitors:
              - {name: a, pulse_check: {type: http, interval: 1s, timeout: 1s, config: {url: "http://${TARGET_web_1}/"}}}
            work: {kind: wire}
            targets: {embedded: {http: [{name: web-1, port: 18080, heals: {by: intervention},
              script: [{at: 0s, state: up}, {at: 10s, state: down}]}]}}
            phases: [{name: p, for: 1s}]
            """);
    Targets.Target target = load.targets().http().get(0);
    assertThat(target)
        .isEqualTo(
            new Targets.Target(
                "web-1",
                18_080,
                List.of(
                    new Targets.Step(0, Targets.State.UP),
                    new Targets.Step(10 * SECOND, Targets.State.DOWN)),
                Targets.Heals.INTERVENTION));
    LoadOptions started =
        LoadOptions.defaults().withVariables(Map.of(target.variable(), "127.0.0.1:18080")::get);

    MonitorSource.Inline inline = (MonitorSource.Inline) load.monitors();
    List<MonitorSpec> monitors = inline.read(started).monitors();

    assertThat(inline.count()).isEqualTo(1);
    assertThat(monitors).hasSize(1);
    assertThat(monitors.get(0).pulse()).isEqualTo(HttpConfig.get("http://127.0.0.1:18080/"));
    assertThat(inline.read(started.withVariables(_ -> null)).problems())
        .singleElement()
        .asString()
        .contains("variable `TARGET_web_1` is not set");
  }

  @Test
  void aLoadsManifestIsRelativeToItAndValidatedWithIt() throws IOException {
    Files.createDirectory(folder.resolve("sub"));
    write("sub/m.yaml", "monitors: [{name: a}]\n");
    Path file = write("load.yaml", "name: a\nmanifest: sub/m.yaml\nphases: [{name: p, for: 1s}]\n");

    Load load = Loads.load(file).loads().get(0);
    Documents.Validation validation = Documents.validate(file);

    assertThat(load.monitors())
        .isEqualTo(new MonitorSource.FromManifest(folder.resolve("sub/m.yaml")));
    assertThat(validation.type()).isEqualTo(Documents.Type.LOAD);
    assertThat(validation.report()).contains("m.yaml:1:12: monitor `a`: missing key `pulse_check`");
  }

  @Test
  void everyProblemOfALoadHasItsPlace() throws IOException {
    Path file =
        write(
            "load.yaml",
            """
            name: a
            monitors: {generate: {count: 0, mix: []}}
            work: {kind: script}
            phases:
              - {name: p, for: 0s}
              - {name: p, for: 1s, rate: 0}
            faults:
              - {at: 1s, for: 1s, kind: worker-hang, target: web}
            falts: {}
            """);

    assertThat(Loads.load(file).problems())
        .extracting(problem -> problem.line() + ":" + problem.column() + ": " + problem.message())
        .containsExactly(
            "2:30: `monitors.generate.count`: expected an integer from 1 to 100000000, found `0`",
            "2:38: `monitors.generate.mix`: expected at least one item, found an empty list",
            "3:14: `work.kind`: expected one of `noop`, `scripted`, `wire`, found `script`;"
                + " did you mean `scripted`?",
            "5:20: `phases.for`: expected a duration above zero such as 30s or 1m30s, found `0s`",
            "6:12: `phases.name`: duplicate name `p`; rename one",
            "6:30: `phases.rate`: expected a number from 0.001 to 1000000, found `0`",
            "8:50: `faults.target`: has no meaning with `kind: worker-hang`; it belongs to"
                + " `target-down`, `target-flap`, `target-slow`; remove it",
            "9:1: unknown key `falts`; did you mean `faults`?");
  }
}
