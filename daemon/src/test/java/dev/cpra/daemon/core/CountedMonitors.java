package dev.cpra.daemon.core;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;

/// Counts to show. Of the monitors the first is down and was told of in red, the second is paused,
/// the last was not checked yet.
public final class CountedMonitors {
  private CountedMonitors() {}

  /// That many of them.
  public static MonitorCounts of(int monitors) {
    MonitorMeter meter = new MonitorMeter();
    for (int monitor = 0; monitor < monitors; monitor++) {
      meter.added(monitor);
      if (monitor < monitors - 1) {
        int end = monitor == 0 ? Transitions.FAILED : Transitions.OK;
        meter.ended(Lane.PULSE, monitor, 1, end, 0, 0);
      }
    }
    meter.changed(0, 0, Vitals.INCIDENT | Vitals.WARNED, 0);
    meter.raised(0, Code.RED, 0);
    if (monitors > 1) {
      meter.changed(1, 0, Vitals.PAUSED | Vitals.WARNED, 0);
    }
    return meter.take(true);
  }
}
