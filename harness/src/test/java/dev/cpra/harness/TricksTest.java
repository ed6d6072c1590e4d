package dev.cpra.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The patches of `compare/tricks.sh`: each takes one optimisation out of the code as it is now.
final class TricksTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path TRICKS = ROOT.resolve("compare/tricks");

  @Test
  void everyPatchAppliesToTheTreeAsItIs() throws Exception {
    assumeTrue(Files.exists(ROOT.resolve(".git")), "no checkout of git");
    assumeTrue(run("rev-parse", "--verify", "HEAD").isEmpty(), "no git that reads the checkout");
    List<String> broken = new ArrayList<>();
    for (Path patch : patches()) {
      String said = run("apply", "--check", patch.toString());
      if (!said.isEmpty()) {
        broken.add(patch.getFileName() + ": " + said);
      }
    }

    assertThat(broken)
        .as("patches in compare/tricks that no longer apply: bring them up to date, or remove them")
        .isEmpty();
  }

  @Test
  void everyPatchSaysWhatItTakesOutOfWhichEngines() throws IOException {
    for (Path patch : patches()) {
      List<String> lines = Files.readAllLines(patch);
      assertThat(lines.get(0)).as("%s", patch).matches("Trick: .+, instead of .+");
      assertThat(lines.get(1)).as("%s", patch).matches("Engines: (baseline|ecs|baseline ecs)");
      for (String line : lines) {
        if (line.startsWith("Load: ")) {
          Path load = ROOT.resolve("loads").resolve(line.substring("Load: ".length()));
          assertThat(load).as("%s", patch).isRegularFile();
        }
      }
    }
  }

  private static List<Path> patches() throws IOException {
    try (Stream<Path> files = Files.list(TRICKS)) {
      List<Path> patches =
          files.filter(file -> file.toString().endsWith(".patch")).sorted().toList();
      assertThat(patches).isNotEmpty();
      return patches;
    }
  }

  /// What git says; empty if it did what it was asked.
  private static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", ROOT.toString()));
    command.addAll(List.of(arguments));
    Process git;
    try {
      git = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return String.valueOf(e.getMessage()); // there is none
    }
    git.getOutputStream().close();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return git.waitFor() == 0 ? "" : said + "exit code " + git.exitValue();
  }
}
