package dev.cpra.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// `cpra run` in a process of its own.
final class RunningDaemon implements AutoCloseable {
  private final Process process;
  private final Path output;

  private RunningDaemon(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /// Starts it on `manifest.yaml` and `data` in a folder.
  static RunningDaemon start(Path folder) throws IOException {
    List<String> command =
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-Xmx256m",
            "-cp",
            ManagementFactory.getRuntimeMXBean().getClassPath(),
            "dev.cpra.daemon.cli.Main",
            "run",
            folder.resolve("manifest.yaml").toString(),
            "--data",
            folder.resolve("data").toString(),
            "--listen",
            "127.0.0.1:0");
    Path output = Files.createTempFile(folder, "daemon", ".log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new RunningDaemon(process, output);
  }

  /// Whether [#fillDisk] works here.
  static boolean canFillDisk() {
    return Files.isExecutable(Path.of("/usr/bin/prlimit"));
  }

  /// From now on no file of it can be written beyond its first block, as if the disk were full.
  void fillDisk() throws IOException, InterruptedException {
    limitFiles("--fsize=4096:unlimited");
  }

  /// There is room again.
  void freeDisk() throws IOException, InterruptedException {
    limitFiles("--fsize=unlimited:unlimited");
  }

  private void limitFiles(String limit) throws IOException, InterruptedException {
    Process prlimit =
        new ProcessBuilder("/usr/bin/prlimit", "--pid", Long.toString(pid()), limit).start();
    assertThat(prlimit.waitFor()).isZero();
  }

  /// `kill -9`, and waits until it is gone.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  /// SIGTERM.
  ///
  /// @return the exit code
  int stop() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("SIGTERM ends it in time").isTrue();
    return process.exitValue();
  }

  /// Waits for a condition, as long as the daemon lives.
  ///
  /// @param what is awaited, and how it stands; asked when it did not come
  void await(Supplier<String> what, Duration bound, BooleanSupplier condition)
      throws InterruptedException, IOException {
    long end = System.nanoTime() + bound.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0 || !process.isAlive()) {
        throw new AssertionError(
            (process.isAlive() ? "not in time: " : "the daemon ended before: ")
                + what.get()
                + "\n"
                + output());
      }
      Thread.sleep(20);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  /// The exit code of one that ends by itself.
  int awaitEnd() throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
