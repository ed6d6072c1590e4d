package dev.cpra.engine.peers;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.LimitReachedException;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.kit.HandleTable;
import dev.cpra.engine.kit.RuleTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What an engine's parts share: the monitors by handle, the account, the listener, the time.
final class Register {
  final EngineLimits limits;
  final Transitions listener;
  final Ledger ledger = new Ledger();
  final HandleTable handles;
  final RuleTable rules;

  /// The latest time given to a tick.
  long now;

  /// Whether the engine drains: nothing new starts.
  boolean draining;

  /// The engine time up to which slots are booked.
  long lastBookedTime = -1;

  private final long tickNanos;
  private @Nullable Watched[] watched = new Watched[64];

  Register(EngineLimits limits, Transitions listener) {
    this.limits = limits;
    this.listener = listener;
    tickNanos = limits.tickNanos();
    handles = new HandleTable(limits.maxMonitors());
    rules = new RuleTable(limits.maxRules());
  }

  /// A new monitor that is due nowhere yet.
  Watched add(MonitorRules wanted) {
    int rule = acquire(wanted);
    int handle;
    try {
      handle = handles.allocate();
    } catch (LimitReachedException e) {
      rules.release(rule);
      ledger.limitsReached++;
      throw e;
    }
    if (handle >= watched.length) {
      int length = Math.max(handle + 1, watched.length + (watched.length >> 1));
      watched = Arrays.copyOf(watched, Math.min(limits.maxMonitors(), length));
    }
    Watched one = watched[handle];
    if (one == null) {
      watched[handle] = one = new Watched(handle, wanted);
    }
    one.reset(Watched.NO_SLOT);
    one.rules = rules.get(rule);
    one.ruleId = rule;
    return one;
  }

  /// Takes rules into use and returns their id.
  int acquire(MonitorRules wanted) {
    try {
      return rules.acquire(wanted);
    } catch (LimitReachedException e) {
      ledger.limitsReached++;
      throw e;
    }
  }

  /// The monitor of a handle that was handed out before.
  Watched get(int handle) {
    Watched one = watched[handle];
    if (one == null) {
      throw new IllegalStateException("monitor " + handle + " was never added");
    }
    return one;
  }

  /// The monitor of a handle that came from outside, or null.
  @Nullable Watched find(int handle) {
    return handle >= 0 && handle < watched.length ? watched[handle] : null;
  }

  /// Stores vitals, and tells the listener if something it watches has changed.
  void store(Watched one, long after) {
    long before = one.vitals;
    one.vitals = after;
    if (((before ^ after) & Transitions.WATCHED) != 0) {
      listener.changed(one.handle, before, after, now);
    }
  }

  /// Engine time: the last multiple of the tick that `now` has reached.
  long bookedTime() {
    return now - now % tickNanos;
  }

  /// The first tick at or after a time.
  long tickAtOrAfter(long nanos) {
    return Math.ceilDiv(nanos, tickNanos);
  }

  /// Whether this is the first tick at or after a time.
  boolean isTickOf(long tick, long nanos) {
    long early = tick * tickNanos - nanos;
    return early >= 0 && early < tickNanos;
  }

  /// The pause between attempts, 0 without an intervention.
  static long retryDelay(MonitorRules rules) {
    InterventionRules intervention = rules.intervention();
    return intervention == null ? 0 : intervention.retryDelayNanos();
  }
}
