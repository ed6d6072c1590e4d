package dev.cpra.engine.contract;

import dev.cpra.engine.EngineProvider;

class OracleEngineContractTest extends EngineContract {
  @Override
  protected EngineProvider provider() {
    return new OracleProvider();
  }

  @Override
  public boolean allocatesNothing() {
    return false; // it is naive
  }
}
