package dev.cpra.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Every benchmark runs; what it measures is not looked at here.
final class BenchmarksTest {
  private static List<String> listed() throws IOException {
    try (InputStream list = BenchmarksTest.class.getResourceAsStream("/META-INF/BenchmarkList")) {
      assertThat(list).as("JMH's annotation processor ran").isNotNull();
      return new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void everyPartThatTheEnginesStandOnHasABenchmark() throws Exception {
    String list = String.join("\n", listed());
    assertThat(list)
        .contains("TimingWheelBenchmark")
        .contains("CommandBufferBenchmark")
        .contains("LaneBenchmark")
        .contains("DominionBenchmark")
        .contains("LifecycleBenchmark")
        .contains("ManifestBenchmark")
        .contains("LoopBenchmark");
  }

  /// Once each with few monitors, in this process: an error in any of them fails the run.
  @Test
  void everyBenchmarkRunsOnce() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .forks(0)
                    .mode(Mode.SingleShotTime)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .param("monitors", "10000")
                    .param("batch", "64")
                    .shouldFailOnError(true)
                    .timeout(TimeValue.seconds(60))
                    .verbosity(VerboseMode.SILENT)
                    .jvmArgsAppend("-Djmh.ignoreLock=true")
                    .build())
            .run();
    long loops = 2 * 3 - 2; // two benchmarks, three engines each
    assertThat(results).hasSize(Math.toIntExact(listed().size() + loops));
  }

  @Test
  void aSaturatedLoopEndsAsManyJobsAsAskedAndMissesNone() throws Exception {
    for (String engine : List.of("prototype", "baseline", "ecs")) {
      for (boolean worker : new boolean[] {false, true}) {
        Loop loop =
            engine.equals("prototype")
                ? new PrototypeLoop(1_000, worker)
                : new EngineLoop(engine, 1_000, worker);
        try {
          assertThat(loop.run(50)).isBetween(50L, 200L);
          assertThat(loop.run(5_000)).isBetween(5_050L, 5_500L);
        } finally {
          loop.close();
        }
      }
    }
  }
}
