package dev.cpra.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file that stops all repairs, seen by a daemon that runs. Kills a switch that nobody looks
/// at.
final class OffSwitchTest {
  private static final Duration BOUND = Duration.ofSeconds(40);

  @TempDir Path folder;

  @Test
  void theFileIsSeenWhenItComesAndWhenItGoes() throws Exception {
    try (Outside outside = new Outside(1, 2)) {
      Files.writeString(folder.resolve("manifest.yaml"), outside.manifest());
      try (RunningDaemon daemon = RunningDaemon.start(folder)) {
        daemon.await(() -> "it checks", BOUND, () -> outside.checks() > 0);
        Path off = Files.createFile(folder.resolve("data").resolve("interventions.off"));
        daemon.await(() -> "it says off", BOUND, () -> says(daemon, "switched off by hand"));
        Files.delete(off);
        daemon.await(() -> "it says on", BOUND, () -> says(daemon, "switched on by hand"));
        assertThat(daemon.stop()).isZero();
      }
    }
  }

  private static boolean says(RunningDaemon daemon, String text) {
    try {
      return daemon.output().contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
