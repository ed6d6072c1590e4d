package dev.cpra.engine;

import org.jspecify.annotations.Nullable;

/// The exact account of one lane's jobs. At every instant
///
/// ```
/// due        = dispatched + waiting + missed + cancelled
/// dispatched = ok + failed + expired + cancelledInFlight + inFlight
/// outcomes   = ok + failed + stale
/// ```
///
/// `waiting` and `inFlight` are gauges, the rest only grows. Written by the engine's owner thread;
/// other threads get a copy made there.
public final class LaneLedger {
  /// Jobs whose time has come.
  public long due;

  /// Jobs the lane took.
  public long dispatched;

  /// Jobs due and not taken yet.
  public long waiting;

  /// Slots that passed without a pulse.
  public long missed;

  /// Jobs given up before the lane took them.
  public long cancelled;

  /// Jobs that ended well.
  public long ok;

  /// Jobs that ran and failed.
  public long failed;

  /// Jobs whose deadline passed.
  public long expired;

  /// Jobs ended by the removal of their monitor.
  public long cancelledInFlight;

  /// Jobs taken and not ended.
  public long inFlight;

  /// Outcomes that were not those of the job in flight, or said nothing.
  public long stale;

  /// Outcomes received.
  public long outcomes;

  /// Ok / (ok + failed + expired), from 0 to 1; null without such jobs.
  public @Nullable Double successRate() {
    long ended = ok + failed + expired;
    return ended == 0 ? null : (double) ok / ended;
  }

  /// What does not add up, as a sentence that names the figures; null when all does.
  public @Nullable String imbalance() {
    if (due != dispatched + waiting + missed + cancelled) {
      return "due "
          + due
          + " is not dispatched "
          + dispatched
          + " + waiting "
          + waiting
          + " + missed "
          + missed
          + " + cancelled "
          + cancelled;
    }
    if (dispatched != ok + failed + expired + cancelledInFlight + inFlight) {
      return "dispatched "
          + dispatched
          + " is not ok "
          + ok
          + " + failed "
          + failed
          + " + expired "
          + expired
          + " + cancelled in flight "
          + cancelledInFlight
          + " + in flight "
          + inFlight;
    }
    if (outcomes != ok + failed + stale) {
      return "outcomes "
          + outcomes
          + " is not ok "
          + ok
          + " + failed "
          + failed
          + " + stale "
          + stale;
    }
    if (waiting < 0 || inFlight < 0) {
      return "waiting " + waiting + " or in flight " + inFlight + " is negative";
    }
    return null;
  }

  /// Adds another account to this one.
  public void add(LaneLedger other) {
    due += other.due;
    dispatched += other.dispatched;
    waiting += other.waiting;
    missed += other.missed;
    cancelled += other.cancelled;
    ok += other.ok;
    failed += other.failed;
    expired += other.expired;
    cancelledInFlight += other.cancelledInFlight;
    inFlight += other.inFlight;
    stale += other.stale;
    outcomes += other.outcomes;
  }
}
