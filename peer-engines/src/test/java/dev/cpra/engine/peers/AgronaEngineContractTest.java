package dev.cpra.engine.peers;

import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.contract.EngineContract;

final class AgronaEngineContractTest extends EngineContract {
  @Override
  protected EngineProvider provider() {
    return new AgronaEngineProvider();
  }

  /// A monitor in trouble gets an object for it, as a user's own engine would do.
  @Override
  public boolean allocatesNothing() {
    return false;
  }
}
