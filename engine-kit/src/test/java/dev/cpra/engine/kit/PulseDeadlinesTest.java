package dev.cpra.engine.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PulseDeadlinesTest {
  private record Pulse(int number, long due, long deadline) {}

  /// Deadlines beside their naive model: what is in flight, by monitor.
  private static final class Run {
    private final SplittableRandom random;
    private final String name;
    private final int monitors;
    private final long[] timeouts;
    private final int[] ring;
    private final TreeMap<Integer, Pulse> inFlight = new TreeMap<>();
    private final int[] lastNumber;
    private final PulseDeadlines deadlines =
        new PulseDeadlines((monitor, number) -> {
          Pulse pulse = this.inFlight.get(monitor);
          return pulse != null && pulse.number() == number;
        });
    private long now;

    Run(int seed, int monitors, int timeoutCount) {
      random = new SplittableRandom(seed);
      name = "seed " + seed + ", " + timeoutCount + " timeouts";
      this.monitors = monitors;
      lastNumber = random.ints(monitors).toArray();
      timeouts = new long[timeoutCount];
      ring = new int[timeoutCount];
      for (int i = 0; i < timeoutCount; i++) {
        timeouts[i] = 1 + 37L * i;
        ring[i] = deadlines.ringFor(timeouts[i]);
        assertThat(ring[i]).isEqualTo(Math.min(i, PulseDeadlines.RINGS_MAX));
        assertThat(deadlines.ringFor(timeouts[i])).isEqualTo(ring[i]);
      }
    }

    void go(int steps) {
      for (int step = 0; step < steps; step++) {
        int dispatches = random.nextInt(1 << random.nextInt(9));
        for (int i = 0; i < dispatches; i++) {
          dispatch(random.nextInt(monitors));
        }
        // Phases in which nearly all end in time, and in which nearly none do.
        int share = step / 50 % 2 == 0 ? 1 : 10;
        inFlight.keySet().removeIf(_ -> random.nextInt(10) >= share);
        now += random.nextInt(4) == 0 ? random.nextInt(2_000) : random.nextInt(3);
        collect();
      }
      now += 1_000_000;
      collect();
      assertThat(inFlight).as(name).isEmpty();
      assertThat(deadlines.earliest()).as(name).isEqualTo(Long.MAX_VALUE);
    }

    private void dispatch(int monitor) {
      if (inFlight.containsKey(monitor)) {
        return;
      }
      int timeout = random.nextInt(timeouts.length);
      int number = ++lastNumber[monitor];
      Pulse pulse = new Pulse(number, now - random.nextInt(10), now + timeouts[timeout]);
      inFlight.put(monitor, pulse);
      deadlines.add(ring[timeout], monitor, number, pulse.due(), pulse.deadline());
      assertThat(deadlines.earliest()).as(name).isLessThanOrEqualTo(pulse.deadline());
      assertThat(deadlines.deadlineOf(monitor, number)).as(name).isEqualTo(pulse.deadline());
      assertThat(deadlines.deadlineOf(monitor, number + 1)).as(name).isZero();
    }

    private void collect() {
      int count = deadlines.collect(now);
      int found = 0;
      for (var entry : inFlight.entrySet()) {
        Pulse pulse = entry.getValue();
        if (pulse.deadline() <= now) {
          assertThat(found).as(name).isLessThan(count);
          assertThat(deadlines.monitor(found)).as(name).isEqualTo(entry.getKey());
          assertThat(deadlines.number(found)).as(name).isEqualTo(pulse.number());
          assertThat(deadlines.dueNanos(found)).as(name).isEqualTo(pulse.due());
          found++;
        }
      }
      assertThat(count).as(name).isEqualTo(found);
      inFlight.values().removeIf(pulse -> pulse.deadline() <= now);
      long first = Long.MAX_VALUE;
      for (Pulse pulse : inFlight.values()) {
        first = Math.min(first, pulse.deadline());
      }
      assertThat(deadlines.earliest()).as(name).isGreaterThan(now).isLessThanOrEqualTo(first);
      assertThat(deadlines.collect(now)).as(name).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"50, 1", "2000, 1", "2000, 3", "500, 64", "500, 65", "2000, 150"})
  void behavesAsAListOfWhatIsInFlight(int monitors, int timeouts) {
    for (int seed = 0; seed < 12; seed++) {
      new Run(seed, monitors, timeouts).go(250);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "70"})
  void aMonitorDispatchedAgainExpiresOnlyByItsNewDeadline(int ringsBefore) {
    int[] inFlight = {0};
    PulseDeadlines deadlines = new PulseDeadlines((_, number) -> number == inFlight[0]);
    for (int i = 0; i < ringsBefore; i++) {
      deadlines.ringFor(1_000 + i);
    }
    int ring = deadlines.ringFor(5);
    for (int number = 1; number <= 3; number++) {
      inFlight[0] = number;
      deadlines.add(ring, 9, number, number * 10L, 100L * number);
    }
    assertThat(deadlines.collect(299)).isZero();
    assertThat(deadlines.collect(300)).isEqualTo(1);
    assertThat(deadlines.monitor(0)).isEqualTo(9);
    assertThat(deadlines.number(0)).isEqualTo(3);
    assertThat(deadlines.dueNanos(0)).isEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource({"0", "70"})
  void pulsesThatHaveEndedTakeNoMemoryBehindOneThatHangs(int ringsBefore) {
    // Monitor 0 hangs, its pulse number is 0; the pulse in flight of all others is the last one.
    int[] last = {0};
    PulseDeadlines deadlines =
        new PulseDeadlines((monitor, number) -> monitor == 0 ? number == 0 : number == last[0]);
    for (int i = 0; i < ringsBefore; i++) {
      deadlines.ringFor(1_000 + i);
    }
    int ring = deadlines.ringFor(5);
    deadlines.add(ring, 0, 0, 0, 1_000_000);
    long allocated =
        Allocations.of(() -> {
          for (int i = 1; i <= 300_000; i++) {
            last[0] = i;
            deadlines.add(ring, 1, i, i, 1_000_000L + i);
          }
        });
    assertThat(allocated).isLessThan(20_000);
    assertThat(deadlines.collect(2_000_000)).isEqualTo(2);
    assertThat(deadlines.monitor(0)).isZero();
    assertThat(deadlines.number(1)).isEqualTo(300_000);
  }

  @Test
  void veryManyExpireInTheOrderOfTheirHandles() {
    PulseDeadlines deadlines = new PulseDeadlines((_, _) -> true);
    int ring = deadlines.ringFor(5);
    for (int i = 0; i < 10_007; i++) {
      deadlines.add(ring, (int) (i * 7_919L % 10_007), -i, i, 50);
    }
    assertThat(deadlines.earliest()).isEqualTo(50);
    assertThat(deadlines.collect(50)).isEqualTo(10_007);
    for (int i = 0; i < 10_007; i++) {
      assertThat(deadlines.monitor(i)).isEqualTo(i);
      assertThat(deadlines.dueNanos(i)).isEqualTo(-deadlines.number(i));
    }
  }
}
