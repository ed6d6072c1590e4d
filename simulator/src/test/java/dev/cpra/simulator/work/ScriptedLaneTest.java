package dev.cpra.simulator.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Outcome;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.FaultKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.junit.jupiter.api.Test;

final class ScriptedLaneTest {
  private static final long MS = 1_000_000;
  private static final long TIMEOUT = 500 * MS;
  private static final long DEADLINE = 1_000 * MS;

  private record Told(int monitor, byte outcome) {}

  private final LaneQueue lane =
      Lanes.create(
              LaneLimits.of(256),
              LaneLimits.of(16),
              LaneLimits.of(16),
              new Lanes.Queues() {
                @Override
                public Queue<Batch> jobs(Lane lane, int capacity) {
                  return new ArrayBlockingQueue<>(capacity);
                }

                @Override
                public Queue<Batch> outcomes(Lane lane, int capacity) {
                  return new ArrayBlockingQueue<>(capacity);
                }
              })
          .pulse();

  private ScriptedLane worker(int workers, long latency, double failure, Fault... faults) {
    return new ScriptedLane(
        lane,
        new Script(1, failure, latency, latency),
        monitor -> monitor,
        _ -> TIMEOUT,
        workers,
        LaneFaults.of(List.of(faults), Lane.PULSE, 1),
        1,
        null);
  }

  private static Fault fault(FaultKind kind, long at, long length, double rate, long delay) {
    return new Fault(kind, at, length, Lane.PULSE, rate, null, delay, 0, 0);
  }

  private void offer(int from, int to, long deadline) {
    for (int i = from; i < to; i++) {
      assertThat(lane.offer(i, 1, 0, deadline, 0)).isTrue();
    }
    lane.flush();
  }

  private List<Told> told() {
    List<Told> told = new ArrayList<>();
    for (Batch batch = lane.pollOutcomes(); batch != null; batch = lane.pollOutcomes()) {
      for (int i = 0; i < batch.size(); i++) {
        told.add(new Told(batch.monitor(i), batch.outcome(i)));
      }
      lane.recycle(batch);
    }
    return told;
  }

  @Test
  void aJobTakesAsLongAsTheScriptSays() {
    ScriptedLane worker = worker(8, 20 * MS, 0);
    offer(0, 1, DEADLINE);
    worker.pass(5 * MS, 5 * MS);
    worker.pass(24 * MS, 24 * MS);
    assertThat(told()).isEmpty();
    worker.pass(25 * MS, 25 * MS);
    assertThat(told()).containsExactly(new Told(0, Outcome.OK));
  }

  @Test
  void noMoreJobsRunAtOnceThanThereAreWorkers() {
    ScriptedLane worker = worker(3, 20 * MS, 0);
    offer(0, 10, DEADLINE);
    worker.pass(0, 0);
    worker.pass(20 * MS, 20 * MS);
    assertThat(told()).hasSize(3);
    worker.pass(40 * MS, 40 * MS);
    assertThat(told()).hasSize(3);
  }

  @Test
  void aJobPastItsDeadlineIsHandedBackUnexecuted() {
    ScriptedLane worker = worker(8, 20 * MS, 0);
    offer(0, 2, 10 * MS);
    worker.pass(11 * MS, 11 * MS);
    assertThat(told())
        .containsExactly(new Told(0, Outcome.DISCARDED), new Told(1, Outcome.DISCARDED));
    assertThat(worker.discarded()).isEqualTo(2);
  }

  @Test
  void aJobThatTakesLongerThanItsTimeoutFailsWhenThatIsOver() {
    ScriptedLane worker = worker(8, 2_000 * MS, 0);
    offer(0, 1, DEADLINE);
    worker.pass(0, 0);
    worker.pass(TIMEOUT - 1, TIMEOUT - 1);
    assertThat(told()).isEmpty();
    worker.pass(TIMEOUT, TIMEOUT);
    assertThat(told()).containsExactly(new Told(0, Outcome.FAILED));
  }

  @Test
  void everyJobFailsAtFailureRateOne() {
    ScriptedLane worker = worker(8, 0, 1);
    offer(0, 1, DEADLINE);
    worker.pass(0, 0);
    worker.pass(1, 1);
    assertThat(told()).containsExactly(new Told(0, Outcome.FAILED));
  }

