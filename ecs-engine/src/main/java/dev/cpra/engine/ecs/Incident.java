package dev.cpra.engine.ecs;

/// Component of a monitor whose incident is open.
final class Incident {
  /// When its red is repeated, 0 for never.
  long remindNanos;
}
