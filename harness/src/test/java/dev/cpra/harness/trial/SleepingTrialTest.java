package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cpra.harness.result.HeapPoint;
import dev.cpra.harness.result.Jvm;
import dev.cpra.harness.result.Sleep;
import dev.cpra.harness.result.Status;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.result.Variant;
import dev.cpra.manifest.load.Load;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a load says of sleeping and of the heap reaches the trial's threads and its result.
final class SleepingTrialTest {
  private static final String LOAD =
      """
      name: sleeping
      monitors:
        generate:
          count: 50
          mix: [{share: 1, type: tcp, interval: 100ms, timeout: 90ms}]
      engine: {spin: 200us, timer_slack: 3us}
      phases: [{name: steady, for: 1s}]
      collect: 100ms
      """;

  @TempDir private Path folder;

  @Test
  void aThreadBeginsWithTheTimerSlackOfTheThreadThatStartsIt() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    Long before = TimerSlack.nanos();
    Long inherited =
        onAThread(() -> {
          TimerSlack.set(3_000);
          TimerSlack.set(0);
          return onAThread(TimerSlack::nanos);
        });

    assertThat(inherited).isEqualTo(3_000);
    assertThat(TimerSlack.nanos()).isEqualTo(before);
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aTrialSleepsAsItsLoadSaysAndTellsWhatTheHeapHeld() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    Path file = Files.writeString(folder.resolve("sleeping.yaml"), LOAD);
    TrialSpec spec =
        new TrialSpec(
            file.toString(),
            new Variant("baseline", "baseline", Map.of()),
            0,
            0,
            false,
            Map.of(),
            folder.resolve("trial.json").toString(),
            folder.toString(),
            null);
    Load load = LoadFiles.forTrial(spec);

    TrialResult result =
        onAThread(() -> new Trial(spec, load, LoadFiles.world(spec, load), _ -> {}).run());

    assertThat(result.status().kind()).isEqualTo(Status.Kind.COMPLETE);
    Jvm jvm = result.jvm();
    assertThat(jvm == null ? null : jvm.sleep()).isEqualTo(new Sleep(200_000, 3_000L));
    assertThat(result.memory().heapAfterGc())
        .isNotEmpty()
        .extracting(HeapPoint::mib)
        .allMatch(mib -> mib > 0);
  }

  /// A test's own thread keeps its slack.
  private static <T> T onAThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().start(task);
    return task.get();
  }
}
