package dev.cpra.engine;

import org.jspecify.annotations.Nullable;

/// The exact account of alerts. At every instant
///
/// ```
/// raised = delivered + abandoned + dropped + queued
/// ```
///
/// Deliveries are jobs of the code lane and stand in its [LaneLedger]. Same thread rule as there.
public final class AlertLedger {
  /// Alerts put into a monitor's list.
  public long raised;

  /// Alerts whose delivery ended well.
  public long delivered;

  /// Alerts given up: retries spent, pushed out by a ninth, or in the way of a red.
  public long abandoned;

  /// Alerts that went with their monitor's removal.
  public long dropped;

  /// Alerts in the lists now (a gauge).
  public long queued;

  /// Alerts called for whose colour is not configured, and greens with nothing to take back. Stands
  /// beside the account.
  public long skipped;

  /// What does not add up; null when all does.
  public @Nullable String imbalance() {
    if (raised != delivered + abandoned + dropped + queued || queued < 0) {
      return "raised "
          + raised
          + " is not delivered "
          + delivered
          + " + abandoned "
          + abandoned
          + " + dropped by removal "
          + dropped
          + " + queued "
          + queued;
    }
    return null;
  }

  /// Adds another account to this one.
  public void add(AlertLedger other) {
    raised += other.raised;
    delivered += other.delivered;
    abandoned += other.abandoned;
    dropped += other.dropped;
    queued += other.queued;
    skipped += other.skipped;
  }
}
