package dev.cpra.engine.ecs;

import dev.cpra.engine.Alerts;

/// Component of a monitor that has undelivered alerts.
final class AlertQueue {
  /// The alerts, see [Alerts].
  long alerts;

  /// First alert in flight: its deadline. Else: when it is due.
  long nanos;

  /// When the delivery in flight was due.
  long dueNanos;

  /// The number of the delivery in flight, 0 without one.
  int number;

  /// Whether the first alert is due and its delivery stands in the ledger as waiting.
  boolean booked;

  boolean inFlight() {
    return Alerts.inFlight(alerts);
  }
}
