package dev.cpra.engine.ecs;

import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.MonitorRules;

/// Rules that any number of monitors share, with what the hot path needs of them ready to hand.
final class Rules {
  final MonitorRules monitor;

  /// Their id in the table of rules.
  final int id;

  final long intervalNanos;

  /// A pulse's timeout and the grace.
  final long pulseNanos;

  /// Where deadlines of such pulses are kept.
  final int ring;

  private final long graceNanos;

  Rules(MonitorRules monitor, int id, long graceNanos, int ring) {
    this.monitor = monitor;
    this.id = id;
    this.intervalNanos = monitor.intervalNanos();
    this.pulseNanos = monitor.timeoutNanos() + graceNanos;
    this.ring = ring;
    this.graceNanos = graceNanos;
  }

  /// How long an intervention may wait for its lane, and how long it may take.
  long interventionNanos() {
    InterventionRules intervention = monitor.intervention();
    return (intervention == null ? 0 : intervention.timeoutNanos()) + graceNanos;
  }

  /// How long the delivery of an alert may take.
  long codeNanos() {
    return monitor.alerts().timeoutNanos() + graceNanos;
  }

  long retryDelayNanos() {
    InterventionRules intervention = monitor.intervention();
    return intervention == null ? 0 : intervention.retryDelayNanos();
  }
}
