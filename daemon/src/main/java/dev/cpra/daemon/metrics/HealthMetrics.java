package dev.cpra.daemon.metrics;

import dev.cpra.daemon.health.Alarm;
import dev.cpra.daemon.health.Health;
import dev.cpra.daemon.health.Observation.StateLogStatus;
import dev.cpra.daemon.log.LogCounts;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.function.Supplier;

/// What the daemon says of itself: alarms, readiness, its state log and its log. Thread-safe.
public final class HealthMetrics implements MultiCollector {
  private static final double NANOS = 1e9;

  private final Supplier<Health> health;
  private final Supplier<StateLogStatus> stateLog;
  private final Supplier<LogCounts> log;

  /// @param stateLog the state log's part of the last look
  public HealthMetrics(
      Supplier<Health> health, Supplier<StateLogStatus> stateLog, Supplier<LogCounts> log) {
    this.health = health;
    this.stateLog = stateLog;
    this.log = log;
  }

  @Override
  public MetricSnapshots collect() {
    Families families = new Families();
    Health now = health.get();
    for (Alarm alarm : Alarm.values()) {
      families.gauge(
          "cpra_alarm",
          "Whether an alarm of the daemon itself is on.",
          now.alarms().containsKey(alarm) ? 1 : 0,
          "alarm",
          alarm.key());
    }
    StateLogStatus state = stateLog.get();
    LogCounts lines = log.get();
    return families
        .gauge("cpra_ready", "Whether the daemon is ready.", now.ready() ? 1 : 0)
        .gauge("cpra_state_log_pending", "States not written down yet.", state.pending())
        .gauge(
            "cpra_state_log_oldest_seconds",
            "How long the oldest of them has waited.",
            state.oldestNanos() / NANOS)
        .counter("cpra_log_lines", LINES, lines.written(), "result", "written")
        .counter("cpra_log_lines", LINES, lines.suppressed(), "result", "suppressed")
        .counter("cpra_log_lines", LINES, lines.dropped(), "result", "dropped")
        .counter("cpra_log_lines", LINES, lines.lost(), "result", "lost")
        .build();
  }

  private static final String LINES = "Lines of the log, by what became of them.";
}
