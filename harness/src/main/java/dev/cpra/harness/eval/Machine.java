package dev.cpra.harness.eval;

import dev.cpra.harness.result.Environment;
import dev.cpra.harness.result.Noise;
import dev.cpra.harness.trial.ThisJvm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Where an evaluation runs, as far as the system tells.
public final class Machine {
  private static final Path GOVERNOR =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  private static final long GIT_SECONDS = 5;
  private static final long MIB = 1024 * 1024;

  private Machine() {}

  /// What is known of it.
  ///
  /// @param noise what else went on, as far as it was measured
  public static Environment describe(Noise noise) {
    String status = git("status", "--porcelain", "--untracked-files=no");
    return new Environment(
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        memoryMib(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        ThisJvm.version(),
        firstLine(GOVERNOR),
        git("rev-parse", "HEAD"),
        status == null ? null : !status.isEmpty(),
        noise);
  }

  private static @Nullable String cpuModel() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException _) {
      return null;
    }
    return null;
  }

  private static @Nullable Long memoryMib() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean bean
        ? bean.getTotalMemorySize() / MIB
        : null;
  }

  private static @Nullable String firstLine(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8).getFirst().strip();
    } catch (IOException | RuntimeException _) {
      return null;
    }
  }

  /// What git says about the folder of the launcher, or null outside a repository.
  private static @Nullable String git(String... arguments) {
    String home = System.getProperty("cpra.home", ".");
    try {
      String[] command = new String[arguments.length + 3];
      command[0] = "git";
      command[1] = "-C";
      command[2] = home;
      System.arraycopy(arguments, 0, command, 3, arguments.length);
      Process git =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      git.getOutputStream().close();
      byte[] said = git.getInputStream().readNBytes(1 << 16);
      if (!git.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
        git.destroyForcibly();
        return null;
      }
      return git.exitValue() == 0 ? new String(said, StandardCharsets.UTF_8).strip() : null;
    } catch (IOException _) {
      return null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
