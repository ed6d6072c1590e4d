package dev.cpra.daemon.metrics;

import dev.cpra.daemon.core.DaemonView;
import dev.cpra.daemon.core.EngineSnapshot;
import dev.cpra.daemon.core.MonitorCounts;
import dev.cpra.daemon.core.MonitorStatus;
import dev.cpra.daemon.state.StateLogStats;
import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLedger;
import dev.cpra.engine.Ledger;
import dev.cpra.probes.RunnerStats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;

/// The daemon's metrics, made anew at each scrape from what the engine's thread and the workers
/// published: no series is kept here, and none is written while jobs run. Thread-safe.
///
/// The number of series does not depend on the number of monitors, unless one per monitor was asked
/// for.
public final class DaemonMetrics implements MultiCollector {
  /// Most monitors with series of their own; the others are counted in
  /// `cpra_monitor_series_left_out`.
  public static final int SERIES_MAX = 50_000;

  private static final double NANOS = 1e9;
  private static final String COMMITS = "Transactions of the state log.";

  private final DaemonView view;
  private final String version;
  private final boolean perMonitor;

  /// @param version of this build
  /// @param perMonitor whether each monitor gets series of its own
  public DaemonMetrics(DaemonView view, String version, boolean perMonitor) {
    this.view = view;
    this.version = version;
    this.perMonitor = perMonitor;
  }

  @Override
  public MetricSnapshots collect() {
    Families families = new Families();
    EngineSnapshot snapshot = view.snapshot();
    families.info(
        "cpra_build",
        "What runs here.",
        "version",
        version,
        "engine",
        view.engine(),
        "transport",
        view.transportName(),
        "java",
        Runtime.version().toString());
    for (Lane lane : Lane.values()) {
      jobs(families, label(lane), snapshot.ledger().lane(lane));
      results(families, label(lane), view.stats(lane));
    }
    lateness(families, snapshot);
    monitors(families, snapshot.counts());
    alerts(families, snapshot);
    interventions(families, snapshot.ledger().intervention);
    stateLog(families, view.stateLog());
    engine(families, snapshot);
    return families.build();
  }

  private static void jobs(Families families, String lane, LaneLedger ledger) {
    outcome(families, lane, "ok", ledger.ok);
    outcome(families, lane, "failed", ledger.failed);
    outcome(families, lane, "expired", ledger.expired);
    outcome(families, lane, "cancelled", ledger.cancelledInFlight);
    families
        .counter("cpra_jobs_due", "Jobs whose time has come.", ledger.due, "lane", lane)
        .counter("cpra_jobs_dispatched", "Jobs the lane took.", ledger.dispatched, "lane", lane)
        .counter(
            "cpra_jobs_missed", "Slots that passed without a check.", ledger.missed, "lane", lane)
        .counter(
            "cpra_jobs_cancelled",
            "Jobs given up before the lane took them.",
            ledger.cancelled,
            "lane",
            lane)
        .counter("cpra_outcomes_stale", "Outcomes that came too late.", ledger.stale, "lane", lane)
        .gauge("cpra_jobs_waiting", "Jobs due and not taken yet.", ledger.waiting, "lane", lane)
        .gauge("cpra_jobs_in_flight", "Jobs taken and not ended.", ledger.inFlight, "lane", lane);
  }

  private static void outcome(Families families, String lane, String outcome, long count) {
    families.counter(
        "cpra_jobs", "Jobs that ended, by how.", count, "lane", lane, "outcome", outcome);
  }

  private static void results(Families families, String lane, RunnerStats stats) {
    stats
        .byReason()
        .forEach((reason, count) ->
            families.counter(
                "cpra_results",
                "What workers found, by reason.",
                count,
                "lane",
                lane,
                "reason",
                reason.name().toLowerCase(Locale.ROOT)));
    families
        .counter(
            "cpra_jobs_waited_for_room",
            "Jobs that waited because too many others of their lane blocked.",
            stats.waited(),
            "lane",
            lane)
        .counter("cpra_connections", "Connections opened.", stats.connections(), "lane", lane)
        .counter(
            "cpra_wire_bytes",
            "Bytes on sockets, TLS included.",
            stats.bytesRead(),
            "lane",
            lane,
            "direction",
            "read")
        .counter(
            "cpra_wire_bytes",
            "Bytes on sockets, TLS included.",
            stats.bytesWritten(),
            "lane",
            lane,
            "direction",
            "written");
  }

  private static void lateness(Families families, EngineSnapshot snapshot) {
    long[] bounds = EngineSnapshot.latenessBoundsNanos();
    double[] seconds = new double[bounds.length + 1];
    for (int i = 0; i < bounds.length; i++) {
      seconds[i] = bounds[i] / NANOS;
    }
    seconds[bounds.length] = Double.POSITIVE_INFINITY;
    families.histogram(
        "cpra_lateness_seconds",
        "How long after its time a check left the engine.",
        seconds,
        snapshot.latenessCounts(),
        snapshot.latenessSumNanos() / NANOS);
  }

