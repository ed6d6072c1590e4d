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
  /// Found by [java.util.ServiceLoader].
  public EcsEngineProvider() {}

  @Override
  public String name() {
    return "ecs";
  }

  @Override
  public Map<String, String> options() {
    return new TreeMap<>(EcsOptions.WORDS);
  }

  @Override
  public int batchJobs(Map<String, String> options, int asked) {
    int batch = EcsOptions.of(options).batch();
    return batch == 0 ? asked : batch;
  }

  @Override
  public long tickNanos(Map<String, String> options, long asked) {
    long tick = EcsOptions.of(options).tickNanos();
    return tick == 0 ? asked : tick;
  }

  @Override
  public Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener) {
    refuseUnknown(options);
    return new EcsEngine(limits, EcsOptions.of(options), lanes, listener);
  }
}
