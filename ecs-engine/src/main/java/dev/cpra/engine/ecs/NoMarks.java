package dev.cpra.engine.ecs;

import dev.dominion.ecs.api.Entity;

/// The world shows nothing: the phase in [Pulse] is changed in place, and that is all.
final class NoMarks extends PulseMarks {
  @Override
  void begin(Pulse of) {}

  @Override
  void end(Pulse of) {}

  @Override
  boolean agree(Entity entity, Pulse of) {
    return true;
  }
}
