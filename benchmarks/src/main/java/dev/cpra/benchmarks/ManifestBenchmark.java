package dev.cpra.benchmarks;

import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.Manifests;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Reading a manifest, per file, every monitor checked and handed over.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
public class ManifestBenchmark {
  /// How many monitors the file has.
  @Param({"1000", "10000"})
  public int monitors;

  private final LoadOptions options = LoadOptions.defaults();
  private Path file = Path.of("");

  /// Writes the file.
  @Setup
  public void write() throws IOException {
    file = Files.createTempFile("cpra-manifest-", ".yaml");
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write("monitors:\n");
      for (int m = 0; m < monitors; m++) {
        writer.write(monitor(m));
      }
    }
    read();
  }

  /// Deletes it.
  @TearDown
  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /// Reads it.
  @Benchmark
  public long read() {
    long[] intervals = new long[1];
    Manifests.Reading reading =
        Manifests.read(file, options, monitor -> intervals[0] += monitor.rules().intervalNanos());
    if (!reading.ok() || reading.monitors() != monitors) {
      throw new IllegalStateException(
          "the manifest is not valid: " + reading.problems().stream().limit(1).toList());
    }
    return intervals[0];
  }

  private static String monitor(int number) {
    return """
      - name: web-%1$d
        pulse_check:
          type: http
          interval: %2$ds
          timeout: 500ms
          unhealthy_threshold: 3
          config: {url: "http://127.0.0.1:18080/health/%1$d", expect: {status: 200}}
        intervention: {action: webhook, timeout: 10s, target: {url: "http://127.0.0.1:18081/restart/%1$d"}}
        codes:
          yellow: {notify: log, config: {file: warn.log}}
          red: {notify: webhook, config: {url: "http://127.0.0.1:18082/alerts"}}
    """
        .formatted(number, Intervals.seconds(number));
  }
}
