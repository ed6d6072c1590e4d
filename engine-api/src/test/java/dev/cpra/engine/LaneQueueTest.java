package dev.cpra.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneQueueTest {
  /// Queues that hold exactly what they were asked to hold, and not one batch more.
  private static final Lanes.Queues EXACT =
      new Lanes.Queues() {
        @Override
        public Queue<Batch> jobs(Lane lane, int capacity) {
          return new ArrayBlockingQueue<>(capacity);
        }

        @Override
        public Queue<Batch> outcomes(Lane lane, int capacity) {
          return new ArrayBlockingQueue<>(capacity);
        }
      };

  private static LaneQueue queue(int jobs, int batch, int outcomes) {
    return new LaneQueue(Lane.PULSE, new LaneLimits(jobs, batch, outcomes), EXACT);
  }

  private static int offer(LaneQueue queue, int count) {
    int taken = 0;
    while (taken < count && queue.offer(taken, 1, 2, 3, 4)) {
      taken++;
    }
    return taken;
  }

  private static Batch took(LaneQueue queue) {
    Batch batch = queue.take();
    if (batch == null) {
      throw new AssertionError("no batch");
    }
    return batch;
  }

  @Test
  void capacityCountsJobsWhateverTheSizeOfBatches() {
    for (int jobs = 1; jobs <= 20; jobs++) {
      for (int batch = 1; batch <= 24; batch++) {
        LaneQueue queue = queue(jobs, batch, 64);
        assertThat(offer(queue, 100)).as("%d jobs, batches of %d", jobs, batch).isEqualTo(jobs);
        queue.flush();
        assertThat(offer(queue, 1)).isZero();
      }
    }
  }

  @Test
  void batchesOfOneJobEachFillTheQueueToo() {
    LaneQueue queue = queue(5, 64, 64);
    for (int i = 0; i < 5; i++) {
      assertThat(offer(queue, 1)).isEqualTo(1);
      queue.flush();
    }
    assertThat(offer(queue, 1)).isZero();
    assertThat(took(queue).size()).isEqualTo(1);
    queue.flush();
    assertThat(queue.room()).isEqualTo(1);
  }

  @Test
  void roomNeverPromisesMoreThanTheLaneTakes() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      int capacity = 1 + random.nextInt(12);
      LaneQueue queue = queue(capacity, 1 + random.nextInt(5), 4_096);
      int open = 0;
      int published = 0;
      for (int i = 0; i < 200; i++) {
        switch (random.nextInt(4)) {
          case 0 -> {
            queue.flush();
            published += open;
            open = 0;
          }
          case 1 -> {
            Batch batch = queue.take();
            if (batch != null) {
              // A batch that was full went out before the flush.
              published -= batch.size();
              queue.recycle(batch);
            }
          }
          default -> {
            int room = queue.room();
            boolean taken = queue.offer(i, i, i, i, 0);
            assertThat(taken).isEqualTo(room > 0);
            open += taken ? 1 : 0;
          }
        }
        assertThat(open + published).isLessThanOrEqualTo(capacity);
      }
    }
  }

  @Test
  void aBatchGoesOutWhenFullOrAtAFlush() {
    LaneQueue queue = queue(10, 3, 64);
    int[] heard = new int[1];
    queue.onJobs(() -> heard[0]++);
    offer(queue, 2);
    assertThat(queue.hasJobs()).isFalse();
    offer(queue, 1);
    assertThat(queue.hasJobs()).isTrue();
    assertThat(heard[0]).isEqualTo(1);
    offer(queue, 1);
    queue.flush();
    queue.flush();
    assertThat(heard[0]).as("an empty flush publishes nothing").isEqualTo(2);

    assertThat(took(queue).size()).isEqualTo(3);
    assertThat(took(queue).size()).isEqualTo(1);
    assertThat(queue.take()).isNull();
  }

  @Test
  void aJobArrivesAsItWasOffered() {
    LaneQueue queue = queue(10, 3, 64);
    queue.offer(1, 2, 3L << 40, 5L << 40, 127);
    queue.flush();

    Batch batch = took(queue);

    assertThat(batch.monitor(0)).isEqualTo(1);
    assertThat(batch.number(0)).isEqualTo(2);
    assertThat(batch.dueNanos(0)).isEqualTo(3L << 40);
    assertThat(batch.deadlineNanos(0)).isEqualTo(5L << 40);
    assertThat(batch.detail(0)).isEqualTo(127);
  }

  @Test
  void interventionBatchesHoldOneJob() {
    LaneQueue queue = new LaneQueue(Lane.INTERVENTION, new LaneLimits(8, 64, 64), EXACT);
    offer(queue, 8);
    for (int i = 0; i < 8; i++) {
      assertThat(took(queue).size()).isEqualTo(1);
    }
    assertThat(queue.limits().batchJobs()).isEqualTo(1);
  }

  @Test
  void aNarrowedLaneTakesFewerAndAWidenedOneAsManyAsItWasMadeFor() {
    LaneQueue queue = queue(10, 4, 64);
    queue.narrow(3);
    assertThat(offer(queue, 100)).isEqualTo(3);
    queue.flush();
    queue.narrow(1);
    took(queue);
    assertThat(offer(queue, 100)).isEqualTo(1);
    queue.flush();
    queue.narrow(Integer.MAX_VALUE);
    assertThat(offer(queue, 100)).isEqualTo(9);
    queue.flush();
    queue.narrow(-5);
    while (queue.hasJobs()) {
      took(queue);
    }
    assertThat(offer(queue, 100)).isZero();
    assertThat(queue.room()).isZero();
  }

  @Test
  void aQueueThatRefusesBelowItsCapacityIsAnError() {
    Lanes.Queues tooSmall =
        new Lanes.Queues() {
          @Override
          public Queue<Batch> jobs(Lane lane, int capacity) {
            return new ArrayBlockingQueue<>(1);
          }

          @Override
          public Queue<Batch> outcomes(Lane lane, int capacity) {
            return new ArrayBlockingQueue<>(capacity);
          }
        };
    LaneQueue queue = new LaneQueue(Lane.PULSE, new LaneLimits(8, 1, 8), tooSmall);
    queue.offer(0, 0, 0, 0, 0);

    assertThatThrownBy(() -> queue.offer(1, 0, 0, 0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PULSE")
        .hasMessageContaining("8");
  }

  @Test
  void givingToAFullQueueIsRefusedAndCountedAndNothingIsLost() {
    LaneQueue queue = queue(10, 1, 2);
    int[] heard = new int[1];
    queue.onOutcomes(() -> heard[0]++);
    offer(queue, 3);
    List<Batch> batches = List.of(took(queue), took(queue), took(queue));
    assertThat(queue.give(batches.get(0))).isTrue();
    assertThat(queue.give(batches.get(1))).isTrue();
    assertThat(queue.give(batches.get(2))).isFalse();
    assertThat(queue.refusedOutcomes()).isEqualTo(1);
    assertThat(heard[0]).isEqualTo(2);

    assertThat(queue.pollOutcomes()).isSameAs(batches.get(0));
    assertThat(queue.give(batches.get(2))).isTrue();
    assertThat(queue.pollOutcomes()).isSameAs(batches.get(1));
    assertThat(queue.pollOutcomes()).isSameAs(batches.get(2));
    assertThat(queue.pollOutcomes()).isNull();
    assertThat(queue.hasOutcomes()).isFalse();
  }

  @Test
  void recycledBatchesAreUsedAgainAndComeEmpty() {
    LaneQueue queue = queue(10, 2, 64);
    Set<Batch> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      offer(queue, 3);
      queue.flush();
      List<Batch> batches = new ArrayList<>();
      for (Batch b = queue.take(); b != null; b = queue.take()) {
        batches.add(b);
        seen.add(b);
      }
      assertThat(batches).extracting(Batch::size).containsExactly(2, 1);
      batches.forEach(queue::recycle);
    }
    assertThat(seen).hasSize(2);
  }

  @Test
  void aBatchOfAWorkersOwnGoesHome() {
    LaneQueue queue = queue(10, 2, 64);
    Queue<Batch> home = new ArrayDeque<>();
    Batch own = new Batch(7, home);
    own.addOutcome(1, 2, 3, Outcome.FAILED);
    assertThat(own.outcome(0)).isEqualTo(Outcome.FAILED);
    assertThat(queue.give(own)).isTrue();

    @Nullable Batch polled = queue.pollOutcomes();
    assertThat(polled).isSameAs(own);
    queue.recycle(own);

    assertThat(home).containsExactly(own);
    assertThat(own.size()).isZero();
  }

  @Test
  void aBatchOfAnotherSizeWithoutAHomeDoesNotBecomeTheEngines() {
    LaneQueue queue = queue(10, 2, 64);
    queue.recycle(new Batch(9));

    offer(queue, 9);
    queue.flush();

    assertThat(took(queue).capacity()).isEqualTo(2);
  }

  @Test
  void batchesWithoutAHomeBecomeTheEnginesUpToWhatItsJobsNeed() {
    LaneQueue queue = queue(10, 1, 64);
    Set<Batch> foreign = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Batch batch = new Batch(1);
      foreign.add(batch);
      queue.recycle(batch);
    }
    offer(queue, 10);
    queue.flush();
    for (int i = 0; i < 10; i++) {
      assertThat(foreign).as("the lane had ten of its own").doesNotContain(took(queue));
    }
  }

  @Test
  void aFullHomeLetsTheBatchGo() {
    LaneQueue queue = queue(10, 2, 64);
    Queue<Batch> home = new ArrayBlockingQueue<>(1);
    home.add(new Batch(1));

    queue.recycle(new Batch(7, home));

    assertThat(home).hasSize(1);
  }

  @Test
  void lanesAreFoundByNameAndListenTogether() {
    LaneLimits limits = LaneLimits.of(4);
    Lanes lanes = Lanes.create(limits, limits, limits, EXACT);
    int[] heard = new int[1];
    lanes.onOutcomes(() -> heard[0]++);
    for (Lane lane : Lane.values()) {
      assertThat(lanes.lane(lane).lane()).isEqualTo(lane);
      assertThat(Lane.of(lane.ordinal())).isEqualTo(lane);
      assertThat(lanes.hasOutcomes()).isFalse();
      lanes.lane(lane).offer(1, 1, 1, 1, 1);
      lanes.flush();
      lanes.lane(lane).give(took(lanes.lane(lane)));
      assertThat(lanes.hasOutcomes()).isTrue();
      assertThat(lanes.lane(lane).pollOutcomes()).isNotNull();
    }
    assertThat(heard[0]).isEqualTo(3);
  }
}
