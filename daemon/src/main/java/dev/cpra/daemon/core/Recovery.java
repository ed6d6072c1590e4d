package dev.cpra.daemon.core;

import dev.cpra.daemon.state.InterventionRecord;
import dev.cpra.daemon.state.InterventionRecord.End;
import dev.cpra.daemon.state.MonitorRecord;
import dev.cpra.engine.Alerts;
import dev.cpra.engine.Code;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lifecycle;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;
import org.jspecify.annotations.Nullable;

/// What a monitor's state is after a restart. Pure.
///
/// The intent of an intervention is on disk before it is done, the state that started it perhaps
/// not yet: a crash may leave a state that knows nothing of an intervention that was begun.
/// Restored as it is, it would do it again. So such a state is first brought to where the
/// intervention was in flight, by the rules of its life, and then to what is known of its end.
final class Recovery {
  private static final Code[] ORDER = {Code.YELLOW, Code.RED, Code.GREEN, Code.CYAN, Code.GRAY};

  private Recovery() {}

  /// The state to restore.
  ///
  /// @param record what was found of the monitor, or null
  /// @param last the intervention of it that was begun last, or null
  /// @return null if there is nothing to restore
  static @Nullable MonitorState state(
      MonitorRules rules,
      @Nullable MonitorRecord record,
      @Nullable InterventionRecord last,
      long nowNanos) {
    MonitorState state = record == null ? null : record.state();
    InterventionRules repair = rules.intervention();
    if (last == null || repair == null) {
      return state;
    }
    boolean inFlight = state != null && Vitals.phase(state.vitals) == Vitals.INTERVENTION_IN_FLIGHT;
    if (record != null
        && last.intent().begunNanos() <= record.atNanos()
        && !(inFlight && isInFlight(record, last))) {
      return state;
    }
    MonitorState forward = state == null ? new MonitorState() : state;
    if (!inFlight) {
      failUntilDue(forward, rules, nowNanos);
      if (Vitals.phase(forward.vitals) != Vitals.INTERVENTION_DUE) {
        return forward; // its attempts are spent by now: nothing is repeated
      }
      forward.vitals = Lifecycle.interventionDispatched(forward.vitals);
    }
    countAttempts(forward, last.intent().attempt(), rules);
    forward.interventionNanos = 0;
    finish(forward, last.end(), rules, nowNanos);
    return forward;
  }

  /// Whether an incident is open whose red a silence held back.
  ///
  /// @param state what is restored
  /// @param record what was found of the monitor, or null
  /// @param rules those that the state was made by
  /// @param own the monitor's rules without any silence
  static boolean isUntold(
      MonitorState state, @Nullable MonitorRecord record, MonitorRules rules, MonitorRules own) {
    if (!Vitals.has(state.vitals, Vitals.INCIDENT)) {
      return false;
    }
    if (record != null && record.hasIncident()) {
      return record.untold();
    }
    return (own.alerts().codes() & ~rules.alerts().codes() & Code.RED.bit()) != 0;
  }

  /// Whether what was in flight is this intervention, not one that was taken and not begun.
  private static boolean isInFlight(MonitorRecord record, InterventionRecord last) {
    return last.intent().attempt() == Vitals.attempts(record.vitals())
        && last.intent().begunNanos() >= record.sinceNanos();
  }

  /// The checks that failed before the intervention was due.
  private static void failUntilDue(MonitorState state, MonitorRules rules, long nowNanos) {
    for (int i = 0;
        i <= MonitorRules.COUNT_MAX && Vitals.phase(state.vitals) != Vitals.INTERVENTION_DUE;
        i++) {
      apply(state, Lifecycle.pulseFailed(state.vitals, rules), rules, nowNanos);
      if (Vitals.has(state.vitals, Vitals.INCIDENT | Vitals.PAUSED)) {
        return;
      }
    }
  }

  private static void countAttempts(MonitorState state, int attempt, MonitorRules rules) {
    int most = Math.min(attempt, rules.maxAttempts());
    while (Vitals.attempts(state.vitals) < most) {
      state.vitals = Lifecycle.interventionDispatched(state.vitals);
    }
  }

  /// An end that is not known is left to the engine: it restores what was in flight as expired.
  private static void finish(MonitorState state, End end, MonitorRules rules, long nowNanos) {
    switch (end) {
      case OK -> apply(state, Lifecycle.interventionOk(state.vitals, rules), rules, nowNanos);
      case FAILED, NOT_DONE ->
          apply(state, Lifecycle.interventionFailed(state.vitals, rules), rules, nowNanos);
      case OPEN, UNKNOWN -> {
        return;
      }
    }
    state.interventionNumber = 0;
  }

  /// Does what an engine does with a result of [Lifecycle].
  private static void apply(MonitorState state, long result, MonitorRules rules, long nowNanos) {
    state.vitals = Lifecycle.state(result);
    int raised = Lifecycle.raised(result);
    for (Code code : ORDER) {
      if ((raised & code.bit()) != 0) {
        raise(state, code, rules, nowNanos);
      }
    }
    if ((result & Lifecycle.INTERVENTION_NOW) != 0) {
      state.interventionNanos = nowNanos;
    } else if ((result & (Lifecycle.INTERVENTION_LATER | Lifecycle.SETTLE)) != 0) {
      InterventionRules repair = rules.intervention();
      state.interventionNanos = nowNanos + (repair == null ? 0 : repair.retryDelayNanos());
    }
  }

  /// Queues an alert, as an engine does.
  static void raise(MonitorState state, Code code, MonitorRules rules, long nowNanos) {
    if (Alerts.count(state.alerts) == Alerts.MAX) {
      state.alerts = Alerts.remove(state.alerts, Alerts.oldestNotInFlight(state.alerts));
    }
    if (Alerts.count(state.alerts) == 0) {
      state.codeNanos = nowNanos;
    }
    state.alerts = Alerts.push(state.alerts, code.ordinal());
    if (code == Code.RED && rules.alerts().remindNanos() > 0) {
      state.remindNanos = nowNanos + rules.alerts().remindNanos();
    }
  }
}
