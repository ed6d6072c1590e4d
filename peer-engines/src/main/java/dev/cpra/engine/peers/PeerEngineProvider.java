package dev.cpra.engine.peers;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.Map;

/// Makes [PeerEngine]s on one kind of timer. No options: a peer is what its timer makes of it.
abstract class PeerEngineProvider implements EngineProvider {
  private final String name;
  private final boolean virtualTime;

  /// @param virtualTime whether the timer is passive, without a thread of its own
  PeerEngineProvider(String name, boolean virtualTime) {
    this.name = name;
    this.virtualTime = virtualTime;
  }

  /// The timers of a new engine.
  abstract SlotTimers timers(EngineLimits limits);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Map<String, String> options() {
    return Map.of();
  }

  @Override
  public final boolean isYardstick() {
    return true;
  }

  @Override
  public final boolean runsInVirtualTime() {
    return virtualTime;
  }

  @Override
  public final Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener) {
    refuseUnknown(options);
    return new PeerEngine(limits, lanes, listener, timers(limits));
  }
}
