package dev.cpra.engine.ecs;

import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.contract.EngineContract;
import java.util.Map;

/// The contract with one combination of the options; the default has [EcsEngineContractTest].
abstract class Combination extends EngineContract {
  private final Map<String, String> options;

  Combination(String structure, String state, String index) {
    options = Map.of("structure", structure, "state", state, "index", index);
  }

  @Override
  protected final EngineProvider provider() {
    return new EcsEngineProvider();
  }

  @Override
  protected final Map<String, String> options() {
    return options;
  }

  /// That tags of healthy pulses allocate nothing is held by [EcsOptionsTest].
  @Override
  public final boolean allocatesNothing() {
    return false;
  }
}
