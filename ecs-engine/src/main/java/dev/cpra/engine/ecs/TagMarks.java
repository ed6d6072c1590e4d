package dev.cpra.engine.ecs;

import dev.cpra.engine.Vitals;
import dev.dominion.ecs.api.Entity;

/// A pulse in flight is a component: two structural changes for each pulse.
final class TagMarks extends PulseMarks {
  private final StructuralChanges changes;

  TagMarks(StructuralChanges changes) {
    this.changes = changes;
  }

  @Override
  void begin(Pulse of) {
    changes.add(of, PulseInFlight.TAG);
  }

  @Override
  void end(Pulse of) {
    changes.remove(of, PulseInFlight.TAG);
  }

  @Override
  boolean agree(Entity entity, Pulse of) {
    return entity.has(PulseInFlight.class) == (of.phase() == Vitals.PULSE_IN_FLIGHT);
  }
}
