package dev.cpra.daemon.health;

import dev.cpra.daemon.state.StateLogStats;

/// What is known of the daemon at one moment. Counts are since the start.
///
/// @param dead what ended the engine's thread before its time, empty while it lives
/// @param tickAgeNanos how long ago the engine's thread said something of itself
/// @param dispatched checks that left the engine
/// @param late those of them later than [SelfCheckLimits#lateNanos]
/// @param waiting checks that are due and wait now
/// @param imbalance what does not add up in the account, empty if all does
/// @param auditBroken monitors that the audit found broken
/// @param limitsReached how often a bound of the engine was reached
/// @param stateLog the state log
public record Observation(
    String dead,
    long tickAgeNanos,
    long dispatched,
    long late,
    long waiting,
    String imbalance,
    long auditBroken,
    long limitsReached,
    StateLogStatus stateLog) {

  /// How the state log does.
  ///
  /// @param pending monitors whose state is not on disk yet
  /// @param oldestNanos how long the oldest change of any kind has waited that is not on disk
  /// @param failure why it cannot be written now, empty if it can
  public record StateLogStatus(long pending, long oldestNanos, String failure) {
    /// Nothing waits.
    public static final StateLogStatus IDLE = new StateLogStatus(0, 0, "");

    /// What the log says of itself, at this time of the daemon's clock.
    static StateLogStatus of(StateLogStats stats, long nowNanos) {
      long since = stats.waitingSinceNanos();
      return new StateLogStatus(
          stats.waiting(), since == 0 ? 0 : Math.max(0, nowNanos - since), stats.error());
    }
  }
}
