package dev.cpra.engine;

import org.jspecify.annotations.Nullable;

/// The exact account of every job and alert of an engine, per lane.
///
/// Written by the engine's owner thread. Other threads must not read it while the engine runs: take
/// a [#copy] on the owner thread and hand that over.
public final class Ledger {
  /// Health checks.
  public final LaneLedger pulse = new LaneLedger();

  /// Interventions, each attempt a job of its own.
  public final LaneLedger intervention = new LaneLedger();

  /// Deliveries of alerts, each attempt a job of its own.
  public final LaneLedger code = new LaneLedger();

  /// The alerts that the code lane delivers.
  public final AlertLedger alerts = new AlertLedger();

  /// Calls of `runNow` that found the monitor busy, paused, waiting or gone, or the engine
  /// draining.
  public long runNowIgnored;

  /// How often a limit of [EngineLimits] was reached.
  public long limitsReached;

  /// What [Engine#audit] found broken and repaired.
  public long auditRepairs;

  /// The account of a lane.
  public LaneLedger lane(Lane lane) {
    return switch (lane) {
      case PULSE -> pulse;
      case INTERVENTION -> intervention;
      case CODE -> code;
    };
  }

  /// Whether every equation holds.
  public boolean balanced() {
    return imbalance() == null;
  }

  /// The first equation that does not hold, with its figures; null when all hold.
  public @Nullable String imbalance() {
    for (Lane lane : Lane.values()) {
      String found = lane(lane).imbalance();
      if (found != null) {
        return lane + ": " + found;
      }
    }
    String found = alerts.imbalance();
    return found == null ? null : "alerts: " + found;
  }

  /// Jobs in flight over all lanes.
  public long inFlight() {
    return pulse.inFlight + intervention.inFlight + code.inFlight;
  }

  /// Adds another engine's account to this one.
  public void add(Ledger other) {
    pulse.add(other.pulse);
    intervention.add(other.intervention);
    code.add(other.code);
    alerts.add(other.alerts);
    runNowIgnored += other.runNowIgnored;
    limitsReached += other.limitsReached;
    auditRepairs += other.auditRepairs;
  }

  /// A copy that no longer changes.
  public Ledger copy() {
    Ledger copy = new Ledger();
    copy.add(this);
    return copy;
  }
}
