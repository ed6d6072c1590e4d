package dev.cpra.engine.ecs;

import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.contract.EngineContract;

final class EcsEngineContractTest extends EngineContract {
  @Override
  protected EngineProvider provider() {
    return new EcsEngineProvider();
  }

  /// Healthy pulses allocate nothing, which [EcsEngineTest] holds; rare components do, and so do
  /// queries of the world.
  @Override
  public boolean allocatesNothing() {
    return false;
  }
}
