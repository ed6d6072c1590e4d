package dev.cpra.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A start where no file of the process may grow beyond some bytes, as on a disk that is full.
@Timeout(120)
@EnabledIf("dev.cpra.daemon.RunningDaemon#canFillDisk")
final class FullDiskStartTest {
  @TempDir Path folder;

  private record Ended(int code, String said) {}

  private Ended start(int bytes) throws IOException, InterruptedException {
    Path manifest =
        Files.writeString(
            folder.resolve("m.yaml"),
            "monitors: [{name: a, pulse_check: {type: tcp, interval: 1h, timeout: 1s, config:"
                + " {host: 127.0.0.1, port: 1}}}]\n");
    Process process =
        new ProcessBuilder(
                List.of(
                    "/usr/bin/prlimit",
                    "--fsize=" + bytes,
                    ProcessHandle.current().info().command().orElseThrow(),
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-cp",
                    ManagementFactory.getRuntimeMXBean().getClassPath(),
                    "dev.cpra.daemon.cli.Main",
                    "run",
                    manifest.toString(),
                    "--data",
                    folder.resolve("data").toString(),
                    "--listen",
                    "127.0.0.1:0"))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), said);
  }

  /// Kills an end that says `File too large` and not of what, and one with a stack trace.
  @Test
  void itSaysWhatCouldNotBeWrittenAndHowToMendIt() throws Exception {
    Ended lock = start(0);
    assertThat(lock.said())
        .contains("cpra: " + folder.resolve("data/lock") + ": cannot be locked and written (")
        .contains("); make room on its disk", "--data")
        .doesNotContain("\tat ");
    assertThat(lock.code()).isEqualTo(1);

    Ended library = start(4_096);
    assertThat(library.said())
        .contains("cpra: " + folder.resolve("data/state.db") + ": the database's library")
        .contains("make room", "org.sqlite.tmpdir")
        .doesNotContain("\tat ", "damaged");
    assertThat(library.code()).isEqualTo(1);
  }
}
