package dev.cpra.daemon.metrics;

import dev.cpra.daemon.core.DaemonView;
import dev.cpra.daemon.core.EngineSnapshot;
import dev.cpra.daemon.state.StateLogStats;
import dev.cpra.engine.Lane;
import dev.cpra.probes.Reason;
import dev.cpra.probes.RunnerStats;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A daemon that stands still.
record FixedView(EngineSnapshot snapshot, List<String> names) implements DaemonView {
  @Override
  public int monitors() {
    return names.size();
  }

  @Override
  public long nowNanos() {
    return snapshot.tickNanos() + 1_500_000_000;
  }

  @Override
  public long wallAheadNanos() {
    return -2_500_000_000L;
  }

  @Override
  public StateLogStats stateLog() {
    return new StateLogStats(4, 1, false, 11, 5, 6, 7, 8, "disk full");
  }

  @Override
  public boolean isBreakerOpen() {
    return true;
  }

  @Override
  public long refusedInterventions() {
    return 12;
  }

  @Override
  public RunnerStats stats(Lane lane) {
    return new RunnerStats(
        9,
        7,
        2,
        0,
        0,
        0,
        6,
        0,
        1_000,
        500,
        9,
        9,
        0,
        Map.of(Reason.OK, 7L, Reason.CONNECT_TIMEOUT, 2L));
  }

  @Override
  public long contained() {
    return 3;
  }

  @Override
  public String engine() {
    return "baseline";
  }

  @Override
  public @Nullable String name(int handle) {
    return handle < names.size() ? names.get(handle) : null;
  }

  @Override
  public String transportName() {
    return "epoll";
  }

  @Override
  public String transport() {
    return "probes run on epoll";
  }

  @Override
  public boolean isRunning() {
    return true;
  }

  @Override
  public boolean isStopping() {
    return false;
  }

  @Override
  public @Nullable Throwable failure() {
    return null;
  }
}
