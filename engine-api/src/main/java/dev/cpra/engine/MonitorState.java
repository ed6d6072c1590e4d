package dev.cpra.engine;

/// Everything dynamic of one monitor, copied out by [Engine#read] and put back by [Engine#restore].
/// A mutable carrier without behaviour; whoever holds it owns it. Times are on the engine's clock.
public final class MonitorState {
  /// Phase, flags and counters, see [Vitals].
  public long vitals;

  /// The next slot on the monitor's grid.
  public long nextSlotNanos;

  /// The due time of the waiting pulse, or of the one in flight; 0 without one.
  public long pulseDueNanos;

  /// The number of the pulse last dispatched (in flight if the phase says so).
  public int pulseNumber;

  /// The deadline of the pulse in flight, 0 without one.
  public long pulseDeadlineNanos;

  /// The number of the intervention in flight, 0 without one.
  public int interventionNumber;

  /// Intervention due: when it is due. In flight: its deadline. Else: until when the target
  /// settles, 0 if it does not.
  public long interventionNanos;

  /// The undelivered alerts, see [Alerts].
  public long alerts;

  /// The number of the alert delivery in flight, 0 without one.
  public int codeNumber;

  /// First alert in flight: its deadline. Else: when it is due. 0 without alerts.
  public long codeNanos;

  /// When an open incident's red is repeated, 0 for never.
  public long remindNanos;
}
