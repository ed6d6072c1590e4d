package dev.cpra.harness.planted;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;

/// Takes the place of an engine under its own name, and makes engines with a [PlantedCost] around
/// the real one. The class path that registers it also holds the cost.
public final class PlantedEngineProvider implements EngineProvider {
  /// Monitors that are added and removed within a tick, at most.
  private static final int CHURNED_MAX = 8_192;

  private final PlantedCost cost;

  /// Found by [ServiceLoader], if at all.
  public PlantedEngineProvider() {
    this.cost = cost();
  }

  private static PlantedCost cost() {
    ClassLoader loader = PlantedEngineProvider.class.getClassLoader();
    try (InputStream text = loader.getResourceAsStream(PlantedCost.RESOURCE)) {
      if (text == null) {
        throw new IllegalStateException(
            "expected " + PlantedCost.RESOURCE + " on the class path, found none");
      }
      Properties properties = new Properties();
      properties.load(text);
      return PlantedCost.of(properties);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return cost.engine();
  }

  @Override
  public Map<String, String> options() {
    return real().options();
  }

  @Override
  public int batchJobs(Map<String, String> options, int asked) {
    return real().batchJobs(options, asked);
  }

  @Override
  public long tickNanos(Map<String, String> options, long asked) {
    return real().tickNanos(options, asked);
  }

  @Override
  public Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener) {
    EngineLimits roomy =
        cost.churn()
            ? new EngineLimits(
                limits.maxMonitors() + CHURNED_MAX,
                limits.maxRules() + 1,
                limits.maxCalls() + CHURNED_MAX,
                limits.tickNanos(),
                limits.graceNanos())
            : limits;
    return new PlantedEngine(real().create(roomy, options, lanes, listener), cost, CHURNED_MAX);
  }

  private EngineProvider real() {
    return ServiceLoader.load(EngineProvider.class).stream()
        .filter(found -> found.type() != PlantedEngineProvider.class)
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(cost.engine()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no engine " + cost.engine() + " on the class path"));
  }
}
