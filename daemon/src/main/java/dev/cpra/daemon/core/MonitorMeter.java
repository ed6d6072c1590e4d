package dev.cpra.daemon.core;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import java.util.Arrays;

/// Counts monitors by state and alerts by colour and fate, from what the engine tells. Owned by the
/// engine's thread. One byte per monitor:
///
/// ```
/// bit 0  status (3)    3  checked    4  up    5  colour of the alert in flight (3)
/// ```
final class MonitorMeter implements Transitions {
  static final int CHECKED = 1 << 3;
  static final int UP = 1 << 4;
  private static final int STATUS = 7;
  private static final int COLOUR_SHIFT = 5;
  private static final int ABSENT = 7;

  private final long[] byStatus = new long[MonitorStatus.COUNT];
  private final long[] alerts = new long[Code.COUNT * MonitorCounts.Alert.COUNT];
  private byte[] monitors = new byte[0];

  /// A monitor was added, well.
  void added(int monitor) {
    if (monitor >= monitors.length) {
      int before = monitors.length;
      monitors = Arrays.copyOf(monitors, Math.max(monitor + 1, before + before / 2 + 64));
      Arrays.fill(monitors, before, monitors.length, (byte) ABSENT);
    }
    put(monitor, (byte) MonitorStatus.OK.ordinal());
  }

  /// A monitor's state was put back.
  void restored(int monitor, long vitals) {
    set(monitor, vitals);
  }

  /// A monitor was removed; what it has in flight may still end.
  void gone(int monitor) {
    put(monitor, (byte) (monitors[monitor] | ABSENT));
  }

  /// The counts now.
  ///
  /// @param each whether the state of each monitor is wanted
  MonitorCounts take(boolean each) {
    return new MonitorCounts(
        byStatus.clone(), alerts.clone(), each ? monitors.clone() : new byte[0]);
  }

  static boolean isPresent(byte monitor) {
    return (monitor & STATUS) != ABSENT;
  }

  static MonitorStatus status(byte monitor) {
    return MonitorStatus.of(monitor & STATUS);
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    if (lane == Lane.CODE) {
      int rest = monitors[monitor] & ((1 << COLOUR_SHIFT) - 1);
      monitors[monitor] = (byte) (rest | detail << COLOUR_SHIFT);
    }
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    if (lane == Lane.PULSE && end <= FAILED) {
      int rest = monitors[monitor] & ~UP;
      monitors[monitor] = (byte) (rest | CHECKED | (end == OK ? UP : 0));
    } else if (lane == Lane.CODE && end == OK) {
      count(Code.of((monitors[monitor] & 0xFF) >>> COLOUR_SHIFT), MonitorCounts.Alert.DELIVERED);
    }
  }

  @Override
  public void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {
    set(monitor, vitalsAfter);
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    count(code, MonitorCounts.Alert.RAISED);
  }

  @Override
  public void skipped(int monitor, Code code, long nowNanos) {
    count(code, MonitorCounts.Alert.SKIPPED);
  }

  @Override
  public void abandoned(int monitor, Code code, long nowNanos) {
    count(code, MonitorCounts.Alert.ABANDONED);
  }

  @Override
  public void dropped(int monitor, Code code, long nowNanos) {
    count(code, MonitorCounts.Alert.DROPPED);
  }

  private void set(int monitor, long vitals) {
    int status = MonitorStatus.ofVitals(vitals).ordinal();
    if ((monitors[monitor] & STATUS) != status && isPresent(monitors[monitor])) {
      put(monitor, (byte) ((monitors[monitor] & ~STATUS) | status));
    }
  }

  private void put(int monitor, byte state) {
    if (isPresent(monitors[monitor])) {
      byStatus[monitors[monitor] & STATUS]--;
    }
    monitors[monitor] = state;
    if (isPresent(state)) {
      byStatus[state & STATUS]++;
    }
  }

  private void count(Code colour, MonitorCounts.Alert result) {
    alerts[colour.ordinal() * MonitorCounts.Alert.COUNT + result.ordinal()]++;
  }
}
