package dev.cpra.daemon.core;

import dev.cpra.engine.Code;

/// How many monitors are in which state, and what became of alerts, at one moment. Immutable.
public final class MonitorCounts {
  /// What became of an alert.
  public enum Alert {
    /// It joined its monitor's list.
    RAISED("raised"),
    /// It was called for, but its colour is not configured.
    SKIPPED("skipped"),
    /// Its receiver took it.
    DELIVERED("delivered"),
    /// It was given up.
    ABANDONED("abandoned"),
    /// Its monitor was removed.
    DROPPED("dropped");

    /// How many there are.
    public static final int COUNT = values().length;

    private final String label;

    Alert(String label) {
      this.label = label;
    }

    /// Its name in metrics.
    public String label() {
      return label;
    }
  }

  /// Nothing counted.
  static final MonitorCounts NONE =
      new MonitorCounts(
          new long[MonitorStatus.COUNT], new long[Code.COUNT * Alert.COUNT], new byte[0]);

  private final long[] byStatus;
  private final long[] alerts;
  private final byte[] handles;

  MonitorCounts(long[] byStatus, long[] alerts, byte[] handles) {
    this.byStatus = byStatus;
    this.alerts = alerts;
    this.handles = handles;
  }

  /// How many monitors have this status.
  public long monitors(MonitorStatus status) {
    return byStatus[status.ordinal()];
  }

  /// What became of the alerts of this colour, since the start.
  public long alerts(Code colour, Alert result) {
    return alerts[colour.ordinal() * Alert.COUNT + result.ordinal()];
  }

  /// Handles whose state is known are below this; 0 unless it was asked for.
  public int handles() {
    return handles.length;
  }

  /// Whether a handle is in use.
  public boolean isPresent(int handle) {
    return MonitorMeter.isPresent(handles[handle]);
  }

  /// The status of a monitor whose handle is in use.
  public MonitorStatus status(int handle) {
    return MonitorMeter.status(handles[handle]);
  }

  /// Whether a monitor's last check that ended was ok.
  public boolean isUp(int handle) {
    return (handles[handle] & MonitorMeter.UP) != 0;
  }

  /// Whether any check of a monitor has ended.
  public boolean isChecked(int handle) {
    return (handles[handle] & MonitorMeter.CHECKED) != 0;
  }
}
