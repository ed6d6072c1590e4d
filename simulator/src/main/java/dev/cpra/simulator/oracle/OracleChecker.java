package dev.cpra.simulator.oracle;

import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.simulator.check.Checker;
import dev.cpra.simulator.check.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Holds an engine to the lifecycle: predicts from calls, times, outcomes and what lanes take all
/// that the engine tells of each monitor, and finds whatever differs.
///
/// Of each tick it works out at its beginning what the engine has to tell ([MonitorOracle]),
/// strikes off what comes, and finds at its end what did not. Only monitors to which something
/// happens are looked at. One thread, that of the world.
public final class OracleChecker implements Checker {
  private final FollowedMonitors monitors;
  private final Moment moment;
  private final ExpectedEvents expected;
  private final List<Call> calls = new ArrayList<>();
  private final GivenOutcomes[] given = {
    new GivenOutcomes(), new GivenOutcomes(), new GivenOutcomes()
  };
  private final WaitingLines lines;
  private final int[] lastNumber = new int[Lane.COUNT];
  private final MonitorState state = new MonitorState();
  private final int readEvery;
  private int untilRead;

  /// Follows every monitor.
  public OracleChecker(EngineLimits limits) {
    this(limits, 1);
  }

  /// Follows the monitors whose handle is a multiple of `everyNth`. What holds between monitors
  /// (the order of dispatch, numbers drawn from one counter, the reuse of handles) is only checked
  /// if that is 1.
  public OracleChecker(EngineLimits limits, int everyNth) {
    this(limits, everyNth, 64);
  }

  /// As above.
  ///
  /// @param readEvery one in so many monitors is also read at the end of a tick in which something
  ///   happened to it, and compared field by field
  public OracleChecker(EngineLimits limits, int everyNth, int readEvery) {
    this.moment = new Moment(limits);
    this.expected = new ExpectedEvents();
    this.monitors = new FollowedMonitors(moment, expected, everyNth);
    this.lines = new WaitingLines(monitors::known);
    this.readEvery = readEvery;
    this.untilRead = readEvery;
  }

  @Override
  public String name() {
    return "lifecycle";
  }

  // --- calls

  @Override
  public void added(int monitor, MonitorRules rules, long firstDueNanos) {
    int handle = monitors.nextHandle();
    if (monitors.followsAll() && handle != monitor) {
      throw violation(monitor, "expected handle " + handle + " to be used next, found " + monitor);
    }
    MonitorOracle m = monitors.use(monitor);
    if (m != null) {
      m.add(rules, firstDueNanos);
    }
  }

  @Override
  public void restored(int monitor, MonitorState from) {
    if (monitors.followsAll()) {
      raiseNumber(Lane.INTERVENTION, from.interventionNumber);
      raiseNumber(Lane.CODE, from.codeNumber);
    }
    MonitorOracle m = monitors.followed(monitor);
    if (m != null) {
      m.restore(from);
      m.follow.restored = true;
      calls.add(new Call.Restore(m));
    }
  }

  private void raiseNumber(Lane lane, int number) {
    lastNumber[lane.ordinal()] = Math.max(lastNumber[lane.ordinal()], number);
  }

  @Override
  public void updated(int monitor, MonitorRules rules) {
    MonitorOracle m = monitors.followed(monitor);
    if (m != null) {
      calls.add(new Call.Update(m, rules));
    }
  }

  @Override
  public void removing(int monitor) {
    MonitorOracle m = monitors.followed(monitor);
    if (m != null) {
      calls.add(new Call.Remove(m));
    }
  }

  @Override
  public void pausing(int monitor, boolean paused) {
    MonitorOracle m = monitors.followed(monitor);
    if (m != null) {
      calls.add(new Call.Pause(m, paused));
    }
  }

  @Override
  public void runningNow(int monitor, long dueNanos) {
    MonitorOracle m = monitors.followed(monitor);
    if (m != null) {
      calls.add(new Call.RunNow(m, dueNanos));
    }
  }

  @Override
  public void draining(long nowNanos) {
    moment.draining = true;
    calls.add(new Call.Drain());
  }

  @Override
  public void given(Lane lane, int monitor, int number, byte outcome) {
    if (monitors.follows(monitor)) {
      given[lane.ordinal()].add(monitor, number, outcome);
    }
  }

