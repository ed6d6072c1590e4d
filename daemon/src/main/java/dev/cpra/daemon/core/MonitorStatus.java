package dev.cpra.daemon.core;

import dev.cpra.engine.Vitals;

/// What a monitor is called in metrics: the first that fits, in this order.
public enum MonitorStatus {
  /// Nothing new starts.
  PAUSED("paused"),
  /// The target is down and nothing repairs it.
  INCIDENT("incident"),
  /// Its checks do not end: nothing is known.
  UNKNOWN("unknown"),
  /// A repair was made, checks decide whether it helped.
  VERIFYING("verifying"),
  /// It failed since it was last well.
  WARNED("warned"),
  /// Well, or not checked yet.
  OK("ok");

  private static final MonitorStatus[] ALL = values();

  /// How many there are.
  public static final int COUNT = ALL.length;

  private final String label;

  MonitorStatus(String label) {
    this.label = label;
  }

  /// Its name in metrics.
  public String label() {
    return label;
  }

  /// The status with this ordinal.
  public static MonitorStatus of(int ordinal) {
    return ALL[ordinal];
  }

  static MonitorStatus ofVitals(long vitals) {
    if (Vitals.has(vitals, Vitals.PAUSED)) {
      return PAUSED;
    }
    if (Vitals.has(vitals, Vitals.INCIDENT)) {
      return INCIDENT;
    }
    if (Vitals.has(vitals, Vitals.UNKNOWN)) {
      return UNKNOWN;
    }
    if (Vitals.has(vitals, Vitals.VERIFYING)) {
      return VERIFYING;
    }
    return Vitals.has(vitals, Vitals.WARNED) ? WARNED : OK;
  }
}
