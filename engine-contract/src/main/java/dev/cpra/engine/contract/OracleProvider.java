package dev.cpra.engine.contract;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.Map;

/// Makes the naive reference engine that others are compared with. Not registered: nobody runs it.
public final class OracleProvider implements EngineProvider {
  @Override
  public String name() {
    return "oracle";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener) {
    refuseUnknown(options);
    return new OracleEngine(limits, lanes, listener);
  }
}
