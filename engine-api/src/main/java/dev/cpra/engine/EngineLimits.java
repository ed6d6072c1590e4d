package dev.cpra.engine;

/// The bounds of an engine. Reaching one is refused with [LimitReachedException] and counted in
/// [Ledger#limitsReached].
///
/// @param maxMonitors monitors at one time
/// @param maxRules different rules at one time
/// @param maxCalls calls (update, remove, pause, runNow) between two ticks
/// @param tickNanos D: engine time advances in multiples of this; slots are booked at the first
///   multiple at or after their time
/// @param graceNanos added to a job's timeout for its way through queues and workers
public record EngineLimits(
    int maxMonitors, int maxRules, int maxCalls, long tickNanos, long graceNanos) {

  /// One millisecond.
  public static final long TICK_DEFAULT_NANOS = 1_000_000;

  /// One second.
  public static final long GRACE_DEFAULT_NANOS = 1_000_000_000;

  /// Most monitors an engine can have: handles and wheel entries stay within 31 bits.
  public static final int MONITORS_MAX = 100_000_000;

  /// Checks the ranges.
  public EngineLimits {
    Check.range("max monitors", maxMonitors, 1, MONITORS_MAX);
    Check.range("max rules", maxRules, 1, MONITORS_MAX);
    Check.range("max calls", maxCalls, 1, 4 * MONITORS_MAX);
    Check.range("tick", tickNanos, 1_000, 10_000_000_000L);
    Check.durationOrZero("grace", graceNanos);
  }

  /// Limits for so many monitors, the rest at their defaults. Rules may be twice as many: each
  /// monitor has those that an update takes from it until the next tick.
  public static EngineLimits of(int maxMonitors) {
    return new EngineLimits(
        maxMonitors,
        (int) Math.min(MONITORS_MAX, 2L * maxMonitors),
        2 * maxMonitors + 1024,
        TICK_DEFAULT_NANOS,
        GRACE_DEFAULT_NANOS);
  }

  /// These limits with another tick.
  public EngineLimits withTick(long nanos) {
    return new EngineLimits(maxMonitors, maxRules, maxCalls, nanos, graceNanos);
  }

  /// These limits with another grace.
  public EngineLimits withGrace(long nanos) {
    return new EngineLimits(maxMonitors, maxRules, maxCalls, tickNanos, nanos);
  }
}
