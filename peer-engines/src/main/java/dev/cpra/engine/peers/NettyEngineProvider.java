package dev.cpra.engine.peers;

import dev.cpra.engine.EngineLimits;

/// Makes engines on Netty's `HashedWheelTimer`, under the name `netty`. Real time only: the timer
/// has a thread.
public final class NettyEngineProvider extends PeerEngineProvider {
  /// Found by [java.util.ServiceLoader].
  public NettyEngineProvider() {
    super("netty", false);
  }

  @Override
  SlotTimers timers(EngineLimits limits) {
    return new NettyTimers(limits.maxMonitors(), limits.tickNanos());
  }
}
