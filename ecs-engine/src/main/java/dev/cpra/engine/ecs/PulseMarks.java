package dev.cpra.engine.ecs;

import dev.dominion.ecs.api.Entity;

/// What the world shows of a pulse in flight, beside the phase in [Pulse].
///
/// The phase is what counts: an outcome may arrive before the command buffer was played back, and
/// must find its job. The mark is what a query of the world finds, and what it costs is the point
/// of the option `state`. An engine has one kind for life, so that the calls are monomorphic.
abstract class PulseMarks {
  /// A pulse was dispatched.
  abstract void begin(Pulse of);

  /// The pulse in flight ended.
  abstract void end(Pulse of);

  /// Whether an entity shows what its [Pulse] says, as far as the world can be asked.
  abstract boolean agree(Entity entity, Pulse of);
}
