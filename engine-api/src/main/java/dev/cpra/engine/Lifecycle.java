package dev.cpra.engine;

/// The rules of a monitor's life, and the only place with them: pure functions from [Vitals] and
/// [MonitorRules] to new vitals.
///
/// Each returns the new state in the low bits and, above them, the **effects** that the engine has
/// to carry out: alerts to queue ([#raised]), alerts to count as skipped ([#skipped]), and the
/// `INTERVENTION_*` and [#SETTLE] bits. Within one event yellow is queued before red. An engine
/// stores [#state] of the result.
///
/// Letters as in the rules: U, H, C, A, V are the thresholds of [MonitorRules] and
/// [InterventionRules].
public final class Lifecycle {
  private static final int RAISE_SHIFT = 50;
  private static final int SKIP_SHIFT = 55;

  /// Effect: an intervention is due now.
  public static final long INTERVENTION_NOW = 1L << 60;

  /// Effect: an intervention is due after the retry delay.
  public static final long INTERVENTION_LATER = 1L << 61;

  /// Effect: pulses resume at the first slot at least the retry delay from now.
  public static final long SETTLE = 1L << 62;

  /// All effect bits: zero in the result of an event that needs nothing but a store.
  public static final long EFFECTS = ~Vitals.STATE_MASK;

  private Lifecycle() {}

  /// The state to store: a result without its effects.
  public static long state(long result) {
    return result & Vitals.STATE_MASK;
  }

  /// Mask of the colours to queue.
  public static int raised(long result) {
    return (int) (result >>> RAISE_SHIFT) & Code.ALL_MASK;
  }

  /// Mask of the colours that were called for and are not configured (or, for green, have nothing
  /// to take back).
  public static int skipped(long result) {
    return (int) (result >>> SKIP_SHIFT) & Code.ALL_MASK;
  }

  /// A slot was reached: whether it is offered (true) or missed (false). The engine adds that a
  /// slot before the end of settling is missed too.
  public static boolean offersSlot(long vitals) {
    return (vitals & (Vitals.PHASE_MASK | Vitals.PAUSED | Vitals.WAITING)) == 0;
  }

  /// Whether `runNow` is heard: idle, not paused, nothing waiting.
  public static boolean hearsRunNow(long vitals) {
    return offersSlot(vitals);
  }

  /// A due pulse waits for its lane.
  public static long pulseWaits(long vitals) {
    return vitals | Vitals.WAITING;
  }

  /// A waiting pulse is given up (missed or cancelled).
  public static long pulseGivenUp(long vitals) {
    return vitals & ~Vitals.WAITING;
  }

  /// The lane took the pulse.
  public static long pulseDispatched(long vitals) {
    return Vitals.withPhase(vitals & ~Vitals.WAITING, Vitals.PULSE_IN_FLIGHT);
  }

  /// The pulse passed.
  public static long pulseOk(long vitals, MonitorRules rules) {
    long v = Vitals.withPhase(vitals, Vitals.IDLE);
    v = Vitals.withExpiries(v, 0);
    int streak = Vitals.streak(v);
    if (Vitals.has(v, Vitals.VERIFYING)) {
      int left = Vitals.verifyLeft(v) - 1;
      v = Vitals.withRun(v, streak);
      return left <= 0 ? green(v, rules) : Vitals.withVerifyLeft(v, left);
    }
    streak++;
    v = Vitals.withRun(v, streak);
    if (Vitals.has(v, Vitals.WARNED | Vitals.UNKNOWN | Vitals.INCIDENT)) {
      return streak >= rules.healthyThreshold() ? green(v, rules) : v;
    }
    return streak >= rules.calm() ? Vitals.withAttempts(v, 0) : v;
  }

  private static long green(long vitals, MonitorRules rules) {
    boolean somethingToTakeBack = Vitals.has(vitals, Vitals.ALERTED);
    long v = vitals & ~(Vitals.FLAGS & ~Vitals.PAUSED);
    v = Vitals.withVerifyLeft(Vitals.withRun(v, 0), 0);
    boolean configured = (rules.alerts().codes() & Code.GREEN.bit()) != 0;
    return v | effect(somethingToTakeBack && configured ? RAISE_SHIFT : SKIP_SHIFT, Code.GREEN);
  }

  /// The pulse ran and did not pass.
  public static long pulseFailed(long vitals, MonitorRules rules) {
    long v = Vitals.withPhase(vitals, Vitals.IDLE) & ~Vitals.UNKNOWN;
    int failures = Vitals.failures(v) + 1;
    v = Vitals.withExpiries(Vitals.withRun(v, -failures), 0);
    if (Vitals.has(v, Vitals.VERIFYING)) {
      v = Vitals.withVerifyLeft(v & ~Vitals.VERIFYING, 0);
      return interveneOrGiveUp(v, rules, INTERVENTION_LATER);
    }
    if (Vitals.has(v, Vitals.INCIDENT)) {
      return v;
    }
    if (!Vitals.has(v, Vitals.WARNED)) {
      v = raise(v | Vitals.WARNED, rules, Code.YELLOW);
    }
    return failures >= rules.unhealthyThreshold()
        ? interveneOrGiveUp(v, rules, INTERVENTION_NOW)
        : v;
  }

