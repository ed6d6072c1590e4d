package dev.cpra.daemon.health;

/// When something becomes an alarm.
///
/// @param stallNanos the engine has not ticked for this long
/// @param lateNanos a check counts as late when it leaves the engine this long after its time; must
///   be one of the bounds that lateness is counted by
/// @param lateShare behind schedule is a window in which more than this share was late
/// @param windowNanos how long the share is counted before it is judged
/// @param windows so many windows in a row raise or clear the alarm
/// @param stateLogNanos a state has waited for this long to be written
/// @param defectNanos how long an alarm of a single event (audit, limit) lasts after the last one
public record SelfCheckLimits(
    long stallNanos,
    long lateNanos,
    double lateShare,
    long windowNanos,
    int windows,
    long stateLogNanos,
    long defectNanos) {
  private static final long SECOND = 1_000_000_000;

  /// A stall of 5 s; 1 % of the checks later than 1 s in two windows of 10 s; a state that waited
  /// for 30 s; 10 minutes of alarm after a defect.
  public static final SelfCheckLimits DEFAULT =
      new SelfCheckLimits(5 * SECOND, SECOND, 0.01, 10 * SECOND, 2, 30 * SECOND, 600 * SECOND);
}
