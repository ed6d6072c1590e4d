package dev.cpra.engine.baseline;

import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.contract.EngineContract;

final class BaselineEngineContractTest extends EngineContract {
  @Override
  protected EngineProvider provider() {
    return new BaselineEngineProvider();
  }
}
