package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimingWheelTest {
  private static final int SEEDS = 60;

  @ParameterizedTest
  @ValueSource(longs = {250_000, 1_000_000, 10_000_000})
  void behavesAsASortedMapOfTicks(long tickNanos) {
    for (int seed = 0; seed < SEEDS; seed++) {
      new Run(tickNanos, seed).go(400);
    }
  }

  /// A wheel beside its naive model, under random calls.
  private static final class Run {
    private final SplittableRandom random;
    private final String name;
    private final TimingWheel wheel;
    private final TreeMap<Long, List<Integer>> model = new TreeMap<>();
    private long modelSize;
    private long modelScheduled;
    private long told;
    private long now;

    Run(long tickNanos, int seed) {
      random = new SplittableRandom(seed);
      name = "tick " + tickNanos + " seed " + seed;
      wheel = new TimingWheel(tickNanos);
      now = random.nextBoolean() ? 0 : random.nextLong(1L << random.nextInt(1, 41));
    }

    void go(int steps) {
      for (int step = 0; step < steps; step++) {
        int some = random.nextInt(1 << random.nextInt(8));
        for (int i = 0; i < some; i++) {
          schedule(random.nextInt(1_000_000));
        }
        switch (random.nextInt(4)) {
          case 0 -> followEarliest();
          case 1 -> handOut(now); // time may stand still
          default -> {
            now += distance();
            handOut(now);
          }
        }
        assertThat(wheel.size()).as(name).isEqualTo(modelSize);
        assertThat(wheel.scheduled()).as(name).isEqualTo(modelScheduled);
        checkEarliest(now + 1 + distance());
      }
      now = Long.MAX_VALUE;
      handOut(now);
      assertThat(wheel.size()).as(name).isZero();
    }

    private long distance() {
      return switch (random.nextInt(8)) {
        case 0 -> 0;
        case 1 -> 1;
        case 2 -> random.nextInt(TimingWheel.FINE);
        case 3 -> Math.max(0, (1L << random.nextInt(6, 26)) + random.nextInt(-3, 4));
        case 4 -> random.nextLong(1L << random.nextInt(1, 26));
        case 5 -> nextBoundary() - now + random.nextInt(3);
        case 6 -> random.nextInt(20_000);
        default -> random.nextInt(100) == 0 ? random.nextLong(1L << 45) : random.nextInt(5_000);
      };
    }

    /// The last tick of the current slot.
    private long nextBoundary() {
      return now | (TimingWheel.FINE - 1);
    }

    private void schedule(int handle) {
      long tick = random.nextInt(8) == 0 ? Math.max(0, now - distance()) : now + distance();
      wheel.schedule(handle, tick);
      model.computeIfAbsent(tick, _ -> new ArrayList<>()).add(handle);
      modelSize++;
      modelScheduled++;
    }

    /// Takes all that is due, scheduling some of it anew meanwhile.
    private void handOut(long limit) {
      int again = 200;
      while (true) {
        long tick = wheel.next(limit);
        boolean expected = !model.isEmpty() && model.firstKey() <= limit;
        assertThat(tick).as(name).isEqualTo(expected ? model.firstKey() : -1);
        if (!expected) {
          return;
        }
        List<Integer> handles = model.pollFirstEntry().getValue();
        handles.sort(null);
        modelSize -= handles.size();
        assertThat(wheel.to() - wheel.from()).as(name).isEqualTo(handles.size());
        assertThat(wheel.size()).as(name).isEqualTo(modelSize);
        checkAhead();
        for (int i = 0; i < handles.size(); i++) {
          assertThat(wheel.handles()[wheel.from() + i]).as(name).isEqualTo(handles.get(i));
          if (again > 0 && limit < Long.MAX_VALUE && random.nextInt(3) != 0) {
            again--;
            schedule(handles.get(i));
          }
        }
      }
    }

    /// What is told ahead was scheduled, and an entry is told once at most.
    private void checkAhead() {
      for (int i = wheel.aheadFrom(); i < wheel.aheadTo(); i++) {
        assertThat(wheel.ahead()[i]).as(name).isBetween(0, 999_999);
        told++;
      }
      assertThat(told).as(name).isLessThanOrEqualTo(modelScheduled);
    }

    private void checkEarliest(long limit) {
      long earliest = wheel.earliest(limit);
      long first = model.isEmpty() ? Long.MAX_VALUE : model.firstKey();
      assertThat(earliest).as(name).isLessThanOrEqualTo(Math.min(limit, first));
      if (first > now) {
        assertThat(earliest).as(name + ": nothing is due yet").isGreaterThan(now);
      }
    }

    /// As a driver does: sleeps until what the wheel says. At most one wake-up may be for nothing.
    private void followEarliest() {
      handOut(now);
      if (model.isEmpty()) {
        assertThat(wheel.earliest(Long.MAX_VALUE)).as(name).isEqualTo(Long.MAX_VALUE);
        return;
      }
      long first = model.firstKey();
      int wakeups = 0;
      while (now < first) {
        long wakeup = wheel.earliest(Long.MAX_VALUE);
        assertThat(wakeup).as(name).isGreaterThan(now).isLessThanOrEqualTo(first);
        assertThat(++wakeups).as(name + ": wake-ups until the first entry").isLessThanOrEqualTo(2);
        now = wakeup;
        if (now < first) {
          assertThat(wheel.next(now)).as(name).isEqualTo(-1);
        }
      }
      handOut(now);
    }
  }

  @Test
  void aClockFarFromZeroIsReachedAtOnce() {
    TimingWheel wheel = new TimingWheel(250_000);
    long tick = 1L << 58;
    wheel.schedule(3, tick);
    wheel.schedule(4, tick + 300);
    assertThat(wheel.next(tick - 1)).isEqualTo(-1);
    assertThat(wheel.next(Long.MAX_VALUE)).isEqualTo(tick);
    assertThat(wheel.next(Long.MAX_VALUE)).isEqualTo(tick + 300);
    assertThat(wheel.next(Long.MAX_VALUE)).isEqualTo(-1);
    wheel.schedule(5, tick); // all time has passed, so all is overdue
    assertThat(wheel.next(Long.MAX_VALUE)).isEqualTo(tick);
    assertThat(wheel.handles()[wheel.from()]).isEqualTo(5);
  }

  /// The coarse level's span is a power of two of slots: its last slot is among these.
  @ParameterizedTest
  @ValueSource(longs = {250_000, 1_000_000, 10_000_000})
  void aLoneEntryIsFoundAtEveryDistance(long tickNanos) {
    TimingWheel wheel = new TimingWheel(tickNanos);
    long now = 0;
    for (int shift = 8; shift < 26; shift++) {
      for (int off : new int[] {-257, -256, -255, -1, 0, 1, 255, 256}) {
        for (int offset : new int[] {0, 1, 200, TimingWheel.FINE - 1}) {
          now = (now | (TimingWheel.FINE - 1)) + offset;
          assertThat(wheel.next(now)).isEqualTo(-1);
          long tick = now + 1 + Math.max(0, (1L << shift) + off);
          wheel.schedule(1, tick);
          String name = "from " + now + " to " + tick;
          assertThat(wheel.earliest(Long.MAX_VALUE)).as(name).isBetween(now + 1, tick);
          assertThat(wheel.next(tick + 5)).as(name).isEqualTo(tick);
          now = tick + 5;
          assertThat(wheel.next(now)).as(name).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void whatIsDueSoonIsToldOnceInLongRowsUnlessATickHasManyItself() {
    TimingWheel wheel = new TimingWheel(1_000_000);
    for (int tick = 256; tick < 512; tick++) {
      wheel.schedule(3 * tick, tick);
      wheel.schedule(3 * tick + 1, tick);
    }
    for (int handle = 2_000; handle < 2_100; handle++) {
      wheel.schedule(handle, 600);
    }
    List<Integer> told = new ArrayList<>();
    int rows = 0;
    for (long tick; (tick = wheel.next(511)) >= 0; ) {
      for (int i = wheel.aheadFrom(); i < wheel.aheadTo(); i++) {
        told.add(wheel.ahead()[i]);
      }
      rows += wheel.aheadTo() > wheel.aheadFrom() ? 1 : 0;
      assertThat(told).as("those of this tick").contains((int) (3 * tick), (int) (3 * tick + 1));
    }

    assertThat(rows).isEqualTo(2);
    assertThat(told).hasSize(512).doesNotHaveDuplicates();
    assertThat(wheel.next(600)).isEqualTo(600);
    assertThat(wheel.aheadTo()).isEqualTo(wheel.aheadFrom());
  }

  @Test
  void anOverdueEntryIsNotHandedOutBeforeItsTick() {
    TimingWheel wheel = new TimingWheel(1_000_000);
    assertThat(wheel.next(100)).isEqualTo(-1);
    wheel.schedule(1, 50);
    assertThat(wheel.next(49)).isEqualTo(-1);
    assertThat(wheel.earliest(200)).isEqualTo(50);
    assertThat(wheel.next(50)).isEqualTo(50);
  }

  @Test
  void anEntryIsOverdueFromComingTooLateUntilItIsHandedOut() {
    TimingWheel wheel = new TimingWheel(1_000_000);
    assertThat(wheel.next(100)).isEqualTo(-1);
    wheel.schedule(1, 50);
    wheel.schedule(2, 150);
    assertThat(wheel.isOverdue(1)).isTrue();
    assertThat(wheel.isOverdue(2)).isFalse();
    assertThat(wheel.next(100)).isEqualTo(50);
    assertThat(wheel.isOverdue(1)).isFalse();
  }

  @Test
  void manyEntriesOfOneTickMayBeOverdue() {
    TimingWheel wheel = new TimingWheel(1_000_000);
    assertThat(wheel.next(100)).isEqualTo(-1);
    assertHandsOutAll(wheel, 50);
  }

  @Test
  void manyEntriesMayComeIntoTheSlotThatTimeIsIn() {
    TimingWheel wheel = new TimingWheel(1_000_000);
    wheel.schedule(0, 10);
    assertThat(wheel.next(20)).isEqualTo(10);
    assertHandsOutAll(wheel, 30);
  }

  private static void assertHandsOutAll(TimingWheel wheel, long tick) {
    int[] handles = new int[1_000];
    for (int i = 0; i < handles.length; i++) {
      handles[i] = i;
      wheel.schedule(handles.length - 1 - i, tick);
    }
    assertThat(wheel.next(100)).isEqualTo(tick);
    assertThat(Arrays.copyOfRange(wheel.handles(), wheel.from(), wheel.to())).isEqualTo(handles);
    assertThat(wheel.size()).isZero();
  }

  @Test
  void aLoadFarAheadKeepsNoRoomForItselfOnceItCame() {
    TimingWheel wheel = new TimingWheel(1_000_000);
    int entries = 100_000;
    for (int i = 0; i < entries; i++) {
      wheel.schedule(i, 3_000_000 + 10L * i);
    }
    wheel.schedule(entries, 1_000_000_000);
    assertThat(wheel.farCapacity()).isGreaterThan(entries);

    assertThat(wheel.next(3_000_000)).isEqualTo(3_000_000);

    assertThat(wheel.farCapacity()).isLessThanOrEqualTo(1_024);
    assertThat(wheel.size()).isEqualTo(entries);
  }

  @Test
  void anEmptyWheelHasNothingBeforeTheLimit() {
    TimingWheel wheel = new TimingWheel(1_000_000);
    assertThat(wheel.earliest(77)).isEqualTo(77);
  }

  @Test
  void aTickBeforeZeroIsRefusedBecauseItCouldNotBeToldFromNone() {
    TimingWheel wheel = new TimingWheel(1_000_000);
    assertThatThrownBy(() -> wheel.schedule(1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tick: expected at least 0, found -1");
    assertThat(wheel.size()).isZero();
  }

  @Test
  void oneTickHoldsVeryManyEntries() {
    TimingWheel wheel = new TimingWheel(1_000_000);
    SplittableRandom random = new SplittableRandom(1);
    int[] expected = random.ints(100_000, 0, Integer.MAX_VALUE).toArray();
    for (int handle : expected) {
      wheel.schedule(handle, 700);
    }
    Arrays.sort(expected);
    assertThat(wheel.next(1_000)).isEqualTo(700);
    assertThat(Arrays.copyOfRange(wheel.handles(), wheel.from(), wheel.to())).isEqualTo(expected);
    assertThat(wheel.size()).isZero();
  }

  /// Every monitor is due again after its own interval, as in an engine.
  private static void recycle(TimingWheel wheel, long fromTick, long toTick, int[] interval) {
    for (long now = fromTick; now <= toTick; now++) {
      for (long tick = wheel.next(now); tick >= 0; tick = wheel.next(now)) {
        int[] handles = wheel.handles();
        int to = wheel.to();
        for (int i = wheel.from(); i < to; i++) {
          wheel.schedule(handles[i], tick + interval[handles[i]]);
        }
      }
      assertProgress(wheel, now);
    }
  }

  private static void assertProgress(TimingWheel wheel, long now) {
    if (wheel.earliest(now + 1_000_000) <= now) {
      throw new AssertionError("would spin at tick " + now);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {250_000, 1_000_000, 10_000_000})
  void allocatesNothingInTheSteadyState(long tickNanos) {
    SplittableRandom random = new SplittableRandom(7);
    TimingWheel wheel = new TimingWheel(tickNanos);
    int[] interval = new int[20_000];
    for (int handle = 0; handle < interval.length; handle++) {
      interval[handle] = new int[] {50, 700, 3_000, 5_000}[random.nextInt(4)];
      wheel.schedule(handle, random.nextInt(interval[handle]));
    }
    recycle(wheel, 0, 45_000, interval);
    assertThat(Allocations.of(() -> recycle(wheel, 45_001, 90_000, interval))).isZero();
    assertThat(wheel.size()).isEqualTo(interval.length);
  }

  @Test
  void memoryIsBoundedWhenEntriesAreRecycledAtRandom() {
    SplittableRandom random = new SplittableRandom(8);
    TimingWheel wheel = new TimingWheel(1_000_000);
    for (int handle = 0; handle < 20_000; handle++) {
      wheel.schedule(handle, random.nextInt(60_000));
    }
    long first = Allocations.of(() -> recycleAtRandom(wheel, 0, 300_000, random));
    long second = Allocations.of(() -> recycleAtRandom(wheel, 300_000, 600_000, random));
    assertThat(first).isLessThan(8_000_000);
    assertThat(second).isLessThan(200_000); // of some 80 MB that pass through
    assertThat(wheel.size()).isEqualTo(20_000);
  }

  private static void recycleAtRandom(
      TimingWheel wheel, long fromTick, long toTick, SplittableRandom random) {
    for (long now = fromTick; now < toTick; now++) {
      for (long tick = wheel.next(now); tick >= 0; tick = wheel.next(now)) {
        int[] handles = wheel.handles();
        int to = wheel.to();
        for (int i = wheel.from(); i < to; i++) {
          wheel.schedule(handles[i], now + random.nextInt(2_000));
        }
      }
    }
  }
}
