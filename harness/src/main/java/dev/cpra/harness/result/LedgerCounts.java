package dev.cpra.harness.result;

import dev.cpra.engine.AlertLedger;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Ledger;

/// The exact account of a run: the engine's ledger as plain data.
///
/// @param pulse health checks
/// @param intervention attempts of interventions
/// @param code attempts to deliver alerts
/// @param alerts the alerts themselves
/// @param runNowIgnored calls of `runNow` that found the monitor busy
/// @param limitsReached how often a limit of the engine was reached
/// @param auditRepairs what an audit found broken
public record LedgerCounts(
    LaneCounts pulse,
    LaneCounts intervention,
    LaneCounts code,
    AlertCounts alerts,
    long runNowIgnored,
    long limitsReached,
    long auditRepairs) {

  /// An account of nothing.
  public static final LedgerCounts NONE =
      new LedgerCounts(
          LaneCounts.NONE, LaneCounts.NONE, LaneCounts.NONE, AlertCounts.NONE, 0, 0, 0);

  /// The figures of an engine's ledger, or of a copy of it; same thread rule as there.
  public static LedgerCounts of(Ledger ledger) {
    return new LedgerCounts(
        lane(ledger.pulse),
        lane(ledger.intervention),
        lane(ledger.code),
        alerts(ledger.alerts),
        ledger.runNowIgnored,
        ledger.limitsReached,
        ledger.auditRepairs);
  }

  private static LaneCounts lane(LaneLedger lane) {
    return new LaneCounts(
        lane.due,
        lane.dispatched,
        lane.waiting,
        lane.missed,
        lane.cancelled,
        lane.ok,
        lane.failed,
        lane.expired,
        lane.cancelledInFlight,
        lane.inFlight,
        lane.stale,
        lane.outcomes);
  }

  private static AlertCounts alerts(AlertLedger alerts) {
    return new AlertCounts(
        alerts.raised,
        alerts.delivered,
        alerts.abandoned,
        alerts.dropped,
        alerts.queued,
        alerts.skipped);
  }

  /// Whether every equation of every lane holds.
  public boolean balanced() {
    return pulse.balanced() && intervention.balanced() && code.balanced() && alerts.balanced();
  }

  /// The sum of two accounts.
  public LedgerCounts plus(LedgerCounts other) {
    return new LedgerCounts(
        pulse.plus(other.pulse),
        intervention.plus(other.intervention),
        code.plus(other.code),
        alerts.plus(other.alerts),
        runNowIgnored + other.runNowIgnored,
        limitsReached + other.limitsReached,
        auditRepairs + other.auditRepairs);
  }
}
