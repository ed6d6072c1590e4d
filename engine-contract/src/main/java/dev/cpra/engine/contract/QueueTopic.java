package dev.cpra.engine.contract;

import static dev.cpra.engine.contract.EngineWorld.MS;
import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Lanes that are full, small batches, large batches.
interface QueueTopic extends Worlds {
  @Test
  default void aJobThatTheLaneRefusesStaysDueAndIsNotInFlight() { // M1, M9
    EngineWorld world = start(worldWith().lane(Lane.PULSE, 2));
    int[] monitors = IntStream.range(0, 3).map(_ -> world.add(Rules.PLAIN, 0)).toArray();
    world.tickAt(0);

    assertThat(world.vitals(monitors[0])).isEqualTo(Vitals.PULSE_IN_FLIGHT);
    assertThat(world.vitals(monitors[1])).isEqualTo(Vitals.PULSE_IN_FLIGHT);
    assertThat(world.vitals(monitors[2])).isEqualTo(Vitals.WAITING);
    assertThat(world.state(monitors[2]).pulseDeadlineNanos).isZero();
    assertThat(world.take(Lane.PULSE)).hasSize(2);
    world.tick();

    Job job = world.takeOne(Lane.PULSE);
    assertThat(job.monitor()).isEqualTo(monitors[2]);
    assertThat(job.number()).isEqualTo(1);
    assertThat(job.due()).isZero();
  }

  @Test
  default void aFullLaneIsOfferedEachJobOnceMoreAtEveryTick() { // M8
    EngineWorld world = start(worldWith().lane(Lane.PULSE, 3));
    for (int i = 0; i < 20; i++) {
      world.add(Rules.PLAIN.withInterval(100 * SECOND), 0);
    }
    List<Integer> seen = new ArrayList<>();
    for (int k = 0; k < 7; k++) {
      world.tickAt(k * MS);
      List<Job> jobs = world.take(Lane.PULSE);
      assertThat(jobs).hasSize(k < 6 ? 3 : 2);
      jobs.forEach(job -> seen.add(job.monitor()));
    }
    assertThat(seen).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
    assertThat(world.ledger().pulse.due).isEqualTo(20);
  }

  @Test
  default void theLongestWaitingGoFirstAndTiesGoByHandle() {
    EngineWorld world = world();
    world.lanes().pulse().narrow(0);
    int late = world.add(Rules.PLAIN, 3 * MS);
    int tieSecond = world.add(Rules.PLAIN, 2 * MS); // the same tick as the next, by a hair
    int tieThird = world.add(Rules.PLAIN, 2 * MS - MS / 2);
    int early = world.add(Rules.PLAIN, MS);
    world.tickUntil(5 * MS);
    assertThat(world.ledger().pulse.waiting).isEqualTo(4);

    world.lanes().pulse().narrow(2);
    world.tick();
    assertThat(world.take(Lane.PULSE)).extracting(Job::monitor).containsExactly(early, tieSecond);
    world.tick();

    assertThat(world.take(Lane.PULSE)).extracting(Job::monitor).containsExactly(tieThird, late);
  }

  @Test
  default void slotsOfOneLateTickGoOutByTheTicksTheyBelongTo() {
    EngineWorld world = world();
    int third = world.add(Rules.PLAIN, 30 * MS);
    int first = world.add(Rules.PLAIN, 10 * MS);
    int second = world.add(Rules.PLAIN, 20 * MS);

    world.tickAt(SECOND);

    assertThat(world.take(Lane.PULSE))
        .extracting(Job::monitor)
        .containsExactly(first, second, third);
  }

  @Test
  default void newJobsWaitBehindOldOnes() {
    EngineWorld world = start(worldWith().lane(Lane.PULSE, 2));
    int young = world.add(Rules.PLAIN, 2 * MS);
    List<Integer> old = IntStream.range(0, 4).mapToObj(_ -> world.add(Rules.PLAIN, 0)).toList();
    world.tickAt(0);
    assertThat(world.take(Lane.PULSE))
        .extracting(Job::monitor)
        .containsExactly(old.get(0), old.get(1));

    world.tickAt(2 * MS);
    assertThat(world.take(Lane.PULSE))
        .extracting(Job::monitor)
        .containsExactly(old.get(2), old.get(3));
    world.tickAt(3 * MS);

    assertThat(world.takeOne(Lane.PULSE).monitor()).isEqualTo(young);
  }

