package dev.cpra.harness.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.result.Histograms;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.simulator.FirstDue;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class TrialPiecesTest {
  private static final long MS = 1_000_000;

  @Test
  void firstChecksAreSpreadEvenlyOverTheInterval() {
    int[] buckets = new int[10];
    for (int i = 0; i < 100_000; i++) {
      long offset = FirstDue.offsetNanos("http-" + i, 5_000 * MS);
      assertThat(offset).isBetween(0L, 5_000 * MS - 1);
      buckets[(int) (offset / (500 * MS))]++;
    }
    for (int bucket : buckets) {
      assertThat(bucket).isBetween(9_500, 10_500);
    }
  }

  @Test
  void queuesHoldAsManyBatchesAsAskedForWhateverTheThreads() {
    for (int threads = 1; threads <= 2; threads++) {
      int count = threads;
      JcQueues queues = new JcQueues(_ -> count);
      for (int capacity : new int[] {1, 2, 3, 64, 1_000}) {
        assertThat(fill(queues.jobs(Lane.PULSE, capacity), capacity)).isEqualTo(capacity);
        assertThat(fill(queues.outcomes(Lane.PULSE, capacity), capacity)).isEqualTo(capacity);
      }
    }
  }

  private static int fill(Queue<Batch> queue, int most) {
    int held = 0;
    while (held < most && queue.offer(new Batch(1))) {
      held++;
    }
    return held;
  }

  @Test
  void latenessCountsFromTheDueTimeAndAlsoWhatPassesWithinATick() {
    AtomicLong clock = new AtomicLong(10 * MS);
    Recorder recorder = new Recorder(clock::get);
    recorder.measure(true);
    recorder.dispatched(Lane.PULSE, 1, 1, 0, 7 * MS, 10 * MS);
    clock.set(500 * MS); // the tick takes long
    for (int i = 0; i < 64; i++) {
      recorder.dispatched(Lane.PULSE, 2, 1, 0, 7 * MS, 10 * MS);
    }
    Histogram lateness = lateness(recorder);
    assertThat(lateness.getMinValue()).isBetween(2_990L, 3_010L);
    assertThat(lateness.getMaxValue()).isBetween(492_000L, 494_000L);
  }

  @Test
  void nothingIsRecordedOutsideMeasuredPhasesAndCancelledJobsNever() {
    Recorder recorder = new Recorder(() -> 10 * MS);
    recorder.dispatched(Lane.PULSE, 1, 1, 0, 7 * MS, 10 * MS);
    recorder.measure(true);
    recorder.ended(Lane.PULSE, 1, 1, Transitions.CANCELLED, 7 * MS, 10 * MS);
    recorder.ended(Lane.PULSE, 1, 1, Transitions.EXPIRED, 7 * MS, 10 * MS);
    var pulse = recorder.latencies().get("pulse");
    assertThat(pulse).isNotNull();
    assertThat(pulse == null ? "" : pulse.latenessUs()).isNull();
    Histogram response = pulse == null ? null : Histograms.decode(pulse.responseUs());
    assertThat(response == null ? 0 : response.getTotalCount()).isEqualTo(1);
  }

  private static Histogram lateness(Recorder recorder) {
    var pulse = recorder.latencies().get("pulse");
    Histogram decoded = pulse == null ? null : Histograms.decode(pulse.latenessUs());
    return decoded == null ? new Histogram(3) : decoded;
  }

  @Test
  void theClockStandsStillUntilStartedAndThenJumpsWhenTold() {
    AtomicLong machine = new AtomicLong(77);
    TrialClock clock = new TrialClock(machine::get);
    machine.addAndGet(50);
    assertThat(clock.getAsLong()).isEqualTo(TrialClock.START_NANOS);
    clock.start();
    machine.addAndGet(50);
    clock.jump(1_000);
    assertThat(clock.getAsLong()).isEqualTo(TrialClock.START_NANOS + 1_050);
    assertThat(clock.elapsedNanos()).isEqualTo(50);
    clock.jump(-2 * TrialClock.START_NANOS);
    assertThat(clock.getAsLong()).isZero();
  }

  @Test
  void messagesSurviveTheirLineAndOtherLinesAreNone() {
    ChildMessage message = new ChildMessage(ChildMessage.Type.PROGRESS, "a \"b\"\nc", 1.5, 2e6, 3);
    assertThat(message.line()).doesNotContain("\n");
    assertThat(ChildMessage.parse(message.line())).isEqualTo(message);
    assertThat(ChildMessage.parse("[warning] something")).isNull();
    assertThat(ChildMessage.parse("@cpra {broken")).isNull();
  }

  /// Kills a timer that counts a stall once, where an engine has a late pulse for each tick in it.
  @Test
  void aLongSleepCountsForEachDeadlineInIt() {
    HiccupMeter meter = new HiccupMeter(1_000_000);

    meter.record(80);
    meter.record(5_500);

    Histogram late = meter.overshootUs();
    assertThat(late.getTotalCount()).isEqualTo(6);
    assertThat(late.getCountBetweenValues(1_000, 6_000)).isEqualTo(5);
  }

  @Test
  void threadsAreGroupedByTheirNativeNames() {
    assertThat(ThreadTimes.groupOfName("engine")).isEqualTo("engine");
    assertThat(ThreadTimes.groupOfName("work-pulse")).isEqualTo("workers");
    assertThat(ThreadTimes.groupOfName("cpra-probe-1-1")).isEqualTo("workers");
    assertThat(ThreadTimes.groupOfName("GC Thread#1")).isEqualTo("gc");
    assertThat(ThreadTimes.groupOfName("ZWorkerYoung#0")).isEqualTo("gc");
    assertThat(ThreadTimes.groupOfName("C2 CompilerThre")).isEqualTo("compiler");
    assertThat(ThreadTimes.groupOfName("sampler")).isEqualTo("other");
  }
}
