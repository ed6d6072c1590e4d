package dev.cpra.engine.ecs;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.Map;
import java.util.TreeMap;

/// Makes engines on the Dominion entity component system.
public final class EcsEngineProvider implements EngineProvider {
  private static final Map<String, String> DEFAULTS =
      Map.of("structure", "deferred", "state", "field", "index", "wheel");
  private static final Map<String, String> OPTIONS =
      Map.of(
          "structure", "deferred (default): structural changes are played back once a tick",
          "state", "field (default): the pulse's state is a field changed in place",
          "index", "wheel (default): a timing wheel beside the world tells what is due");

  /// Found by [java.util.ServiceLoader].
  public EcsEngineProvider() {}

  @Override
  public String name() {
    return "ecs";
  }

  @Override
  public Map<String, String> options() {
    return new TreeMap<>(OPTIONS);
  }

  @Override
  public Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener) {
    refuseUnknown(options);
    for (Map.Entry<String, String> option : options.entrySet()) {
      String only = DEFAULTS.get(option.getKey());
      if (!option.getValue().equals(only)) {
        throw new IllegalArgumentException(
            "engine ecs: option "
                + option.getKey()
                + ": expected "
                + only
                + ", found "
                + option.getValue()
                + ", which is not available yet");
      }
    }
    return new EcsEngine(limits, lanes, listener);
  }
}
