package dev.cpra.engine.contract;

/// Makes worlds around the engine under test. What every topic of the contract builds on.
interface Worlds {
  /// A world to be adjusted.
  EngineWorld.Builder worldWith();

  /// A world with defaults.
  default EngineWorld world() {
    return start(worldWith());
  }

  /// Builds a world that is checked once more and closed after the test.
  EngineWorld start(EngineWorld.Builder builder);
}
