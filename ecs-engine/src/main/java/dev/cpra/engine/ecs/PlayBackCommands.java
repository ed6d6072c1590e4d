package dev.cpra.engine.ecs;

/// System: the one point of a tick at which the structure of the world changes.
final class PlayBackCommands {
  private final CommandBuffer commands;
  private final World world;

  PlayBackCommands(CommandBuffer commands, World world) {
    this.commands = commands;
    this.world = world;
  }

  void run() {
    if (!commands.isEmpty()) {
      commands.playBack(world);
    }
  }
}
