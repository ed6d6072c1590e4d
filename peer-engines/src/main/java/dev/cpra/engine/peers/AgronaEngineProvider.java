package dev.cpra.engine.peers;

import dev.cpra.engine.EngineLimits;

/// Makes engines on Agrona's `DeadlineTimerWheel`, under the name `agrona`.
public final class AgronaEngineProvider extends PeerEngineProvider {
  /// Found by [java.util.ServiceLoader].
  public AgronaEngineProvider() {
    super("agrona", true);
  }

  @Override
  SlotTimers timers(EngineLimits limits) {
    return new AgronaTimers(limits.maxMonitors());
  }
}
