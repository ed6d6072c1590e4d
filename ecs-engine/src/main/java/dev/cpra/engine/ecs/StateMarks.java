package dev.cpra.engine.ecs;

import dev.dominion.ecs.api.Entity;

/// A pulse in flight is a state of its entity: two changes of state for each pulse. Dominion does
/// not tell an entity's state, only who is in one, so an audit can't compare it.
final class StateMarks extends PulseMarks {
  private final StructuralChanges changes;

  StateMarks(StructuralChanges changes) {
    this.changes = changes;
  }

  @Override
  void begin(Pulse of) {
    changes.setState(of, PulseStage.IN_FLIGHT);
  }

  @Override
  void end(Pulse of) {
    changes.setState(of, PulseStage.IDLE);
  }

  @Override
  boolean agree(Entity entity, Pulse of) {
    return true;
  }
}