  @Test
  void lostOutcomesAreNeverToldAndTheirWorkersGoOn() {
    ScriptedLane worker = worker(1, 10 * MS, 0, fault(FaultKind.LOST, 0, 5 * MS, 1, 0));
    offer(0, 2, DEADLINE);
    worker.pass(0, 0);
    worker.pass(10 * MS, 10 * MS);
    worker.pass(20 * MS, 20 * MS);
    assertThat(told()).containsExactly(new Told(1, Outcome.OK));
  }

  @Test
  void duplicatesAreToldTwice() {
    ScriptedLane worker = worker(8, 10 * MS, 0, fault(FaultKind.DUPLICATE, 0, 5 * MS, 1, 0));
    offer(0, 1, DEADLINE);
    worker.pass(0, 0);
    worker.pass(10 * MS, 10 * MS);
    assertThat(told()).containsExactly(new Told(0, Outcome.OK), new Told(0, Outcome.OK));
  }

  @Test
  void lateOutcomesComeAfterTheirDeadline() {
    ScriptedLane worker = worker(8, 10 * MS, 0, fault(FaultKind.LATE, 0, 5 * MS, 1, 100 * MS));
    offer(0, 1, DEADLINE);
    worker.pass(0, 0);
    worker.pass(DEADLINE + 99 * MS, DEADLINE + 99 * MS);
    assertThat(told()).isEmpty();
    worker.pass(DEADLINE + 100 * MS, DEADLINE + 100 * MS);
    assertThat(told()).containsExactly(new Told(0, Outcome.OK));
  }

  @Test
  void aCrashLosesTheJobsThatRanAndNothingIsTakenUntilTheRestart() {
    ScriptedLane worker =
        worker(8, 20 * MS, 0, fault(FaultKind.WORKER_CRASH, 10 * MS, 20 * MS, 1, 0));
    offer(0, 4, DEADLINE);
    worker.pass(0, 0);
    worker.pass(10 * MS, 10 * MS);
    offer(4, 6, DEADLINE);
    worker.pass(25 * MS, 25 * MS);
    assertThat(told()).isEmpty();
    worker.pass(30 * MS, 30 * MS);
    worker.pass(50 * MS, 50 * MS);
    assertThat(told()).containsExactly(new Told(4, Outcome.OK), new Told(5, Outcome.OK));
  }

  @Test
  void aHangHoldsJobsUntilItIsOver() {
    ScriptedLane worker =
        worker(8, 20 * MS, 0, fault(FaultKind.WORKER_HANG, 10 * MS, 90 * MS, 1, 0));
    offer(0, 1, DEADLINE);
    worker.pass(0, 0);
    worker.pass(10 * MS, 10 * MS);
    worker.pass(99 * MS, 99 * MS);
    assertThat(told()).isEmpty();
    worker.pass(100 * MS, 100 * MS);
    assertThat(told()).hasSize(1);
  }

  @Test
  void slowJobsTakeTheirDelayLonger() {
    ScriptedLane worker = worker(8, 20 * MS, 0, fault(FaultKind.SLOW, 0, 5 * MS, 1, 100 * MS));
    offer(0, 1, DEADLINE);
    worker.pass(0, 0);
    worker.pass(119 * MS, 119 * MS);
    assertThat(told()).isEmpty();
    worker.pass(120 * MS, 120 * MS);
    assertThat(told()).hasSize(1);
  }

  @Test
  void reorderedOutcomesComeInAnotherOrderAndAllOfThem() {
    ScriptedLane worker = worker(128, 10 * MS, 0, fault(FaultKind.REORDER, 0, 5 * MS, 1, 0));
    offer(0, 100, DEADLINE);
    List<Integer> monitors = new ArrayList<>();
    for (long now = 0; now < 200 * MS; now += MS) {
      worker.pass(now, now);
      told().forEach(told -> monitors.add(told.monitor()));
    }
    assertThat(monitors).hasSize(100).doesNotHaveDuplicates().isNotEqualTo(sorted(monitors));
  }

  private static List<Integer> sorted(List<Integer> monitors) {
    return monitors.stream().sorted().toList();
  }

  @Test
  void aFullQueueOfOutcomesHoldsThemBackAndLosesNone() {
    ScriptedLane worker = worker(8, MS, 0, fault(FaultKind.OUTCOMES_FULL, 0, 50 * MS, 1, 0));
    offer(0, 8, DEADLINE);
    worker.pass(0, 0);
    worker.pass(10 * MS, 10 * MS);
    assertThat(told()).isEmpty();
    worker.pass(50 * MS, 50 * MS);
    worker.pass(51 * MS, 51 * MS);
    assertThat(told()).hasSize(8);
  }
}
