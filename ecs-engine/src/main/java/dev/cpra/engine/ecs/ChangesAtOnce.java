package dev.cpra.engine.ecs;

/// Structural changes made while the system that asks for them runs. Safe here because no system
/// changes anything while it iterates over the world: a [Roll] is called to its end first.
final class ChangesAtOnce extends StructuralChanges {
  private final World world;

  ChangesAtOnce(World world) {
    this.world = world;
  }

  @Override
  void create(Pulse created) {
    world.create(created);
  }

  @Override
  void delete(Pulse deleted) {
    world.delete(deleted.handle);
  }

  @Override
  void add(Pulse changed, Object added) {
    world.add(changed.handle, added);
  }

  @Override
  void remove(Pulse changed, Object removed) {
    world.remove(changed.handle, removed);
  }

  @Override
  void setState(Pulse changed, PulseStage stage) {
    world.setState(changed.handle, stage);
  }

  @Override
  boolean concerns(Pulse asked) {
    return false;
  }

  @Override
  boolean isEmpty() {
    return true;
  }

  @Override
  void playBack(World ignored) {
    // Everything was made when it was asked for.
  }
}
