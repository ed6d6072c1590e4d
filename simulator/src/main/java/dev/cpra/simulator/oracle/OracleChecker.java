package dev.cpra.simulator.oracle;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import java.util.ArrayList;
import java.util.List;

/// Holds an engine to the lifecycle: predicts from calls, times, outcomes and what lanes take all
/// that the engine tells of each monitor, and finds whatever differs.
///
/// Of each tick it works out at its beginning what the engine has to tell ([MonitorOracle]),
/// strikes off what comes, and finds at its end what did not. Only monitors to which something
/// happens are looked at. One thread, that of the world.
public final class OracleChecker extends ToldEvents {
  private final List<Call> calls = new ArrayList<>();
  private final GivenOutcomes[] given = {
    new GivenOutcomes(), new GivenOutcomes(), new GivenOutcomes()
  };
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
    super(limits, everyNth);
    this.readEvery = readEvery;
    this.untilRead = readEvery;
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
}
