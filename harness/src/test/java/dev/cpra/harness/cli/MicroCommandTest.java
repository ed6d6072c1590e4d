package dev.cpra.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole commands.
final class MicroCommandTest {
  @TempDir private Path folder;

  @Test
  void wrongUsageExitsTwoWithOneLine() throws Exception {
    for (List<String> wrong :
        List.of(
            List.of("micro", "["),
            List.of("micro", "NoSuchBenchmark"),
            List.of("micro", "--forks", "0"),
            List.of("micro", "--time", "soon"),
            List.of("micro", "--profile", "cycles"))) {
      CommandProcess ran = CommandProcess.run(folder, wrong.toArray(String[]::new));
      assertThat(ran.code()).as("%s: %s", wrong, ran.out()).isEqualTo(2);
      assertThat(ran.out().strip().lines()).as("%s", wrong).hasSize(1);
    }
  }

  @Test
  void benchmarksAreFoundOnTheClassPath() throws Exception {
    CommandProcess ran = CommandProcess.run(folder, "micro", "--list", "engine");
    assertThat(ran.code()).as(ran.out()).isZero();
    assertThat(ran.out().lines())
        .contains(
            "dev.cpra.engine.kit.TimingWheelBenchmark.insert",
            "dev.cpra.engine.ecs.CommandBufferBenchmark.addAndRemove");
  }

  @Test
  void someRunInForksAndLeaveJmhsJsonAndATable() throws Exception {
    CommandProcess ran =
        CommandProcess.run(
            folder,
            "micro",
            "Lifecycle.*pulse(Ok|Failed)",
            "--quick",
            "--iterations",
            "1",
            "--time",
            "10",
            "--out",
            "out");
    assertThat(ran.code()).as(ran.out()).isZero();
    assertThat(Files.readString(folder.resolve("out").resolve("micro.md")))
        .contains("| Lifecycle.pulseOk |")
        .contains("| Lifecycle.pulseFailed |")
        .contains("ns/op");
    assertThat(Files.readString(folder.resolve("out").resolve("micro.json")))
        .contains("gc.alloc.rate.norm")
        .contains("--sun-misc-unsafe-memory-access=allow")
        .contains("-XX:+UseG1GC");
  }

  @Test
  void flameGraphsComeWithTheTableIfAskedFor() throws Exception {
    CommandProcess ran =
        CommandProcess.run(
            folder,
            "micro",
            "Lifecycle.*pulseOk",
            "--quick",
            "--iterations",
            "1",
            "--time",
            "50",
            "--profile",
            "cpu",
            "--out",
            "out");
    assumeTrue(ran.code() != 69, ran.out());
    assertThat(ran.code()).as(ran.out()).isZero();
    try (Stream<Path> files = Files.walk(folder.resolve("out").resolve("flames"))) {
      assertThat(files.map(Path::toString)).anyMatch(name -> name.endsWith("forward.html"));
    }
  }
}