  /// The pulse's deadline passed. It says nothing about the target.
  public static long pulseExpired(long vitals, MonitorRules rules) {
    long v = Vitals.withPhase(vitals, Vitals.IDLE);
    int expiries = Vitals.expiries(v) + 1;
    v = Vitals.withExpiries(v, expiries);
    if (expiries >= rules.unhealthyThreshold() && !Vitals.has(v, Vitals.UNKNOWN)) {
      v = Vitals.withRun(v, -Vitals.failures(v));
      v = raise(v | Vitals.UNKNOWN, rules, Code.GRAY);
    }
    return v;
  }

  /// The lane took the intervention.
  public static long interventionDispatched(long vitals) {
    long v = Vitals.withPhase(vitals, Vitals.INTERVENTION_IN_FLIGHT);
    return Vitals.withAttempts(v, Vitals.attempts(v) + 1);
  }

  /// The lane did not take the intervention within its timeout and grace.
  public static long interventionNotTaken(long vitals, MonitorRules rules) {
    return interventionFailed(Vitals.withAttempts(vitals, Vitals.attempts(vitals) + 1), rules);
  }

  /// The intervention reported success.
  public static long interventionOk(long vitals, MonitorRules rules) {
    return raise(verify(vitals, rules), rules, Code.CYAN);
  }

  /// The intervention's deadline passed: what it did is unknown, the verifying pulses decide.
  public static long interventionExpired(long vitals, MonitorRules rules) {
    return verify(vitals, rules);
  }

  private static long verify(long vitals, MonitorRules rules) {
    long v = Vitals.withPhase(vitals, Vitals.IDLE) | Vitals.VERIFYING;
    return Vitals.withVerifyLeft(v, rules.verify()) | SETTLE;
  }

  /// The intervention reported failure.
  public static long interventionFailed(long vitals, MonitorRules rules) {
    return interveneOrGiveUp(Vitals.withPhase(vitals, Vitals.IDLE), rules, INTERVENTION_LATER);
  }

  /// A due intervention is given up (paused, or the rules no longer have one).
  public static long interventionGivenUp(long vitals) {
    return Vitals.withPhase(vitals, Vitals.IDLE);
  }

  /// The monitor is paused. The engine counts a waiting pulse as missed and a due intervention as
  /// cancelled.
  public static long pause(long vitals) {
    long v = (vitals | Vitals.PAUSED) & ~Vitals.WAITING;
    return Vitals.phase(v) == Vitals.INTERVENTION_DUE ? interventionGivenUp(v) : v;
  }

  /// The monitor goes on after a pause, with a clean slate but for its warned, unknown and incident
  /// flags.
  public static long resume(long vitals) {
    long v = Vitals.withExpiries(Vitals.withRun(vitals & ~Vitals.PAUSED, 0), 0);
    if (Vitals.phase(v) == Vitals.INTERVENTION_IN_FLIGHT) {
      return v;
    }
    return Vitals.withAttempts(Vitals.withVerifyLeft(v & ~Vitals.VERIFYING, 0), 0);
  }

  /// An open incident's red is repeated.
  public static long remind(long vitals, MonitorRules rules) {
    return raise(vitals, rules, Code.RED);
  }

  /// The state after a restart: whatever was in flight never reports. A pulse is forgotten; an
  /// intervention may have done something, so it counts as expired and is not repeated.
  public static long restored(long vitals, MonitorRules rules) {
    long v = state(vitals) & ~Vitals.WAITING;
    return switch (Vitals.phase(v)) {
      case Vitals.PULSE_IN_FLIGHT -> Vitals.withPhase(v, Vitals.IDLE);
      case Vitals.INTERVENTION_IN_FLIGHT -> interventionExpired(v, rules);
      case Vitals.INTERVENTION_DUE -> rules.intervention() == null ? interventionGivenUp(v) : v;
      default -> v;
    };
  }

  /// The next slot of a monitor whose interval changes: the last slot passed, plus as many new
  /// intervals as it takes to lie after `nowNanos`. So a shorter interval is felt at once and no
  /// two slots are closer than the new interval. A next slot whose time has come stays: it is due,
  /// and the new interval counts from it.
  public static long regrid(
      long nextSlotNanos, long oldIntervalNanos, long newIntervalNanos, long nowNanos) {
    if (nextSlotNanos <= nowNanos) {
      return nextSlotNanos;
    }
    long next = nextSlotNanos - oldIntervalNanos + newIntervalNanos;
    return next > nowNanos ? next : slotAfter(next, newIntervalNanos, nowNanos);
  }

  /// The first slot of the grid through `slotNanos` that lies after `nowNanos`; `slotNanos <=
  /// nowNanos`.
  public static long slotAfter(long slotNanos, long intervalNanos, long nowNanos) {
    return slotNanos + ((nowNanos - slotNanos) / intervalNanos + 1) * intervalNanos;
  }

  private static long interveneOrGiveUp(long vitals, MonitorRules rules, long when) {
    if (Vitals.attempts(vitals) < rules.maxAttempts()) {
      return Vitals.has(vitals, Vitals.PAUSED)
          ? vitals
          : Vitals.withPhase(vitals, Vitals.INTERVENTION_DUE) | when;
    }
    if (Vitals.has(vitals, Vitals.INCIDENT)) {
      return vitals;
    }
    return raise(vitals | Vitals.INCIDENT, rules, Code.RED);
  }

  private static long raise(long vitals, MonitorRules rules, Code code) {
    return (rules.alerts().codes() & code.bit()) != 0
        ? vitals | Vitals.ALERTED | effect(RAISE_SHIFT, code)
        : vitals | effect(SKIP_SHIFT, code);
  }

  private static long effect(int shift, Code code) {
    return (long) code.bit() << shift;
  }
}
