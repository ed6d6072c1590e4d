package dev.cpra.engine.ecs;

/// Where systems ask for changes of the world's structure: entities and components that come and
/// go, and states of entities.
///
/// The subclass decides when a change is made: [CommandBuffer] at one point of the tick,
/// [ChangesAtOnce] before the call returns. An engine has one of them for life, so that the calls
/// are monomorphic.
abstract class StructuralChanges {
  /// A monitor's entity is created.
  abstract void create(Pulse created);

  /// A monitor's entity is deleted.
  abstract void delete(Pulse deleted);

  /// A component comes.
  abstract void add(Pulse changed, Object added);

  /// A component goes.
  abstract void remove(Pulse changed, Object removed);

  /// An entity's state changes.
  abstract void setState(Pulse changed, PulseStage stage);

  /// Whether anything about a monitor is still to be made.
  abstract boolean concerns(Pulse asked);

  /// Whether nothing is still to be made.
  abstract boolean isEmpty();

  /// Makes all that is still to be made, in order.
  abstract void playBack(World world);
}
