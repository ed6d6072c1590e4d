package dev.cpra.engine.baseline;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.Map;

/// Makes engines on plain arrays, under the name `baseline`. They have no options.
public final class BaselineEngineProvider implements EngineProvider {
  @Override
  public String name() {
    return "baseline";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener) {
    refuseUnknown(options);
    return new BaselineEngine(limits, lanes, listener);
  }
}
