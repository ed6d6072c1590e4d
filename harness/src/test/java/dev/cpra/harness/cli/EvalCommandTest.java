package dev.cpra.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cpra.harness.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whole commands in processes of their own, as the launcher starts them.
final class EvalCommandTest {
  private static final long BOUND_SECONDS = 180;
  private static final int SIGINT = 2;

  private static final String MIX =
      "monitors: {generate: {count: 400, seed: 1, mix: ["
          + "{share: 1, type: http, interval: 200ms, timeout: 150ms, unhealthy_threshold: 3}]}}\n";

  @TempDir private Path folder;

  private record Ran(int code, String out) {}

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private Process start(String... arguments) throws IOException {
    return new ProcessBuilder(command(arguments))
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
  }

  private Ran run(String... arguments) throws Exception {
    Process process = start(arguments);
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).as(out).isTrue();
    return new Ran(process.exitValue(), out);
  }

  private String file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
    return name;
  }

  @Test
  void wrongUsageExitsTwoWithOneLine() throws Exception {
    Ran ran = run("eval");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out().strip().lines()).hasSize(1);
    assertThat(run("eval", "--no-such").code()).isEqualTo(2);
    String load = file("l.yaml", "name: l\n" + MIX + "phases: [{name: p, for: 1s}]\n");
    Ran unknown = run("eval", load, "--engines", "nobody");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.out()).contains("nobody").contains("baseline");
  }

  @Test
  void anInvalidLoadExitsOneWithAllItsErrorsAndStartsNothing() throws Exception {
    String load = file("bad.yaml", "name: l\nnonsense: 1\n" + MIX + "drive: sideways\n");
    Ran ran = run("eval", load, "--out", "out");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("bad.yaml:2:1").contains("bad.yaml:4:").contains("phases");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void twoLoadsOfOneNameAreRefusedSinceTheyWouldShareAFolder() throws Exception {
    String text = "name: l\n" + MIX + "phases: [{name: p, for: 1s}]\n";
    Ran ran = run("eval", file("a.yaml", text), file("b.yaml", text), "--out", "out");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).contains("two named l");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aReportThatCannotBeWrittenIsSaidBeforeAnythingRunsAndIsNoVerdict() throws Exception {
    String load = file("l.yaml", "name: l\n" + MIX + "phases: [{name: p, for: 60s}]\n");
    Ran ran = run("eval", load, "--out", file("taken", ""));
    assertThat(ran.code()).isEqualTo(FailedCommand.FILE);
    assertThat(ran.out().strip()).isEqualTo("cpra: taken: expected a folder, found a file");
  }

  @Test
  void aRampThatCannotClimbIsRefusedWithEveryReason() throws Exception {
    String load =
        file(
            "ramp.yaml",
            "name: r\n"
                + MIX
                + "drive: ramp\nphases: [{name: a, for: 1s}, {name: b, for: 1s}]\n"
                + "faults: [{at: 100ms, for: 100ms, kind: queue-full}]\n");
    Ran ran = run("eval", load);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("found 2 measured").contains("takes no faults");
  }

  @Test
  void aRampReportsTheHighestRateThatEachEngineKept() throws Exception {
    String load =
        file(
            "ramp.yaml",
            "name: r\n"
                + MIX
                + "drive: ramp\n"
                + "engine: {lanes: {pulse: {queue: 4096}}}\n"
                + "phases: [{name: warm, for: 200ms, measured: false}, {name: climb, for: 4s}]\n");
    String engines = "baseline,ecs,jdk,netty,agrona";
    Ran ran = run("eval", load, "--engines", engines, "--trials", "1", "--out", "out");
    assertThat(ran.code()).as(ran.out()).isZero();
    assertThat(ran.out()).contains("Highest rate kept");
    Path out = folder.resolve("out");
    assertThat(Files.readString(out.resolve("report.md"))).contains("Highest rate kept");
    assertThat(Files.readString(out.resolve("report.html"))).contains("Highest rate kept");
    JsonNode report = JsonMapper.builder().build().readTree(out.resolve("report.json"));
    for (String engine : engines.split(",", -1)) {
      JsonNode figures = report.get("engines").get(engine);
      assertThat(figures.get("highest_rate_kept").get("median").asDouble()).isPositive();
      assertThat(figures.get("highest_rate_kept").get("samples").asInt()).isEqualTo(1);
      assertThat(figures.get("balanced").asBoolean()).isTrue();
      assertThat(figures.get("floor_us").get("p50").asDouble()).isPositive();
      assertThat(figures.get("ledger").get("pulse").get("ok").asLong()).isPositive();
    }
  }

  @Test
  void anEngineWithAThreadIsRefusedInVirtualTime() throws Exception {
    String load =
        file("sat.yaml", "name: s\n" + MIX + "drive: saturate\nphases: [{name: p, for: 1s}]\n");
    Ran saturate = run("eval", load, "--engines", "baseline,netty");
    assertThat(saturate.code()).isEqualTo(2);
    assertThat(saturate.out()).contains("netty").contains("real time only");
    String open = file("open.yaml", "name: o\n" + MIX + "phases: [{name: p, for: 1s}]\n");
    Ran simulate = run("simulate", open, "--engines", "jdk");
    assertThat(simulate.code()).isEqualTo(2);
    assertThat(simulate.out()).contains("a simulation runs in virtual time").contains("jdk");
  }

  @Test
  void validateTellsLoadsFromManifestsAndGivesThePlaceOfErrors() throws Exception {
    String load = file("l.yaml", "name: l\n" + MIX + "phases: [{name: p, for: 1s}]\n");
    String manifest =
        file(
            "m.yaml",
            "monitors:\n  - name: a\n    pulse_check: {type: tcp, interval: 1s, timeout: 1s,"
                + " config: {address: \"${TARGET_db}\"}}\n");
    Ran valid = run("validate", load, manifest);
    assertThat(valid.out()).contains("l.yaml: valid load").contains("m.yaml: valid manifest");
    assertThat(valid.code()).isZero();
    String wrong = file("w.yaml", "monitors:\n  - name: a\n    colour: blue\n");
    Ran invalid = run("validate", wrong, load);
    assertThat(invalid.code()).isEqualTo(1);
    assertThat(invalid.out()).contains("w.yaml:3:5").contains("l.yaml: valid load");
  }

  @Test
  void validateTakesAFileForWhatItsKeysSayHoweverManyErrorsItHas() throws Exception {
    String manifest =
        file("m.yaml", "monitors:\n" + "  - {name: a, colour: blue, shape: round}\n".repeat(9));
    assertThat(run("validate", manifest).out())
        .contains("m.yaml:10:")
        .doesNotContain("unknown key `monitors`");
    String gate = file("g.yaml", "name: [g]\nbudget: soon\nloads: 5\nmonitors: 1\nx: 2\n");
    assertThat(run("validate", gate).out()).contains("g.yaml:2:9").contains("budget");
    String load = file("l.yaml", "name: l\nphases: 5\nmonitors: {generate: 1}\ndrive: car\n");
    assertThat(run("validate", load).out()).contains("l.yaml:4:8").contains("drive");
    String nul = file("n.yaml", "name: n\nloads: [{load: \"a\\0b\"}]\n");
    assertThat(run("validate", nul).code()).isEqualTo(1);
    assertThat(run("gate", nul).out()).contains("n.yaml:2:16").contains("expected a path");
  }

  @Test
  void everyEngineRunsNoopAndScriptedLoadsInRealAndVirtualTime() throws Exception {
    String tail = "phases: [{name: warm, for: 500ms, measured: false}, {name: run, for: 1500ms}]\n";
    String noop = file("noop.yaml", "name: noop\n" + MIX + tail);
    String saturate = file("sat.yaml", "name: sat\n" + MIX + "drive: saturate\n" + tail);
    String scripted =
        file(
            "scripted.yaml",
            "name: scripted\n"
                + MIX
                + "work: {kind: scripted, seed: 3, failure: 0.1, latency: {p50: 2ms, p99: 20ms}}\n"
                + "engine: {grace: 100ms, lanes: {pulse: {queue: 1024, workers: 256}}}\n"
                + "phases: [{name: warm, for: 500ms, measured: false}, {name: run, for: 1s},"
                + " {name: fast, for: 500ms, rate: 2}, {name: all, for: 500ms, due: all}]\n"
                + "faults: [{at: 600ms, for: 200ms, kind: queue-full, lane: pulse},"
                + " {at: 1s, for: 200ms, kind: lost, lane: pulse, rate: 0.2},"
                + " {at: 1200ms, for: 100ms, kind: engine-stall},"
                + " {at: 1500ms, kind: clock-jump, by: 300ms}]\n");
    Ran ran = run("eval", noop, saturate, scripted, "--trials", "1", "--out", "out");
    assertThat(ran.code()).as(ran.out()).isZero();
    for (String name : List.of("noop", "sat", "scripted")) {
      Path report = folder.resolve("out").resolve(name).resolve("report.json");
      assertThat(report).exists();
      assertThat(Files.readString(report)).contains("\"balanced\":true".replace(":", " : "));
    }
  }

  @Test
  void moreMonitorsThanOneTickTakesCallsForChangeTheirRateAndAreAllDueAtOnce() throws Exception {
    String load =
        file(
            "burst.yaml",
            "name: burst\n"
                + MIX.replace("400", "50000").replace("200ms", "20s")
                + "phases: [{name: a, for: 300ms}, {name: b, for: 1s, rate: 4},"
                + " {name: c, for: 2s, due: all}]\n");
    Ran ran = run("eval", load, "--trials", "1", "--out", "out");
    assertThat(ran.code()).as(ran.out()).isZero();
    String trials = Files.readString(folder.resolve("out").resolve("trials.json"));
    assertThat(trials).contains("\"limitsReached\":0");
  }

  @Test
  void targetsCountExactlyWhatTheLedgerSays() throws Exception {
    String load =
        file(
            "wire.yaml",
            """
            name: wire
            monitors:
              - name: web
                pulse_check: {type: http, interval: 100ms, timeout: 5s, config: {url: "http://${TARGET_http_1}/"}}
              - name: db
                pulse_check: {type: tcp, interval: 100ms, timeout: 5s, config: {address: "${TARGET_tcp_1}"}}
            work: {kind: wire}
            targets: {embedded: {http: 1, tcp: 1}}
            engine: {lanes: {pulse: {queue: 64, workers: 16}}}
            phases: [{name: run, for: 2s}]
            """);
    Ran ran = run("eval", load, "--trials", "1", "--engines", "baseline", "--out", "out");
    assertThat(ran.code()).as(ran.out()).isZero();
    String trials = Files.readString(folder.resolve("out").resolve("trials.json"));
    assertThat(trials).contains("\"agrees\":true").doesNotContain("\"agrees\":false");
  }

  @Test
  void anInterruptedEvaluationExits130AndLeavesAReport() throws Exception {
    assumeTrue(
        interruptsAreHeard(), "started in the background of a shell, where SIGINT is ignored");
    String load = file("long.yaml", "name: long\n" + MIX + "phases: [{name: p, for: 60s}]\n");
    Process process = start("eval", load, "--out", "out", "--engines", "baseline");
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = out.readLine();
      assertThat(line).contains("long");
      interrupt(process.pid());
      while (line != null) {
        line = out.readLine();
      }
    }
    assertThat(process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(Files.readString(folder.resolve("out").resolve("trials.json")))
        .contains("Interrupted");
    assertThat(folder.resolve("out").resolve("report.html")).exists();
  }

  /// A signal that is ignored when a process starts stays ignored in its children, JVMs included.
  private static boolean interruptsAreHeard() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return true; // not this operating system
    }
    String ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow()
            .substring("SigIgn:".length())
            .strip();
    return (Long.parseUnsignedLong(ignored, 16) & 1L << (SIGINT - 1)) == 0;
  }

  private static void interrupt(long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(pid)).start();
    assertThat(kill.waitFor()).isZero();
  }
}
