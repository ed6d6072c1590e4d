package dev.cpra.engine.peers;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import java.util.Map;

/// Makes engines on the JDK's `ScheduledThreadPoolExecutor`, under the name `jdk`. Real time only:
/// the executor has a thread.
public final class JdkEngineProvider implements EngineProvider {
  /// Found by [java.util.ServiceLoader].
  public JdkEngineProvider() {}

  @Override
  public String name() {
    return "jdk";
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
    return new PeerEngine(limits, lanes, listener, new JdkTimers(limits.tickNanos()));
  }
}
