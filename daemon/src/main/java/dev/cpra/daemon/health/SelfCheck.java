package dev.cpra.daemon.health;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Decides which alarms are on. Passive and used by one thread: time is a parameter, what is known
/// is handed in.
///
/// **Behind schedule** is judged window by window, so that a single late check is none: a window is
/// bad when more than a share of its checks left late, or when checks waited and none left. So many
/// bad windows in a row raise the alarm, as many good ones clear it.
public final class SelfCheck {
  /// An alarm went on or off.
  ///
  /// @param alarm which
  /// @param on whether it is on now
  /// @param why what was found, for people
  public record Change(Alarm alarm, boolean on, String why) {}

  private final SelfCheckLimits limits;
  private final Map<Alarm, String> on = new EnumMap<>(Alarm.class);
  private final List<Change> changes = new ArrayList<>();
  private boolean started;
  private long windowNanos;
  private long windowDispatched;
  private long windowLate;
  private int badWindows;
  private int goodWindows;
  private long auditBroken;
  private long auditNanos;
  private long limitsReached;
  private long limitNanos;

  /// No alarm is on.
  public SelfCheck(SelfCheckLimits limits) {
    this.limits = limits;
  }

  /// Looks once; called about once a second.
  ///
  /// @return what changed since the last look
  public List<Change> look(Observation seen, long nowNanos) {
    changes.clear();
    if (!started) {
      started = true;
      openWindow(seen, nowNanos);
    }
    set(Alarm.ENGINE_DEAD, !seen.dead().isEmpty(), seen.dead());
    set(
        Alarm.ENGINE_STALLED,
        seen.dead().isEmpty() && seen.tickAgeNanos() > limits.stallNanos(),
        "the last tick was " + seconds(seen.tickAgeNanos()) + " ago");
    schedule(seen, nowNanos);
    stateLog(seen.stateLog());
    set(Alarm.LEDGER_UNBALANCED, !seen.imbalance().isEmpty(), seen.imbalance());
    defects(seen, nowNanos);
    return List.copyOf(changes);
  }

  /// The alarms that are on, each with why.
  public Map<Alarm, String> alarms() {
    return Map.copyOf(on);
  }

  private void schedule(Observation seen, long nowNanos) {
    if (nowNanos - windowNanos < limits.windowNanos()) {
      return;
    }
    long dispatched = seen.dispatched() - windowDispatched;
    long late = seen.late() - windowLate;
    boolean stuck = dispatched == 0 && seen.waiting() > 0;
    if (stuck || late > limits.lateShare() * dispatched) {
      badWindows++;
      goodWindows = 0;
    } else {
      goodWindows++;
      badWindows = 0;
    }
    if (badWindows >= limits.windows()) {
      set(
          Alarm.BEHIND_SCHEDULE,
          true,
          late
              + " of "
              + dispatched
              + " checks left more than "
              + seconds(limits.lateNanos())
              + " late in "
              + seconds(nowNanos - windowNanos)
              + ", "
              + seen.waiting()
              + " wait");
    } else if (goodWindows >= limits.windows()) {
      set(Alarm.BEHIND_SCHEDULE, false, "");
    }
    openWindow(seen, nowNanos);
  }

  private void openWindow(Observation seen, long nowNanos) {
    windowNanos = nowNanos;
    windowDispatched = seen.dispatched();
    windowLate = seen.late();
  }

  private void stateLog(Observation.StateLogStatus log) {
    set(Alarm.STATE_LOG_FAILING, !log.failure().isEmpty(), log.failure());
    set(
        Alarm.STATE_LOG_BEHIND,
        log.oldestNanos() > limits.stateLogNanos(),
        log.pending()
            + " states wait to be written, the oldest change for "
            + seconds(log.oldestNanos()));
  }

  private void defects(Observation seen, long nowNanos) {
    if (seen.auditBroken() > auditBroken) {
      auditBroken = seen.auditBroken();
      auditNanos = nowNanos;
      set(Alarm.AUDIT_BROKEN, true, auditBroken + " monitors so far, repaired");
    } else if (nowNanos - auditNanos >= limits.defectNanos()) {
      set(Alarm.AUDIT_BROKEN, false, "");
    }
    if (seen.limitsReached() > limitsReached) {
      limitsReached = seen.limitsReached();
      limitNanos = nowNanos;
      set(Alarm.LIMIT_REACHED, true, limitsReached + " times so far");
    } else if (nowNanos - limitNanos >= limits.defectNanos()) {
      set(Alarm.LIMIT_REACHED, false, "");
    }
  }

  private void set(Alarm alarm, boolean toOn, String why) {
    if (toOn) {
      if (on.put(alarm, why) == null) {
        changes.add(new Change(alarm, true, why));
      }
    } else {
      String was = on.remove(alarm);
      if (was != null) {
        changes.add(new Change(alarm, false, was));
      }
    }
  }

  private static String seconds(long nanos) {
    long tenths = nanos / 100_000_000;
    return tenths / 10 + "." + tenths % 10 + " s";
  }
}
