package dev.cpra.engine.peers;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.Map;

/// Makes engines on Netty's `HashedWheelTimer`, under the name `netty`. Real time only: the timer
/// has a thread.
public final class NettyEngineProvider implements EngineProvider {
  /// Found by [java.util.ServiceLoader].
  public NettyEngineProvider() {}

  @Override
  public String name() {
    return "netty";
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
  public boolean runsInVirtualTime() {
    return false;
  }

  @Override
  public Engine create(
      EngineLimits limits, Map<String, String> options, Lanes lanes, Transitions listener) {
    refuseUnknown(options);
    return new PeerEngine(
        limits, lanes, listener, new NettyTimers(limits.maxMonitors(), limits.tickNanos()));
  }
}
