package dev.cpra.simulator.check;

import dev.cpra.engine.Engine;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Transitions;
import java.util.Arrays;

/// `deadline`: a job's deadline is its dispatch plus timeout and grace, it expires no earlier, and
/// after a tick nothing is in flight past it.
public final class DeadlineChecker implements Checker {
  private static final int LOOK = 256;

  private final long graceNanos;
  private final KnownRules rules = new KnownRules();
  private final Slice slice = new Slice(LOOK);
  private final long[][] deadline = new long[Lane.COUNT][16];
  private final int[][] numberOf = new int[Lane.COUNT][16];

  /// @param graceNanos the engine's
  public DeadlineChecker(long graceNanos) {
    this.graceNanos = graceNanos;
  }

  @Override
  public String name() {
    return "deadline";
  }

  @Override
  public void added(int monitor, MonitorRules its, long firstDueNanos) {
    rules.added(monitor, its);
    if (monitor >= deadline[0].length) {
      for (int lane = 0; lane < Lane.COUNT; lane++) {
        deadline[lane] =
            Arrays.copyOf(deadline[lane], Math.max(monitor + 1, 2 * deadline[lane].length));
        numberOf[lane] = Arrays.copyOf(numberOf[lane], deadline[lane].length);
      }
    }
  }

  @Override
  public void updated(int monitor, MonitorRules its) {
    rules.updated(monitor, its);
  }

  @Override
  public void tickBegins(long nowNanos, long lateNanos) {
    rules.tickBegins();
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    MonitorRules its = rules.of(monitor);
    if (its == null) {
      throw new Violation(name(), monitor, nowNanos, "a job of a monitor that does not exist");
    }
    deadline[lane.ordinal()][monitor] = nowNanos + timeout(lane, its) + graceNanos;
    numberOf[lane.ordinal()][monitor] = number;
  }

  private static long timeout(Lane lane, MonitorRules its) {
    InterventionRules repair = its.intervention();
    return switch (lane) {
      case PULSE -> its.timeoutNanos();
      case INTERVENTION -> repair == null ? 0 : repair.timeoutNanos();
      case CODE -> its.alerts().timeoutNanos();
    };
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    long its = deadline[lane.ordinal()][monitor];
    if (end == Transitions.EXPIRED && nowNanos < its) {
      throw new Violation(
          name(),
          monitor,
          nowNanos,
          "%s job %d expired before its deadline %d".formatted(lane, number, its));
    }
    deadline[lane.ordinal()][monitor] = 0;
  }

  @Override
  public void taken(
      Lane lane, int monitor, int number, int detail, long dueNanos, long deadlineNanos) {
    long its = deadline[lane.ordinal()][monitor];
    boolean inFlight = its != 0 && numberOf[lane.ordinal()][monitor] == number;
    if (inFlight && its != deadlineNanos) {
      throw new Violation(
          name(),
          monitor,
          its,
          "%s job %d went out with the deadline %d, expected %d"
              .formatted(lane, number, deadlineNanos, its));
    }
  }

  @Override
  public void tickEnded(Engine engine, long nowNanos) {
    int to = slice.to(rules.bound());
    for (long[] lane : deadline) {
      for (int monitor = slice.from(); monitor < to; monitor++) {
        if (lane[monitor] != 0 && lane[monitor] <= nowNanos) {
          throw new Violation(
              name(),
              monitor,
              nowNanos,
              "still in flight past its deadline %d".formatted(lane[monitor]));
        }
      }
    }
    slice.next(rules.bound());
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    rules.removed(monitor);
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    rules.clear();
    for (long[] lane : deadline) {
      Arrays.fill(lane, 0);
    }
  }
}
