package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TimerHeapTest {
  private record Timer(long time, long key, long tag) {}

  private static final Comparator<Timer> ORDER =
      Comparator.comparingLong(Timer::time).thenComparingLong(Timer::key);

  @Test
  void behavesAsAPriorityQueue() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TimerHeap heap = new TimerHeap(random.nextInt(10));
      PriorityQueue<Timer> model = new PriorityQueue<>(ORDER);
      for (int step = 0; step < 3_000; step++) {
        switch (random.nextInt(step / 1_000 % 2 == 0 ? 3 : 2)) {
          case 0 -> removeFirst(heap, model, seed);
          default -> {
            // The tag follows from the key, so that timers equal in order are equal.
            long time = random.nextLong(1L << random.nextInt(1, 40)) - 50;
            long key = random.nextInt(20);
            heap.add(time, key, key * 31);
            model.add(new Timer(time, key, key * 31));
          }
        }
        if (random.nextInt(200) == 0) {
          long modulus = random.nextInt(1, 6);
          heap.sweep((time, key) -> (time + key) % modulus == 0);
          model.removeIf(timer -> (timer.time() + timer.key()) % modulus != 0);
          assertThat(heap.isFull()).as("seed %d", seed).isFalse();
        }
        assertThat(heap.size()).as("seed %d", seed).isEqualTo(model.size());
        assertThat(heap.isEmpty()).as("seed %d", seed).isEqualTo(model.isEmpty());
      }
      while (!model.isEmpty()) {
        removeFirst(heap, model, seed);
      }
      assertThat(heap.firstTime()).isEqualTo(Long.MAX_VALUE);
    }
  }

  private static void removeFirst(TimerHeap heap, PriorityQueue<Timer> model, int seed) {
    Timer expected = model.poll();
    if (expected == null) {
      assertThat(heap.firstTime()).as("seed %d", seed).isEqualTo(Long.MAX_VALUE);
      return;
    }
    assertThat(new Timer(heap.firstTime(), heap.firstKey(), heap.firstTag()))
        .as("seed %d", seed)
        .isEqualTo(expected);
    heap.removeFirst();
  }

  @Test
  void timersAreFoundAndRemovedByKeyWhereverTheyStand() {
    for (int seed = 0; seed < 50; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TimerHeap heap = new TimerHeap(4);
      PriorityQueue<Timer> model = new PriorityQueue<>(ORDER);
      int timers = random.nextInt(1, 200);
      for (long key = 0; key < timers; key++) {
        long time = random.nextLong(1, 1 + (1L << random.nextInt(1, 20)));
        heap.add(time, key, key * 31);
        model.add(new Timer(time, key, key * 31));
      }
      for (int i = 0; i < timers; i++) {
        long key = random.nextInt(timers + 5);
        long expectedTime = 0;
        for (Timer timer : model) {
          expectedTime = timer.key() == key ? timer.time() : expectedTime;
        }
        assertThat(heap.timeOf(key)).as("seed %d", seed).isEqualTo(expectedTime);
        assertThat(heap.remove(key, -1))
            .as("seed %d", seed)
            .isEqualTo(expectedTime == 0 ? -1 : key * 31);
        model.removeIf(timer -> timer.key() == key);
        assertThat(heap.size()).as("seed %d", seed).isEqualTo(model.size());
      }
      while (!model.isEmpty()) {
        removeFirst(heap, model, seed);
      }
    }
  }

  @Test
  void equalTimesComeByKey() {
    TimerHeap heap = new TimerHeap(0);
    for (long key : new long[] {5, 2, 9, 0, 7}) {
      heap.add(10, key, -key);
    }
    for (long key : new long[] {0, 2, 5, 7, 9}) {
      assertThat(heap.firstKey()).isEqualTo(key);
      assertThat(heap.firstTag()).isEqualTo(-key);
      heap.removeFirst();
    }
  }

  @Test
  void givesItsMemoryBackWhenThreeQuartersOfItAreFree() {
    TimerHeap heap = new TimerHeap(4);
    for (int i = 0; i < 5_000; i++) {
      heap.add(i, i, i);
    }
    heap.trim();
    for (int i = 0; i < 5_000; i++) {
      assertThat(heap.firstTime()).isEqualTo(i);
      heap.removeFirst();
    }
    heap.trim();
    long again =
        Allocations.of(() -> {
          for (int i = 0; i < 5_000; i++) {
            heap.add(i, i, i);
          }
        });
    assertThat(again).as("it grows anew").isGreaterThan(100_000);
    assertThat(heap.size()).isEqualTo(5_000);
  }

  @Test
  void trimmedItStillHoldsWhatIsLeft() {
    TimerHeap heap = new TimerHeap(4);
    for (int i = 0; i < 10_000; i++) {
      heap.add(i, i, i);
    }
    int full = heap.capacity();
    for (int i = 0; i < 5_900; i++) {
      heap.removeFirst();
      heap.trim();
    }
    assertThat(heap.capacity()).as("more than a quarter is used").isEqualTo(full);
    for (int i = 5_900; i < 9_999; i++) {
      assertThat(heap.firstTime()).isEqualTo(i);
      heap.removeFirst();
      heap.trim();
    }
    assertThat(heap.capacity()).isBetween(4, 1_024);
    assertThat(heap.firstTime()).isEqualTo(9_999);
  }

  @Test
  void aFullHeapIsSweptBeforeItGrows() {
    TimerHeap heap = new TimerHeap(4);
    for (int i = 0; i < 10_000; i++) {
      int latest = i;
      heap.add(i, i % 3, i, (time, _) -> time > latest - 20);
    }
    assertThat(heap.capacity()).isLessThanOrEqualTo(64);
  }

  @Test
  void allocatesNothingWithinTheRoomItHas() {
    TimerHeap heap = new TimerHeap(1_000);
    assertThat(Allocations.of(() -> churn(heap))).isZero();
  }

  private static void churn(TimerHeap heap) {
    for (int i = 0; i < 100_000; i++) {
      if (heap.size() == 1_000) {
        heap.removeFirst();
      }
      heap.add((i * 7_919L) % 100_003, i, 0);
    }
  }
}
