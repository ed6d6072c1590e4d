package dev.cpra.engine.peers;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.Map;
import java.util.TreeSet;

/// The ECS engine set up as the originals were, under the name `ark-style`: a tick of 100 ms,
/// batches of 5,000, a scan over all monitors, structural changes made at once, and a component
/// that comes and goes with every pulse. Made by the provider named `ecs`, whatever class that is.
public final class ArkStyleEngineProvider implements EngineProvider {
  private static final String ECS = "ecs";
  private static final long TICK_NANOS = 100_000_000;
  private static final int BATCH_JOBS = 5_000;

  /// Without these it would be another engine.
  private static final Map<String, String> NEEDED =
      Map.of("structure", "eager", "state", "tag", "index", "scan");

  /// Found by [java.util.ServiceLoader].
  public ArkStyleEngineProvider() {}

  @Override
  public String name() {
    return "ark-style";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public boolean isYardstick() {
    return true;
  }

  @Override
  public int batchJobs(Map<String, String> options, int asked) {
    return BATCH_JOBS;
  }

  @Override
  public long tickNanos(Map<String, String> options, long asked) {
    return TICK_NANOS;
  }

  @Override
  public Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener) {
    refuseUnknown(options);
    EngineProvider ecs = EngineProvider.named(ECS);
    Map<String, String> known = ecs.options();
    if (!known.keySet().containsAll(NEEDED.keySet())) {
      throw new IllegalArgumentException(
          "engine ark-style: the ecs engine lacks some of its options "
              + new TreeSet<>(NEEDED.keySet())
              + ", it knows "
              + new TreeSet<>(known.keySet()));
    }
    return ecs.create(limits, NEEDED, lanes, listener);
  }
}
