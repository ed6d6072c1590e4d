package dev.cpra.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class GateCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter error = new StringWriter();

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--reports");
    all.add(folder.resolve("reports").toString());
    all.add("--out");
    all.add(folder.resolve("out").toString());
    return new CommandLine(new GateCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(error))
        .execute(all.toArray(String[]::new));
  }

  private String gate(String text) throws IOException {
    Files.copy(Path.of("..", "loads", "gates", "saturate.yaml"), folder.resolve("s.yaml"));
    return Files.writeString(folder.resolve("g.yaml"), text).toString();
  }

  @Test
  void anInvalidGateExitsOneWithEveryProblemAndItsPlace() throws IOException {
    String file = gate("name: g\ncolour: red\nloads: [{load: s.yaml, slices: 1}]\n");

    assertThat(run(file)).isEqualTo(1);
    assertThat(error.toString()).contains("g.yaml:2:1: unknown key `colour`").contains("g.yaml:3:");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void usageErrorsExitTwo() throws IOException {
    String file = gate("name: g\nloads: [{load: s.yaml}]\n");

    assertThat(run(file, "--against", folder.resolve("nowhere").toString())).isEqualTo(2);
    assertThat(error.toString()).contains("--against:").contains("expected a checkout");
    assertThat(run(file, "--calibrate", "--history")).isEqualTo(2);
    assertThat(run(file, "--calibrate", "--scenarios", "nothing")).isEqualTo(2);
    assertThat(run(file, "--calibrate", "--engine", "nobody")).isEqualTo(2);
    assertThat(run(file, "--calibrate", "--runs", "-1")).isEqualTo(2);
  }

  @Test
  void exactLimitsAloneNeedNoPairAndTheRunIsWrittenDown() throws IOException {
    String file =
        gate(
            """
            name: g
            engines: [baseline]
            loads:
              - load: s.yaml
                exact:
                  - {metric: allocated_bytes_per_job, at_most: 0.5}
                  - {metric: operations.record_changes, at_most: 0}
            """);

    assertThat(run(file)).as(error.toString()).isZero();
    assertThat(out.toString()).contains("gate g: PASS").contains("allocated_bytes_per_job");
    assertThat(folder.resolve("out").resolve("gate.json")).exists();
    assertThat(folder.resolve("out").resolve("gate.xml")).exists();

    assertThat(run(file, "--history")).isZero();
    assertThat(folder.resolve("reports").resolve("history").resolve("g.html"))
        .content()
        .contains("1 runs");
  }

  @Test
  void aLimitThatIsBrokenExitsOne() throws IOException {
    String file =
        gate(
            """
            name: g
            engines: [baseline]
            loads:
              - load: s.yaml
                exact: [{metric: operations.wheel_entries, at_most: 0.5}]
            """);

    assertThat(run(file)).isEqualTo(1);
    assertThat(out.toString()).contains("gate g: REGRESSION").contains("FAIL");
  }
}
