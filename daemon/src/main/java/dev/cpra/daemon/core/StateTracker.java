package dev.cpra.daemon.core;

import dev.cpra.daemon.state.AuditLine;
import dev.cpra.daemon.state.MonitorRecord;
import dev.cpra.daemon.state.StateLog;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.manifest.MonitorSpec;
import java.util.Arrays;
import java.util.BitSet;

/// Notes which monitors changed in a way that matters, and after each tick hands their states to
/// the log. Owned by the engine's thread.
///
/// The pulses of a healthy monitor change nothing that matters: what a restart would lose is
/// nothing. Of one that is not well every step counts, but for the failures after an incident is
/// open.
final class StateTracker implements Transitions {
  /// Flags of a target that fails, for the breaker.
  private static final long FAILING = Vitals.WARNED | Vitals.INCIDENT | Vitals.VERIFYING;

  private final MonitorTable table;
  private final Troubles troubles;
  private final StateLog log;
  private final Safeguard safeguard;
  private final MonitorState scratch = new MonitorState();

  private final BitSet dirty = new BitSet();
  private int[] dirtyList = new int[64];
  private int dirtyCount;

  /// Monitors with any flag or rare counter.
  private final BitSet notable = new BitSet();

  private final BitSet incidents = new BitSet();

  /// Monitors that passed a check since they last failed one, while notable.
  private final BitSet recovering = new BitSet();

  StateTracker(MonitorTable table, Troubles troubles, StateLog log, Safeguard safeguard) {
    this.table = table;
    this.troubles = troubles;
    this.log = log;
    this.safeguard = safeguard;
  }

  /// A monitor was added, with this state if it had one before.
  void added(int handle, long vitals) {
    notable.set(handle, (vitals & WATCHED) != 0);
    incidents.set(handle, Vitals.has(vitals, Vitals.INCIDENT));
    recovering.clear(handle);
  }

  /// Whether a target in this state fails, as the breaker sees it.
  static boolean isFailing(long vitals) {
    return Vitals.has(vitals, FAILING);
  }

  /// What a restart found: written anew after the next tick.
  void restored(int handle, MonitorRecord record) {
    Trouble trouble = troubles.of(handle);
    trouble.sinceNanos = record.sinceNanos();
    trouble.incidentNanos = record.incidentNanos();
    trouble.reason = record.reason();
    trouble.untold = record.untold();
    mark(handle);
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    if (lane != Lane.PULSE) {
      mark(monitor);
    } else if (end == OK) {
      if (notable.get(monitor)) {
        recovering.set(monitor);
        mark(monitor);
      }
    } else if (end == FAILED) {
      if (!incidents.get(monitor) || recovering.get(monitor)) {
        mark(monitor);
      }
      recovering.clear(monitor);
    }
  }

  @Override
  public void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {
    mark(monitor);
    notable.set(monitor, (vitalsAfter & WATCHED) != 0);
    incidents.set(monitor, Vitals.has(vitalsAfter, Vitals.INCIDENT));
    boolean failing = Vitals.has(vitalsAfter, FAILING);
    if (failing != Vitals.has(vitalsBefore, FAILING)) {
      safeguard.observe(monitor, failing, nowNanos);
    }
    long troubled = FAILING | Vitals.UNKNOWN;
    if (Vitals.has(vitalsAfter, troubled)) {
      Trouble trouble = troubles.of(monitor);
      trouble.attempts = Vitals.attempts(vitalsAfter);
      if (!Vitals.has(vitalsBefore, troubled) || trouble.sinceNanos == 0) {
        trouble.sinceNanos = nowNanos;
      }
      if (!Vitals.has(vitalsAfter, Vitals.INCIDENT)) {
        trouble.incidentNanos = 0;
        trouble.untold = false;
      } else if (!Vitals.has(vitalsBefore, Vitals.INCIDENT)) {
        trouble.incidentNanos = nowNanos;
      }
    } else {
      Trouble trouble = troubles.get(monitor);
      if (trouble != null) {
        trouble.incidentNanos = 0;
        trouble.untold = false;
      }
    }
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    Trouble trouble = troubles.of(monitor);
    trouble.raised(code, nowNanos);
    if (code == Code.RED) {
      trouble.untold = false;
    }
    mark(monitor);
  }

  /// A red that its monitor has and that is skipped all the same is held back by a silence.
  @Override
  public void skipped(int monitor, Code code, long nowNanos) {
    MonitorSpec spec = table.spec(monitor);
    if (code == Code.RED && spec != null && (spec.rules().alerts().codes() & Code.RED.bit()) != 0) {
      troubles.of(monitor).untold = true;
      mark(monitor);
    }
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    log.audit(
        new AuditLine(
            nowNanos, table.name(monitor), "abandoned", code + " could not be delivered"));
    mark(monitor);
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    notable.clear(monitor);
    incidents.clear(monitor);
    recovering.clear(monitor);
    if (table.get(monitor) == null) {
      troubles.forget(monitor);
      safeguard.forget(monitor, nowNanos);
    }
  }

  private void mark(int monitor) {
    if (!dirty.get(monitor)) {
      dirty.set(monitor);
      if (dirtyCount == dirtyList.length) {
        dirtyList = Arrays.copyOf(dirtyList, 2 * dirtyCount);
      }
      dirtyList[dirtyCount++] = monitor;
    }
  }

  /// Hands over what changed up to this tick.
  void hand(Engine engine, long tickNanos) {
    for (int i = 0; i < dirtyCount; i++) {
      int handle = dirtyList[i];
      dirty.clear(handle);
      Watched monitor = table.get(handle);
      if (monitor != null) {
        hand(engine, handle, monitor.spec().name(), tickNanos);
      }
    }
    dirtyCount = 0;
    log.handed(tickNanos);
  }

  private void hand(Engine engine, int handle, String name, long tickNanos) {
    engine.read(handle, scratch);
    Trouble trouble = troubles.get(handle);
    log.changed(
        MonitorRecord.of(
            name,
            tickNanos,
            scratch,
            trouble == null ? 0 : trouble.sinceNanos,
            trouble == null ? 0 : trouble.incidentNanos,
            trouble == null ? "" : trouble.reason,
            trouble != null && trouble.untold));
    if (!notable.get(handle) && scratch.alerts == Alerts.NONE) {
      troubles.forget(handle);
    }
  }
}
