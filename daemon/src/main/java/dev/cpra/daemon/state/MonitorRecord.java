package dev.cpra.daemon.state;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Vitals;

/// What is written of one monitor: its dynamic state and what people want to know of its trouble.
/// Immutable; times are on the daemon's clock.
///
/// @param monitor its name
/// @param atNanos the time of the tick after which this was so
/// @param vitals see [Vitals]
/// @param interventionNumber see [MonitorState], as the following ones
/// @param sinceNanos when its trouble began, 0 without any
/// @param incidentNanos when its open incident was opened, 0 without one
/// @param reason why its last check failed, one line without secrets; empty if unknown
/// @param untold whether an incident is open whose red a silence held back
public record MonitorRecord(
    String monitor,
    long atNanos,
    long vitals,
    int interventionNumber,
    long interventionNanos,
    long alerts,
    int codeNumber,
    long codeNanos,
    long remindNanos,
    long sinceNanos,
    long incidentNanos,
    String reason,
    boolean untold) {

  /// The record of a state that was just read.
  public static MonitorRecord of(
      String monitor,
      long atNanos,
      MonitorState state,
      long sinceNanos,
      long incidentNanos,
      String reason,
      boolean untold) {
    return new MonitorRecord(
        monitor,
        atNanos,
        state.vitals,
        state.interventionNumber,
        state.interventionNanos,
        state.alerts,
        state.codeNumber,
        state.codeNanos,
        state.remindNanos,
        sinceNanos,
        incidentNanos,
        reason,
        untold);
  }

  /// The state to be restored, a new one. It names no slot: the grid is found anew.
  public MonitorState state() {
    MonitorState state = new MonitorState();
    state.vitals = vitals;
    state.interventionNumber = interventionNumber;
    state.interventionNanos = interventionNanos;
    state.alerts = alerts;
    state.codeNumber = codeNumber;
    state.codeNanos = codeNanos;
    state.remindNanos = remindNanos;
    return state;
  }

  /// Whether an incident is open.
  public boolean hasIncident() {
    return Vitals.has(vitals, Vitals.INCIDENT);
  }

  /// How many alerts are undelivered.
  public int undelivered() {
    return Alerts.count(alerts);
  }
}