  // --- a tick

  @Override
  public void tickBegins(long nowNanos, long lateNanos) {
    moment.tickBegins(nowNanos);
    monitors.wake();
    if (!moment.draining) {
      for (int i = 0; i < monitors.touchedCount(); i++) {
        punctual(monitors.touched(i), lateNanos);
      }
    }
    for (Call call : calls) {
      apply(call);
    }
    calls.clear();
    for (Lane lane : Lane.values()) {
      apply(lane, given[lane.ordinal()]);
    }
    for (int i = 0; i < monitors.touchedCount(); i++) {
      MonitorOracle m = monitors.touched(i);
      if (m.inUse) {
        m.expire();
        m.book();
        if (monitors.followsAll()) {
          lines.join(m);
        }
      }
    }
  }

  /// Nothing was slept through: what happens by itself happens in the first tick that may come.
  private void punctual(MonitorOracle m, long lateNanos) {
    long late = moment.nowNanos - m.follow.ownTimeNanos;
    if (m.follow.ownTimeNanos != Long.MAX_VALUE && late > lateNanos + moment.limits.tickNanos()) {
      throw violation(
          m,
          "slept through: what was due at "
              + m.follow.ownTimeNanos
              + " is handled "
              + late
              + " ns later; the world was late by "
              + lateNanos);
    }
  }

  private void apply(Call call) {
    switch (call) {
      case Call.Restore(MonitorOracle m) -> monitors.touch(m).firstTickAfterRestore();
      case Call.Update(MonitorOracle m, MonitorRules rules) -> monitors.touch(m).update(rules);
      case Call.Remove(MonitorOracle m) -> monitors.touch(m).remove();
      case Call.Pause(MonitorOracle m, boolean paused) -> monitors.touch(m).pause(paused);
      case Call.RunNow(MonitorOracle m, long due) -> monitors.touch(m).runNow(due);
      case Call.Drain() -> {
        monitors.drain();
      }
    }
  }

  private void apply(Lane lane, GivenOutcomes outcomes) {
    for (int i = 0; i < outcomes.size; i++) {
      monitors
          .touch(monitors.known(outcomes.monitor[i]))
          .outcome(lane, outcomes.number[i], outcomes.outcome[i]);
    }
    outcomes.size = 0;
  }

  @Override
  public void tickEnded(Engine engine, long nowNanos) {
    for (int i = 0; i < monitors.touchedCount(); i++) {
      MonitorOracle m = monitors.touched(i);
      String missing = expected.stillExpected(m.handle);
      if (missing != null) {
        throw violation(m, "expected " + missing + ", found nothing of it");
      }
      if (m.inUse) {
        if (m.follow.restored || --untilRead <= 0) {
          untilRead = readEvery;
          read(engine, m);
        }
        String different = Comparison.watched(m, m.follow.toldVitals);
        if (different != null) {
          throw violation(m, "expected " + different + ", found " + told(m.follow.toldVitals));
        }
      }
    }
    monitors.tickEnded();
    expected.clear();
  }

  private void read(Engine engine, MonitorOracle m) {
    engine.read(m.handle, state);
    String different = Comparison.state(m, state, moment.nowNanos);
    if (different != null) {
      throw violation(m, "expected to read " + different + ", found " + told(state.vitals));
    }
    if (m.follow.restored) {
      m.follow.restored = false;
      m.follow.toldVitals = state.vitals & WATCHED;
    }
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    monitors.clear();
    lines.clear();
    expected.forgetAll();
    calls.clear();
    moment.draining = false;
    for (int lane = 0; lane < Lane.COUNT; lane++) {
      lastNumber[lane] = 0;
      given[lane].size = 0;
    }
  }

  // --- what the engine tells

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

  private static String told(long vitals) {
    return "'" + dev.cpra.engine.Vitals.describe(vitals) + "'";
  }

  private Violation violation(MonitorOracle m, String message) {
    return violation(
        m.handle, message + "; monitor " + m.handle + " should be: " + Comparison.describe(m));
  }

  private Violation violation(int monitor, @Nullable String message) {
    return new Violation(
        name(), monitor, moment.nowNanos, "at " + moment.nowNanos + ": " + message);
  }
}
