package dev.cpra.engine.ecs;

/// Component of every monitor whose pulse is in flight, where the option `state` is `tag`. It says
/// nothing else, so that all share one and its coming and going allocates nothing.
final class PulseInFlight {
  /// The only one.
  static final PulseInFlight TAG = new PulseInFlight();

  private PulseInFlight() {}
}
