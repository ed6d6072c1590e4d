package dev.cpra.simulator.check;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import java.util.Arrays;

/// `delivery`: what was dispatched comes to the workers, once, in that order, and nothing else
/// does; a lane never holds more than it was made for; and every outcome that was given is counted.
public final class DeliveryChecker implements Checker {
  private final int[] capacity;
  private final long[][] ring = new long[Lane.COUNT][64];
  private final long[] head = new long[Lane.COUNT];
  private final long[] tail = new long[Lane.COUNT];
  private final long[] given = new long[Lane.COUNT];

  /// @param capacity jobs that each lane holds, by its ordinal
  public DeliveryChecker(int... capacity) {
    this.capacity = capacity.clone();
  }

  @Override
  public String name() {
    return "delivery";
  }

  private static long job(int monitor, int number) {
    return ((long) monitor << 32) | (number & 0xFFFF_FFFFL);
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    int l = lane.ordinal();
    if (tail[l] - head[l] == ring[l].length) {
      grow(l);
    }
    ring[l][(int) (tail[l]++ & (ring[l].length - 1))] = job(monitor, number);
    if (tail[l] - head[l] > capacity[l]) {
      throw new Violation(
          name(),
          monitor,
          nowNanos,
          "the %s lane holds %d jobs, it was made for %d"
              .formatted(lane, tail[l] - head[l], capacity[l]));
    }
  }

  private void grow(int l) {
    long[] old = ring[l];
    long[] wider = new long[2 * old.length];
    for (long i = head[l]; i < tail[l]; i++) {
      wider[(int) (i & (wider.length - 1))] = old[(int) (i & (old.length - 1))];
    }
    ring[l] = wider;
  }

  @Override
  public void taken(
      Lane lane, int monitor, int number, int detail, long dueNanos, long deadlineNanos) {
    int l = lane.ordinal();
    long expected = head[l] == tail[l] ? -1 : ring[l][(int) (head[l]++ & (ring[l].length - 1))];
    if (expected != job(monitor, number)) {
      throw new Violation(
          name(),
          monitor,
          deadlineNanos,
          "%s job %d came to a worker, expected was job %d of monitor %d"
              .formatted(lane, number, (int) expected, expected >> 32));
    }
  }

  @Override
  public void given(Lane lane, int monitor, int number, byte outcome) {
    given[lane.ordinal()]++;
  }

  @Override
  public void tickEnded(Engine engine, long nowNanos) {
    for (Lane lane : Lane.values()) {
      long counted = engine.ledger().lane(lane).outcomes;
      if (counted != given[lane.ordinal()]) {
        throw new Violation(
            name(),
            Violation.NO_MONITOR,
            nowNanos,
            "%d outcomes were given to the %s lane, %d are counted"
                .formatted(given[lane.ordinal()], lane, counted));
      }
    }
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    System.arraycopy(tail, 0, head, 0, head.length);
    Arrays.fill(given, 0);
  }
}
