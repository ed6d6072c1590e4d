package dev.cpra.engine.peers;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.Map;

/// Makes engines on Agrona's `DeadlineTimerWheel`, under the name `agrona`.
public final class AgronaEngineProvider implements EngineProvider {
  /// Found by [java.util.ServiceLoader].
  public AgronaEngineProvider() {}

  @Override
  public String name() {
    return "agrona";
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
  public Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener) {
    refuseUnknown(options);
    return new PeerEngine(limits, lanes, listener, new AgronaTimers(limits.maxMonitors()));
  }
}
