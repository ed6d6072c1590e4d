package dev.cpra.engine.ecs;

/// System: the one point of a tick at which the structure of the world changes, unless the engine
/// makes changes at once. In a tick after a restore what was restored is played back before all
/// else, too.
final class PlayBackCommands {
  private final StructuralChanges changes;
  private final World world;

  PlayBackCommands(StructuralChanges changes, World world) {
    this.changes = changes;
    this.world = world;
  }

  void run() {
    if (!changes.isEmpty()) {
      changes.playBack(world);
    }
  }
}