  private void monitors(Families families, MonitorCounts counts) {
    for (int i = 0; i < MonitorStatus.COUNT; i++) {
      MonitorStatus status = MonitorStatus.of(i);
      families.gauge(
          "cpra_monitors", "Monitors by state.", counts.monitors(status), "state", status.label());
    }
    if (perMonitor) {
      eachMonitor(families, counts);
    }
  }

  private void eachMonitor(Families families, MonitorCounts counts) {
    int shown = 0;
    long leftOut = 0;
    for (int handle = 0; handle < counts.handles(); handle++) {
      String name = counts.isPresent(handle) ? view.name(handle) : null;
      if (name == null) {
        continue;
      }
      if (shown >= SERIES_MAX) {
        leftOut++;
        continue;
      }
      shown++;
      families.gauge(
          "cpra_monitor_state",
          "1 for the state a monitor is in.",
          1,
          "monitor",
          name,
          "state",
          counts.status(handle).label());
      if (counts.isChecked(handle)) {
        families.gauge(
            "cpra_monitor_up",
            "Whether the last check of a monitor was ok.",
            counts.isUp(handle) ? 1 : 0,
            "monitor",
            name);
      }
    }
    families.gauge(
        "cpra_monitor_series_left_out",
        "Monitors beyond those that may have series of their own.",
        leftOut);
  }

  private static void alerts(Families families, EngineSnapshot snapshot) {
    for (int i = 0; i < Code.COUNT; i++) {
      Code colour = Code.of(i);
      for (MonitorCounts.Alert result : MonitorCounts.Alert.values()) {
        families.counter(
            "cpra_alerts",
            "Alerts by colour and what became of them.",
            snapshot.counts().alerts(colour, result),
            "colour",
            colour.name().toLowerCase(Locale.ROOT),
            "result",
            result.label());
      }
    }
    families.gauge(
        "cpra_alerts_queued", "Alerts not delivered yet.", snapshot.ledger().alerts.queued);
  }

  private static void stateLog(Families families, StateLogStats stats) {
    families
        .counter("cpra_state_log_written", "States written down.", stats.written())
        .counter("cpra_state_log_commits", COMMITS, stats.commits(), "result", "ok")
        .counter("cpra_state_log_commits", COMMITS, stats.failures(), "result", "failed")
        .counter(
            "cpra_audit_lines_dropped",
            "Lines for the audit log dropped because too many waited.",
            stats.auditDropped())
        .counter(
            "cpra_alerts_unrecorded",
            "Alerts that went out although what they tell of was not written down.",
            stats.unrecordedAlerts());
  }

  private void interventions(Families families, LaneLedger ledger) {
    intervention(families, "ok", ledger.ok);
    intervention(families, "failed", ledger.failed);
    intervention(families, "expired", ledger.expired);
    intervention(families, "cancelled", ledger.cancelledInFlight);
    intervention(families, "refused", view.refusedInterventions());
    families.gauge(
        "cpra_breaker_open",
        "Whether repairs are frozen because too many targets fail at once.",
        view.isBreakerOpen() ? 1L : 0L);
  }

  private static void intervention(Families families, String result, long count) {
    families.counter("cpra_interventions", "Repairs that ended, by how.", count, "result", result);
  }

  private void engine(Families families, EngineSnapshot snapshot) {
    Ledger ledger = snapshot.ledger();
    families
        .counter(
            "cpra_audit_broken",
            "Monitors that the audit found broken, and repaired.",
            ledger.auditRepairs)
        .counter("cpra_audit_monitors", "Monitors audited.", snapshot.audited())
        .counter(
            "cpra_limits_reached",
            "How often a bound of the engine was reached.",
            ledger.limitsReached)
        .gauge(
            "cpra_ledger_balanced",
            "Whether the account of jobs balances.",
            ledger.balanced() ? 1 : 0)
        .gauge(
            "cpra_engine_tick_age_seconds",
            "How long ago the engine's thread was last heard of.",
            tickAge(snapshot) / NANOS)
        .gauge(
            "cpra_clock_ahead_seconds",
            "How far the wall's clock is ahead of the daemon's, which never jumps.",
            view.wallAheadNanos() / NANOS)
        .counter(
            "cpra_probe_exceptions",
            "Exceptions of probes that were contained: defects of ours.",
            view.contained());
    snapshot
        .operations()
        .forEach((operation, count) ->
            families.counter(
                "cpra_engine_operations",
                "What the engine counts of its own costs.",
                count,
                "operation",
                operation));
  }

  /// 0 before the first tick: the time of a tick is its distance from 1970.
  private long tickAge(EngineSnapshot snapshot) {
    return snapshot.tickNanos() == 0 ? 0 : Math.max(0, view.nowNanos() - snapshot.tickNanos());
  }

  private static String label(Lane lane) {
    return lane.name().toLowerCase(Locale.ROOT);
  }
}
