package dev.cpra.harness.result;

/// The account of one lane's jobs over a whole run, warm-up included, drained at the end.
///
/// ```
/// due        = dispatched + waiting + missed + cancelled
/// dispatched = ok + failed + expired + cancelledInFlight + inFlight
/// outcomes   = ok + failed + stale
/// ```
///
/// @param due jobs whose time has come
/// @param dispatched jobs the lane took
/// @param waiting jobs due and not taken at the end
/// @param missed slots that passed without a pulse
/// @param cancelled jobs given up before the lane took them
/// @param ok jobs that ended well
/// @param failed jobs that ran and failed
/// @param expired jobs whose deadline passed
/// @param cancelledInFlight jobs ended by the removal of their monitor
/// @param inFlight jobs taken and not ended at the end
/// @param stale outcomes that were not those of the job in flight
/// @param outcomes outcomes received
public record LaneCounts(
    long due,
    long dispatched,
    long waiting,
    long missed,
    long cancelled,
    long ok,
    long failed,
    long expired,
    long cancelledInFlight,
    long inFlight,
    long stale,
    long outcomes) {

  /// A lane without jobs.
  public static final LaneCounts NONE = new LaneCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// Whether the three equations hold.
  public boolean balanced() {
    return due == dispatched + waiting + missed + cancelled
        && dispatched == ok + failed + expired + cancelledInFlight + inFlight
        && outcomes == ok + failed + stale
        && waiting >= 0
        && inFlight >= 0;
  }

  /// The sum of two accounts.
  public LaneCounts plus(LaneCounts other) {
    return new LaneCounts(
        due + other.due,
        dispatched + other.dispatched,
        waiting + other.waiting,
        missed + other.missed,
        cancelled + other.cancelled,
        ok + other.ok,
        failed + other.failed,
        expired + other.expired,
        cancelledInFlight + other.cancelledInFlight,
        inFlight + other.inFlight,
        stale + other.stale,
        outcomes + other.outcomes);
  }
}
