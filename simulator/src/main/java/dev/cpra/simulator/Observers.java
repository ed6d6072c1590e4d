package dev.cpra.simulator;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import dev.cpra.simulator.check.Checker;
import dev.cpra.simulator.work.LaneListener;
import java.util.List;

/// Tells every checker of a world what its engine and its workers tell.
final class Observers implements Transitions, LaneListener {
  private final Checker[] checkers;

  Observers(List<? extends Checker> checkers) {
    this.checkers = checkers.toArray(Checker[]::new);
  }

  Checker[] all() {
    return checkers;
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    for (Checker c : checkers) {
      c.dispatched(lane, monitor, number, detail, dueNanos, nowNanos);
    }
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    for (Checker c : checkers) {
      c.ended(lane, monitor, number, end, dueNanos, nowNanos);
    }
  }

  @Override
  public void stale(Lane lane, int monitor, int number, long nowNanos) {
    for (Checker c : checkers) {
      c.stale(lane, monitor, number, nowNanos);
    }
  }

  @Override
  public void missed(int monitor, long firstSlotNanos, long slots, long nowNanos) {
    for (Checker c : checkers) {
      c.missed(monitor, firstSlotNanos, slots, nowNanos);
    }
  }

  @Override
  public void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {
    for (Checker c : checkers) {
      c.cancelled(lane, monitor, dueNanos, nowNanos);
    }
  }

  @Override
  public void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {
    for (Checker c : checkers) {
      c.changed(monitor, vitalsBefore, vitalsAfter, nowNanos);
    }
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    for (Checker c : checkers) {
      c.raised(monitor, code, nowNanos);
    }
  }

  @Override
  public void skipped(int monitor, Code code, long nowNanos) {
    for (Checker c : checkers) {
      c.skipped(monitor, code, nowNanos);
    }
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    for (Checker c : checkers) {
      c.abandoned(monitor, code, nowNanos);
    }
  }

  @Override
  public void dropped(int monitor, Code code, long nowNanos) {
    for (Checker c : checkers) {
      c.dropped(monitor, code, nowNanos);
    }
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    for (Checker c : checkers) {
      c.removed(monitor, nowNanos);
    }
  }

  @Override
  public void taken(
      Lane lane, int monitor, int number, int detail, long dueNanos, long deadlineNanos) {
    for (Checker c : checkers) {
      c.taken(lane, monitor, number, detail, dueNanos, deadlineNanos);
    }
  }

  @Override
  public void given(Lane lane, int monitor, int number, byte outcome) {
    for (Checker c : checkers) {
      c.given(lane, monitor, number, outcome);
    }
  }
}