  @Test
  default void capacityCountsJobsWhateverTheBatches() {
    for (int batch : new int[] {1, 3, 64}) {
      EngineWorld world = start(worldWith().lane(Lane.PULSE, new LaneLimits(10, batch, 64)));
      for (int i = 0; i < 25; i++) {
        world.add(Rules.PLAIN.withInterval(100 * SECOND), (i / 3) * MS);
      }
      world.tickUntil(20 * MS);
      assertThat(world.ledger().pulse.inFlight).as("batches of %d", batch).isEqualTo(10);
      assertThat(world.take(Lane.PULSE)).hasSize(10);
      world.tick();
      assertThat(world.take(Lane.PULSE)).hasSize(10);
      world.tick();
      assertThat(world.take(Lane.PULSE)).hasSize(5);
    }
  }

  @Test
  default void batchesHoldAtMostTheirSizeAndGoOutAtTheEndOfTheTick() {
    EngineWorld world = start(worldWith().lane(Lane.PULSE, new LaneLimits(100, 4, 64)));
    for (int i = 0; i < 10; i++) {
      world.add(Rules.PLAIN, 0);
    }

    world.tickAt(0);

    assertThat(world.take(Lane.PULSE, 1)).hasSize(4);
    assertThat(world.take(Lane.PULSE, 1)).hasSize(4);
    assertThat(world.take(Lane.PULSE, 1)).hasSize(2);
  }

  @Test
  default void anInterventionBatchHoldsOneJob() {
    EngineWorld world = world();
    for (int i = 0; i < 5; i++) {
      world.add(Rules.REPAIRING, 0);
    }
    world.tickAt(0);
    world.take(Lane.PULSE).forEach(job -> world.give(job, Outcome.FAILED));
    world.tickAgain();

    for (int i = 0; i < 5; i++) {
      assertThat(world.take(Lane.INTERVENTION, 1)).hasSize(1);
    }
    world.takeNone(Lane.INTERVENTION);
  }

  @Test
  default void aStuckInterventionLaneDelaysNoPulse() {
    EngineWorld world = start(worldWith().lane(Lane.INTERVENTION, 1));
    for (int i = 0; i < 4; i++) {
      world.add(Rules.REPAIRING, 0);
    }
    int healthy = world.add(Rules.PLAIN, MS);
    world.tickAt(0);
    world.take(Lane.PULSE).forEach(job -> world.give(job, Outcome.FAILED));
    world.tickAt(MS);

    assertThat(world.takeOne(Lane.PULSE).monitor()).isEqualTo(healthy);
    assertThat(world.ledger().intervention.waiting).isEqualTo(3);
  }

  @Test
  default void outcomesThatFindNoRoomAreKeptByTheWorkerAndAcceptedLater() { // M4
    EngineWorld world = start(worldWith().lane(Lane.PULSE, new LaneLimits(8, 1, 2)));
    for (int i = 0; i < 4; i++) {
      world.add(Rules.PLAIN, 0);
    }
    world.tickAt(0);
    List<Batch> done = new ArrayList<>();
    for (Batch b = world.lanes().pulse().take(); b != null; b = world.lanes().pulse().take()) {
      b.outcome(0, Outcome.OK);
      done.add(b);
    }
    done.removeIf(world.lanes().pulse()::give);
    assertThat(done).hasSize(2);
    assertThat(world.lanes().pulse().refusedOutcomes()).isEqualTo(2);
    world.tick();
    assertThat(world.ledger().pulse.ok).isEqualTo(2);

    done.removeIf(world.lanes().pulse()::give);
    world.tick();

    assertThat(world.ledger().pulse.ok).isEqualTo(4);
  }

  @Test
  default void aLaneIsWidenedAndNarrowedWhileItRuns() {
    EngineWorld world = start(worldWith().lane(Lane.PULSE, 8));
    for (int i = 0; i < 12; i++) {
      world.add(Rules.PLAIN, 0);
    }
    world.lanes().pulse().narrow(5);
    world.tickAt(0);
    assertThat(world.ledger().pulse.inFlight).isEqualTo(5);
    world.lanes().pulse().narrow(3);
    assertThat(world.take(Lane.PULSE)).hasSize(5);
    world.tick();
    assertThat(world.take(Lane.PULSE)).hasSize(3);
    world.lanes().pulse().narrow(1_000);
    world.tick();

    assertThat(world.take(Lane.PULSE)).hasSize(4);
  }
}
