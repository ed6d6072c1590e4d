package dev.cpra.engine.peers;

import dev.cpra.engine.Alerts;

/// The intervention and the alerts of a monitor.
final class Trouble {
  /// Intervention due: when. In flight: its deadline. Else: until when the target settles.
  long interventionNanos;

  /// When the intervention in flight was due.
  long interventionDue;

  int interventionNumber;

  /// Whether the due intervention's time has come and it waits for its lane.
  boolean interventionBooked;

  /// The undelivered alerts, see [Alerts].
  long alerts = Alerts.NONE;

  /// First alert in flight: its deadline. Else: when it is due.
  long codeNanos;

  /// When the delivery in flight was due.
  long codeDue;

  int codeNumber;

  /// Whether the first alert's delivery is due and waits for its lane.
  boolean codeBooked;

  /// When an open incident's red is repeated, 0 for never.
  long remindNanos;

  boolean isOver() {
    return interventionNanos == 0 && alerts == Alerts.NONE && remindNanos == 0;
  }
}
