package dev.cpra.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.harness.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SimulateCommandTest {
  private static final String LOAD =
      """
      name: small
      monitors: {generate: {count: 20, mix: [{share: 1, type: tcp, interval: 1s, timeout: 500ms}]}}
      work: {kind: scripted, failure: 0.1, latency: {p50: 5ms, p99: 50ms}}
      phases: [{name: all, for: 10s}]
      faults: [{at: 2s, for: 1s, kind: lost, rate: 0.5}]
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();

  @TempDir private Path folder;

  private int simulate(String... arguments) {
    CommandLine command =
        new CommandLine(new Main())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(error, true));
    String[] all = new String[arguments.length + 1];
    all[0] = "simulate";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return command.execute(all);
  }

  private String load(String text) throws IOException {
    return Files.writeString(folder.resolve("load.yaml"), text).toString();
  }

  @Test
  void oneSeedOnBothEnginesPassesAndPrintsTheirAccounts() throws IOException {
    assertThat(simulate(load(LOAD), "--seed", "4")).isZero();
    assertThat(out.toString())
        .contains("small on baseline, ecs: seed 4 passed every checker, traces equal")
        .contains("baseline: ")
        .contains("pulse        due ")
        .contains("of virtual time in ");
  }

  @Test
  void severalSeedsRunInProcessesOfTheirOwn() throws IOException {
    assertThat(simulate(load(LOAD), "--seeds", "4", "--seed", "7")).isZero();
    assertThat(out.toString()).contains("4 seeds from 7 passed every checker, traces equal");
  }

  @Test
  void jsonHoldsBothAccountsAndTheyAreTheSame() throws IOException {
    assertThat(simulate(load(LOAD), "--json", "--for", "5s")).isZero();
    JsonNode result = JsonMapper.builder().build().readTree(out.toString());
    assertThat(result.get("passed").asInt()).isEqualTo(1);
    JsonNode engines = result.get("runs").get(0).get("engines");
    JsonNode baseline = engines.get("baseline").get("ledger");
    assertThat(baseline.get("pulse").get("due").asLong()).isGreaterThan(80);
    assertThat(baseline).isEqualTo(engines.get("ecs").get("ledger"));
  }

  @Test
  void anInvalidLoadExitsOneWithItsPlace() throws IOException {
    assertThat(simulate(load(LOAD.replace("interval: 1s", "interval: never")))).isEqualTo(1);
    assertThat(error.toString()).contains("load.yaml:2:");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void realProbesAreRefused() throws IOException {
    String wire =
        LOAD.replace(
            "work: {kind: scripted, failure: 0.1, latency: {p50: 5ms, p99: 50ms}}",
            "work: {kind: wire}");
    assertThat(simulate(load(wire.replaceAll("faults.*\n", "")))).isEqualTo(1);
    assertThat(error.toString()).contains("virtual time");
  }

  @Test
  void wrongUsageExitsTwo() throws IOException {
    String file = load(LOAD);
    for (List<String> wrong :
        List.of(
            List.of("--seeds", "0"),
            List.of("--for", "soon"),
            List.of("--for", "0s"),
            List.of("--engines", "none-such"),
            List.of("--monitors", "20"),
            List.of("--monitors", "one"),
            List.of("--faults", "-1"))) {
      String[] arguments = {file, wrong.get(0), wrong.get(1)};
      assertThat(simulate(arguments)).as("%s", wrong).isEqualTo(2);
    }
  }

  @Test
  @Tag("full")
  void twoThousandSeedsOfMixedFaultsPass() {
    Path load = Path.of("..", "loads", "mixed-faults.yaml");
    assertThat(simulate(load.toString(), "--seeds", "2000", "--seed", "100001")).isZero();
  }

  @Test
  @Tag("full")
  void aDayOfAHundredThousandMonitorsPasses() {
    assertThat(simulate(Path.of("..", "loads", "soak-24h.yaml").toString())).isZero();
  }
}
