package dev.cpra.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole commands, on a load that is over in a second.
final class ProfileCommandTest {
  private static final String MIX =
      "monitors: {generate: {count: 1000, seed: 1, mix: ["
          + "{share: 1, type: http, interval: 2s, timeout: 1s, unhealthy_threshold: 3}]}}\n"
          + "drive: saturate\n";

  @TempDir private Path folder;

  @BeforeEach
  void load() throws IOException {
    Files.writeString(
        folder.resolve("l.yaml"),
        "name: l\n"
            + MIX
            + "phases: [{name: warm, for: 300ms, measured: false}, {name: a, for: 300ms},"
            + " {name: between, for: 100ms, measured: false}, {name: b, for: 300ms}]\n");
  }

  @Test
  void wrongUsageExitsTwoWithOneLine() throws Exception {
    for (List<String> wrong :
        List.of(
            List.of("profile"),
            List.of("profile", "l.yaml", "--event", "cycles"),
            List.of("profile", "l.yaml", "--engine", "nobody"))) {
      CommandProcess ran = CommandProcess.run(folder, wrong.toArray(String[]::new));
      assertThat(ran.code()).as("%s: %s", wrong, ran.out()).isEqualTo(2);
      assertThat(ran.out().strip().lines()).hasSize(1);
    }
    Files.writeString(
        folder.resolve("u.yaml"),
        "name: u\n" + MIX + "phases: [{name: p, for: 1s, measured: false}]\n");
    CommandProcess unmeasured = CommandProcess.run(folder, "profile", "u.yaml");
    assertThat(unmeasured.code()).isEqualTo(2);
    assertThat(unmeasured.out()).contains("no measured phase");
  }

  @Test
  void anInvalidLoadExitsOneAndStartsNothing() throws Exception {
    Files.writeString(folder.resolve("bad.yaml"), "name: l\nnonsense: 1\n" + MIX);
    CommandProcess ran = CommandProcess.run(folder, "profile", "bad.yaml", "--out", "out");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).contains("bad.yaml:2:1");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void bothEnginesAreProfiledAndComparedBothWaysAndTheReportLinksIt() throws Exception {
    CommandProcess evaluated =
        CommandProcess.run(
            folder, "eval", "l.yaml", "--trials", "1", "--engines", "ecs", "--out", "out");
    assertThat(evaluated.code()).as(evaluated.out()).isZero();
    CommandProcess ran =
        CommandProcess.run(
            folder, "profile", "l.yaml", "--engine", "ecs", "--diff", "--out", "out");
    assumeTrue(ran.code() != 69, ran.out());
    assertThat(ran.code()).as(ran.out()).isZero();
    assertThat(ran.out()).contains("baseline, cpu by").contains("ecs against baseline");
    Path flames = folder.resolve("out").resolve("flames");
    for (String file :
        List.of(
            "ecs-cpu.html",
            "ecs-cpu.jfr",
            "ecs-cpu.collapsed",
            "baseline-cpu.html",
            "ecs-against-baseline-cpu.html",
            "baseline-against-ecs-cpu.html",
            "baseline-ecs-cpu.md")) {
      assertThat(flames.resolve(file)).isNotEmptyFile();
    }
    assertThat(Files.readString(flames.resolve("ecs-cpu.collapsed")))
        .contains("[engine];")
        .contains("dev/cpra/engine/ecs/EcsEngine.tick")
        .doesNotContain("Trial.drive");
    assertThat(folder.resolve("out").resolve("report.html"))
        .content()
        .contains("flames/ecs-against-baseline-cpu.html");
    assertThat(folder.resolve("out").resolve("trials.json")).isNotEmptyFile();
  }

  @Test
  void aFolderWithTheReportOfAnotherLoadIsRefused() throws Exception {
    Files.writeString(
        folder.resolve("m.yaml"), "name: m\n" + MIX + "phases: [{name: p, for: 300ms}]\n");
    CommandProcess evaluated =
        CommandProcess.run(
            folder, "eval", "m.yaml", "--trials", "1", "--engines", "baseline", "--out", "out");
    assertThat(evaluated.code()).as(evaluated.out()).isZero();
    CommandProcess ran = CommandProcess.run(folder, "profile", "l.yaml", "--out", "out");
    assertThat(ran.code()).as(ran.out()).isEqualTo(2);
    assertThat(ran.out()).contains("holds the report of load m");
  }
}
