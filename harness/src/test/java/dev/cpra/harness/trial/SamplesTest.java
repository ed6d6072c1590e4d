package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.result.HeapPoint;
import dev.cpra.harness.result.Sample;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a trial writes down over time, and the drive that it watches.
@Timeout(60)
final class SamplesTest {
  private static final long HOUR = 3_600_000_000_000L;

  @Test
  void aTableGivesBackWhatWasPutIn() {
    Map<String, Double> cores = new LinkedHashMap<>();
    List.of("engine", "workers", "gc", "compiler", "other")
        .forEach(group -> cores.put(group, 0.1 * (cores.size() + 1)));
    Sample full = new Sample(0.25, 1_000.5, 12.5, 3, 4, 5.5, 6.5, cores);
    Sample sparse = new Sample(0.5, 0, null, 1L << 40, 0, 1, null, Map.of("gc", 0.5));
    SampleTable table = new SampleTable(2);

    assertThat(table.isFull()).isFalse();
    table.add(full);
    table.add(sparse);

    assertThat(table.isFull()).isTrue();
    assertThat(table.samples()).containsExactly(full, sparse);
  }

  @Test
  void theHeapIsLookedAtAgainAndAgainUntilTheWatchStops() throws Exception {
    AtomicLong clock = new AtomicLong(7_000_000_000L);
    AtomicInteger looks = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    HeapWatch watch =
        new HeapWatch(
            1,
            clock::get,
            () -> {
              clock.addAndGet(2_000_000_000L);
              three.countDown();
              return looks.incrementAndGet();
            });

    watch.start();
    assertThat(three.await(30, TimeUnit.SECONDS)).isTrue();
    watch.stop();

    assertThat(watch.points())
        .hasSize(looks.get())
        .startsWith(new HeapPoint(2, 1), new HeapPoint(4, 2), new HeapPoint(6, 3));
  }

  @Test
  void aWatchThatIsNotAskedForSeesNothing() throws Exception {
    HeapWatch watch =
        new HeapWatch(
            0,
            System::nanoTime,
            () -> {
              throw new AssertionError("nobody asked");
            });
    watch.start();
    watch.stop();

    assertThat(watch.points()).isEmpty();
  }

  /// Asleep it would tick ten times a second, and be late for the test's bound.
  @Test
  void anOpenDriveSpinsAsLongAsItIsTold() throws Exception {
    LaneLimits limits = new LaneLimits(16, 8, 16);
    Lanes lanes = Lanes.create(limits, limits, limits, new JcQueues(_ -> 1));
    try (Engine engine =
        EngineProvider.named("baseline")
            .create(EngineLimits.of(10), Map.of(), lanes, Transitions.NONE)) {
      engine.add(MonitorRules.of(HOUR, 1_000_000_000L), HOUR);
      OpenDrive drive = new OpenDrive(engine, lanes, () -> 0, 2 * HOUR);
      drive.start();
      while (drive.ticks() < 100_000) {
        drive.checkAlive();
        Thread.onSpinWait();
      }
      assertThat(drive.stop(Duration.ofSeconds(20))).isTrue();
    }
  }
}
