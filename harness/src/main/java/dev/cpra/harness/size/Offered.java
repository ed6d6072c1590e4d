package dev.cpra.harness.size;

import dev.cpra.manifest.MonitorSpec;

/// What a manifest's monitors ask of each lane, added up one by one. Not thread-safe.
///
/// Pulses come at the monitors' intervals. Interventions and alerts come when targets fail, which
/// no manifest says: a share of the monitors is taken to fail in the course of a given time.
public final class Offered {
  private long monitors;
  private long repaired;
  private double pulses;
  private double alerts;

  /// Counts a monitor, unless it is disabled.
  public void add(MonitorSpec monitor) {
    if (!monitor.enabled()) {
      return;
    }
    monitors++;
    pulses += 1e9 / monitor.rules().intervalNanos();
    repaired += monitor.intervention() == null ? 0 : 1;
    alerts += Integer.bitCount(monitor.rules().alerts().codes());
  }

  /// How many were counted.
  public long monitors() {
    return monitors;
  }

  /// Checks per second.
  public double pulses() {
    return pulses;
  }

  /// Interventions per second while `share` of the monitors fails within so many seconds, one each.
  public double interventions(double share, double seconds) {
    return repaired * share / seconds;
  }

  /// Alerts per second in the same case, every configured colour once.
  public double alerts(double share, double seconds) {
    return alerts * share / seconds;
  }
}
