package dev.cpra.engine.peers;

import dev.cpra.engine.EngineLimits;

/// Makes engines on the JDK's `ScheduledThreadPoolExecutor`, under the name `jdk`. Real time only:
/// the executor has a thread.
public final class JdkEngineProvider extends PeerEngineProvider {
  /// Found by [java.util.ServiceLoader].
  public JdkEngineProvider() {
    super("jdk", false);
  }

  @Override
  SlotTimers timers(EngineLimits limits) {
    return new JdkTimers(limits.tickNanos());
  }
}
