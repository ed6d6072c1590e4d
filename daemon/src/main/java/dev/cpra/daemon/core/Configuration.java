package dev.cpra.daemon.core;

import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.policy.Policy;
import java.util.List;

/// What the daemon is to do: a manifest that was found to be right. Immutable.
///
/// @param monitors with different names; disabled ones are left out by the daemon
/// @param policy what holds for all of them
public record Configuration(List<MonitorSpec> monitors, Policy policy) {
  /// Copies the list.
  public Configuration {
    monitors = List.copyOf(monitors);
  }

  /// What was loaded, and the daemon's own monitor of its breaker if somebody is to be told.
  public static Configuration of(LoadResult loaded) {
    return new Configuration(BreakerMonitor.behind(loaded.monitors()), loaded.policy());
  }
}
