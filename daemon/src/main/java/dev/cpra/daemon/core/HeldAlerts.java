package dev.cpra.daemon.core;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;
import java.util.BitSet;

/// What a silence held back is told when it ends: the red of an incident that is still open and
/// that nobody was told of. And an open incident's reminders, which rules without a red end, go on.
///
/// No call of an engine raises an alert. So such a monitor is added anew with its state, at a
/// moment when nothing of it is in flight: no check is lost, and nothing ends twice. Owned by the
/// engine's thread.
final class HeldAlerts {
  /// Monitors that are looked at between two ticks.
  private static final int SLICE = 1_000;

  /// Gives a monitor another state.
  @FunctionalInterface
  interface Anew {
    /// Does so; nothing of the monitor is in flight.
    ///
    /// @param red whether a red was added to its alerts
    /// @return false if there is no room now
    boolean put(int handle, MonitorState state, boolean red, long nowNanos);
  }

  private final MonitorTable table;
  private final Troubles troubles;
  private final Anew anew;
  private final MonitorState state = new MonitorState();
  private final BitSet held = new BitSet();
  private int next;

  HeldAlerts(MonitorTable table, Troubles troubles, Anew anew) {
    this.table = table;
    this.troubles = troubles;
    this.anew = anew;
  }

  /// A monitor's silence is over.
  void silenceEnded(int handle) {
    held.set(handle);
  }

  /// A monitor is silent.
  void silenceBegan(int handle) {
    held.clear(handle);
  }

  /// Goes through some of the monitors whose silence is over.
  ///
  /// @return whether there is more to do at once
  boolean step(Engine engine, long nowNanos) {
    boolean told = false;
    int handle = held.nextSetBit(next);
    for (int looked = 0; handle >= 0 && looked < SLICE; looked++) {
      told |= look(engine, handle, nowNanos);
      handle = held.nextSetBit(handle + 1);
    }
    next = Math.max(handle, 0);
    return told || handle >= 0;
  }

  private boolean look(Engine engine, int handle, long nowNanos) {
    Watched monitor = table.get(handle);
    if (monitor == null) {
      held.clear(handle);
      return false;
    }
    engine.read(handle, state);
    boolean quiet =
        Vitals.phase(state.vitals) == Vitals.IDLE
            && !Vitals.has(state.vitals, Vitals.WAITING)
            && !Alerts.inFlight(state.alerts);
    Trouble trouble = troubles.get(handle);
    boolean untold = trouble != null && trouble.untold;
    if (!tell(state, monitor.spec().rules(), untold, nowNanos)) {
      held.clear(handle);
      return false;
    }
    if (!quiet || !anew.put(handle, state, untold, nowNanos)) {
      return false; // later
    }
    held.clear(handle);
    return true;
  }

  /// Adds to a state what is to be told. Pure but for the state.
  ///
  /// @param rules those that hold from now on
  /// @param untold whether an open incident's red was held back
  /// @return whether there is anything
  static boolean tell(MonitorState state, MonitorRules rules, boolean untold, long nowNanos) {
    AlertRules alerts = rules.alerts();
    if (!Vitals.has(state.vitals, Vitals.INCIDENT) || (alerts.codes() & Code.RED.bit()) == 0) {
      return false;
    }
    if (untold) {
      state.vitals |= Vitals.ALERTED;
      Recovery.raise(state, Code.RED, rules, nowNanos);
      return true;
    }
    if (alerts.remindNanos() > 0 && state.remindNanos == 0) {
      state.remindNanos = nowNanos + alerts.remindNanos();
      return true;
    }
    return false;
  }
}
