package dev.cpra.engine;

import org.jspecify.annotations.Nullable;

/// Everything an engine knows of how a monitor is to be treated. Immutable; engines keep one copy
/// of equal rules, so a million monitors usually share a handful.
///
/// All durations are nanoseconds, all thresholds are compared with `>=`.
///
/// @param intervalNanos distance of two slots on the monitor's grid
/// @param timeoutNanos how long a pulse may take
/// @param unhealthyThreshold U: failures (or expiries) in a row that make a target unhealthy
///   (unknown)
/// @param healthyThreshold H: oks in a row that make it healthy again
/// @param calm C: oks in a row after which spent attempts are forgotten
/// @param intervention how to repair the target, or null when nobody does
/// @param alerts which alerts are sent
public record MonitorRules(
    long intervalNanos,
    long timeoutNanos,
    int unhealthyThreshold,
    int healthyThreshold,
    int calm,
    @Nullable InterventionRules intervention,
    AlertRules alerts) {

  /// Highest threshold or number of attempts. Counters saturate above it, see [Vitals].
  public static final int COUNT_MAX = 1_000;

  /// C when a manifest names none.
  public static final int CALM_DEFAULT = 10;

  /// Checks the ranges.
  public MonitorRules {
    Check.duration("interval", intervalNanos);
    Check.duration("timeout", timeoutNanos);
    Check.count("unhealthy_threshold", unhealthyThreshold);
    Check.count("healthy_threshold", healthyThreshold);
    Check.count("calm", calm);
  }

  /// A: attempts this monitor's intervention has, 0 without one.
  public int maxAttempts() {
    return intervention == null ? 0 : intervention.maxAttempts();
  }

  /// V: pulses that must pass after an intervention, H without one.
  public int verify() {
    return intervention == null ? healthyThreshold : intervention.verify();
  }

  /// Rules with every default, no intervention and no alerts.
  public static MonitorRules of(long intervalNanos, long timeoutNanos) {
    return new MonitorRules(intervalNanos, timeoutNanos, 1, 1, CALM_DEFAULT, null, AlertRules.NONE);
  }

  /// These rules with other thresholds U and H.
  public MonitorRules withThresholds(int unhealthy, int healthy) {
    return new MonitorRules(
        intervalNanos, timeoutNanos, unhealthy, healthy, calm, intervention, alerts);
  }

  /// These rules with another C.
  public MonitorRules withCalm(int oks) {
    return new MonitorRules(
        intervalNanos,
        timeoutNanos,
        unhealthyThreshold,
        healthyThreshold,
        oks,
        intervention,
        alerts);
  }

  /// These rules with another intervention, or none.
  public MonitorRules withIntervention(@Nullable InterventionRules repair) {
    return new MonitorRules(
        intervalNanos, timeoutNanos, unhealthyThreshold, healthyThreshold, calm, repair, alerts);
  }

  /// These rules with other alerts.
  public MonitorRules withAlerts(AlertRules other) {
    return new MonitorRules(
        intervalNanos,
        timeoutNanos,
        unhealthyThreshold,
        healthyThreshold,
        calm,
        intervention,
        other);
  }

  /// These rules on another grid.
  public MonitorRules withInterval(long nanos) {
    return new MonitorRules(
        nanos, timeoutNanos, unhealthyThreshold, healthyThreshold, calm, intervention, alerts);
  }
}
