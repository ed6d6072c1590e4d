package dev.cpra.daemon.state;

import java.util.List;
import java.util.Map;

/// What one transaction writes.
///
/// @param removed names of monitors that are gone; before the states
/// @param states the newest state of each monitor
/// @param begun interventions that are about to be done: on disk when the commit returns, also over
///   a loss of power
/// @param ends interventions that have ended
/// @param audit lines in their order
/// @param heartbeats when each was last heard of
/// @param lastNanos the tick up to which the states are
record Transaction(
    List<String> removed,
    List<MonitorRecord> states,
    List<InterventionRecord> begun,
    List<InterventionEnd> ends,
    List<AuditLine> audit,
    Map<String, Long> heartbeats,
    long lastNanos) {

  /// How an intervention ended.
  record InterventionEnd(long id, InterventionRecord.End end, long nanos, String text) {}

  /// Its states from one to below another. The first part holds everything that is not a state,
  /// too: an end is never later on disk than the state that tells of it.
  Transaction part(int from, int to) {
    List<MonitorRecord> some = states.subList(from, to);
    return from == 0
        ? new Transaction(removed, some, begun, ends, audit, heartbeats, lastNanos)
        : new Transaction(List.of(), some, List.of(), List.of(), List.of(), Map.of(), lastNanos);
  }
}
