package dev.cpra.engine.ecs;

/// State of an entity where the option `state` is `enum`. A monitor has one from its first pulse
/// on.
enum PulseStage {
  /// No pulse is in flight.
  IDLE,

  /// A pulse is in flight.
  IN_FLIGHT
}
