package dev.cpra.simulator.oracle;

import dev.cpra.engine.Code;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Vitals;
import dev.cpra.simulator.check.Checker;
import dev.cpra.simulator.check.Violation;

/// The half of the checker that hears what an engine and its workers tell, and compares it with
/// what is expected of them.
abstract class ToldEvents implements Checker {
  final Moment moment;
  final ExpectedEvents expected = new ExpectedEvents();
  final FollowedMonitors monitors;
  final WaitingLines lines;
  final int[] lastNumber = new int[Lane.COUNT];

  ToldEvents(EngineLimits limits, int everyNth) {
    this.moment = new Moment(limits);
    this.monitors = new FollowedMonitors(moment, expected, everyNth);
    this.lines = new WaitingLines(monitors::known);
  }

  @Override
  public String name() {
    return "lifecycle";
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    MonitorOracle m = monitors.followed(monitor);
    if (m == null) {
      return;
    }
    LaneJob job = monitors.touch(m).job(lane);
    if (!m.inUse || !job.waiting || job.dueNanos != dueNanos) {
      throw violation(m, "expected no job to be dispatched, found " + lane + " due " + dueNanos);
    }
    if (monitors.followsAll()) {
      MonitorOracle before = lines.before(m, lane);
      if (before != null) {
        throw violation(
            m,
            "expected the longest waiting first: "
                + lane
                + " of monitor "
                + before.handle
                + ", "
                + Comparison.describe(before)
                + ", found this one");
      }
    }
    checkNumber(m, lane, number);
    switch (lane) {
      case PULSE -> m.pulseTaken(number);
      case INTERVENTION -> m.interventionTaken(number);
      case CODE -> m.alerts.taken(number, m.rules.alerts());
    }
    if (detail != job.detail) {
      throw violation(m, "expected " + lane + " with detail " + job.detail + ", found " + detail);
    }
  }

  private void checkNumber(MonitorOracle m, Lane lane, int number) {
    int last = m.job(lane).number;
    if (lane == Lane.PULSE || monitors.followsAll()) {
      int next = 1 + (lane == Lane.PULSE ? last : lastNumber[lane.ordinal()]);
      if (number != next) {
        throw violation(m, "expected " + lane + " number " + next + ", found " + number);
      }
      lastNumber[lane.ordinal()] = number;
    } else if (number - last <= 0) {
      throw violation(m, "expected a " + lane + " number above " + last + ", found " + number);
    }
  }

  @Override
  public void taken(
      Lane lane, int monitor, int number, int detail, long dueNanos, long deadlineNanos) {
    MonitorOracle m = monitors.followed(monitor);
    if (m == null) {
      return;
    }
    LaneJob job = m.job(lane);
    if (job.inFlight
        && job.number == number
        && (job.dueNanos != dueNanos
            || job.deadlineNanos != deadlineNanos
            || job.detail != detail)) {
      throw violation(
          m,
          "expected the worker to get "
              + lane
              + " "
              + number
              + " due "
              + job.dueNanos
              + " until "
              + job.deadlineNanos
              + " detail "
              + job.detail
              + ", found due "
              + dueNanos
              + " until "
              + deadlineNanos
              + " detail "
              + detail);
    }
  }

  @Override
  public void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {
    MonitorOracle m = monitors.followed(monitor);
    if (m == null) {
      return;
    }
    long before = vitalsBefore & WATCHED;
    long after = vitalsAfter & WATCHED;
    Follow follow = monitors.touch(m).follow;
    if (before != follow.toldVitals && !follow.restored) {
      throw violation(
          m,
          "expected a change from " + told(follow.toldVitals) + ", found one from " + told(before));
    }
    if (before == after) {
      throw violation(m, "expected a change, found none in " + told(after));
    }
    follow.toldVitals = after;
    follow.restored = false;
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    came(monitor, ExpectedEvents.ENDED + lane.ordinal(), number, end, dueNanos, 0);
  }

  @Override
  public void stale(Lane lane, int monitor, int number, long nowNanos) {
    came(monitor, ExpectedEvents.STALE + lane.ordinal(), number, 0, 0, 0);
  }

  @Override
  public void missed(int monitor, long firstSlotNanos, long slots, long nowNanos) {
    came(monitor, ExpectedEvents.MISSED, 0, 0, firstSlotNanos, slots);
  }

  @Override
  public void cancelled(Lane lane, int monitor, long dueNanos, long nowNanos) {
    came(monitor, ExpectedEvents.CANCELLED + lane.ordinal(), 0, 0, dueNanos, 0);
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    came(monitor, ExpectedEvents.RAISED, 0, code.ordinal(), 0, 0);
  }

  @Override
  public void skipped(int monitor, Code code, long nowNanos) {
    came(monitor, ExpectedEvents.SKIPPED, 0, code.ordinal(), 0, 0);
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    came(monitor, ExpectedEvents.ABANDONED, 0, code.ordinal(), 0, 0);
  }

  @Override
  public void dropped(int monitor, Code code, long nowNanos) {
    came(monitor, ExpectedEvents.DROPPED, 0, code.ordinal(), 0, 0);
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    came(monitor, ExpectedEvents.REMOVED, 0, 0, 0, 0);
    monitors.free(monitor);
  }

  private void came(int monitor, int sort, int number, int detail, long one, long two) {
    MonitorOracle m = monitors.followed(monitor);
    if (m == null) {
      return;
    }
    monitors.touch(m);
    String instead = expected.came(monitor, sort, number, detail, one, two);
    if (instead != null) {
      throw violation(
          m,
          "expected "
              + instead
              + ", found "
              + ExpectedEvents.describe(sort, number, detail, one, two));
    }
  }

  // --- messages

  static String told(long vitals) {
    return "'" + Vitals.describe(vitals) + "'";
  }

  final Violation violation(MonitorOracle m, String message) {
    return violation(
        m.handle, message + "; monitor " + m.handle + " should be: " + Comparison.describe(m));
  }

  final Violation violation(int monitor, String message) {
    return new Violation(
        name(), monitor, moment.nowNanos, "at " + moment.nowNanos + ": " + message);
  }
}
