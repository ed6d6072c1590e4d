package dev.cpra.simulator.check;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import java.util.Arrays;

/// `one-in-flight`: per monitor and lane at most one job is in flight, its end carries its number
/// and due time, numbers grow, and a removed monitor has none.
public final class InFlightChecker implements Checker {
  private final int[][] number = new int[Lane.COUNT][16];
  private final int[][] lastNumber = new int[Lane.COUNT][16];
  private final long[][] due = new long[Lane.COUNT][16];

  @Override
  public String name() {
    return "one-in-flight";
  }

  private void ensure(int monitor) {
    if (monitor >= number[0].length) {
      int length = Math.max(monitor + 1, 2 * number[0].length);
      for (int lane = 0; lane < Lane.COUNT; lane++) {
        number[lane] = Arrays.copyOf(number[lane], length);
        lastNumber[lane] = Arrays.copyOf(lastNumber[lane], length);
        due[lane] = Arrays.copyOf(due[lane], length);
      }
    }
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int itsNumber, int detail, long dueNanos, long nowNanos) {
    ensure(monitor);
    int l = lane.ordinal();
    if (number[l][monitor] != 0) {
      throw new Violation(
          name(),
          monitor,
          nowNanos,
          "%s job %d was dispatched while job %d is in flight"
              .formatted(lane, itsNumber, number[l][monitor]));
    }
    if (itsNumber <= lastNumber[l][monitor]) {
      throw new Violation(
          name(),
          monitor,
          nowNanos,
          "%s job %d came after job %d".formatted(lane, itsNumber, lastNumber[l][monitor]));
    }
    number[l][monitor] = itsNumber;
    lastNumber[l][monitor] = itsNumber;
    due[l][monitor] = dueNanos;
  }

  @Override
  public void ended(Lane lane, int monitor, int itsNumber, int end, long dueNanos, long nowNanos) {
    ensure(monitor);
    int l = lane.ordinal();
    if (number[l][monitor] != itsNumber || due[l][monitor] != dueNanos) {
      throw new Violation(
          name(),
          monitor,
          nowNanos,
          "%s job %d due %d ended, in flight is job %d due %d (0: none)"
              .formatted(lane, itsNumber, dueNanos, number[l][monitor], due[l][monitor]));
    }
    number[l][monitor] = 0;
    due[l][monitor] = 0;
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    ensure(monitor);
    for (Lane lane : Lane.values()) {
      if (number[lane.ordinal()][monitor] != 0) {
        throw new Violation(
            name(), monitor, nowNanos, "removed with a %s job in flight".formatted(lane));
      }
    }
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    for (int lane = 0; lane < Lane.COUNT; lane++) {
      Arrays.fill(number[lane], 0);
      Arrays.fill(lastNumber[lane], 0);
      Arrays.fill(due[lane], 0);
    }
  }
}
