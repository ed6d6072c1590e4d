package dev.cpra.engine;

/// The lifecycle state of one monitor in one `long`, so that [Lifecycle] can be pure functions over
/// primitives and engines may store it as they like.
///
/// ```
/// bit   0  phase (2)       8  waiting             30  attempts (10)
///       2  paused          9  run (11, signed)    40  verify left (10)
///       3  warned         20  expiries (10)       50  effects, see Lifecycle (13)
///       4  incident
///       5  verifying       run > 0: the streak of oks
///       6  unknown         run < 0: minus the failures
///       7  alerted         never both: an ok ends the failures, a failure ends the streak
/// ```
///
/// Counters saturate at [#COUNTER_MAX], above every threshold that [MonitorRules] accepts. The low
/// [#HOT_BITS] bits are all that a healthy monitor uses; engines may keep the counters above them
/// elsewhere and only for monitors that have any ([#RARE_MASK]).
public final class Vitals {
  /// Phase: no job in flight, none due.
  public static final int IDLE = 0;

  /// Phase: a pulse is in flight.
  public static final int PULSE_IN_FLIGHT = 1;

  /// Phase: an intervention is due, now or after its delay.
  public static final int INTERVENTION_DUE = 2;

  /// Phase: an intervention is in flight.
  public static final int INTERVENTION_IN_FLIGHT = 3;

  /// Flag: nothing new starts.
  public static final long PAUSED = 1L << 2;

  /// Flag: yellow was called for since the last green.
  public static final long WARNED = 1L << 3;

  /// Flag: an incident is open.
  public static final long INCIDENT = 1L << 4;

  /// Flag: an intervention ran, pulses decide whether it helped.
  public static final long VERIFYING = 1L << 5;

  /// Flag: U checks in a row did not end.
  public static final long UNKNOWN = 1L << 6;

  /// Flag: an alert of a configured colour was raised since the last green.
  public static final long ALERTED = 1L << 7;

  /// Flag: a pulse is due and its lane has not taken it yet.
  public static final long WAITING = 1L << 8;

  /// All flags.
  public static final long FLAGS =
      PAUSED | WARNED | INCIDENT | VERIFYING | UNKNOWN | ALERTED | WAITING;

  /// How many low bits hold phase, flags and run.
  public static final int HOT_BITS = 20;

  /// The bits of phase, flags and run.
  public static final long HOT_MASK = (1L << HOT_BITS) - 1;

  /// The bits of expiries, attempts and verify left: all zero in a healthy monitor.
  public static final long RARE_MASK = ((1L << 30) - 1) << HOT_BITS;

  /// The bits of a state without effects.
  public static final long STATE_MASK = HOT_MASK | RARE_MASK;

  /// Where every counter saturates.
  public static final int COUNTER_MAX = 1_023;

  /// A monitor that was just added.
  public static final long INITIAL = 0;

  static final long PHASE_MASK = 3;
  private static final int RUN_SHIFT = 9;
  private static final long RUN_MASK = 0x7FFL << RUN_SHIFT;
  private static final int EXPIRIES_SHIFT = 20;
  private static final int ATTEMPTS_SHIFT = 30;
  private static final int VERIFY_SHIFT = 40;
  private static final long COUNTER_BITS = 0x3FF;

  private Vitals() {}

  /// The phase, one of the four constants.
  public static int phase(long vitals) {
    return (int) (vitals & PHASE_MASK);
  }

  /// The vitals in another phase.
  public static long withPhase(long vitals, int phase) {
    return (vitals & ~PHASE_MASK) | phase;
  }

  /// Whether any of these flags is set.
  public static boolean has(long vitals, long flags) {
    return (vitals & flags) != 0;
  }

  /// Failures in a row.
  public static int failures(long vitals) {
    return Math.max(0, -run(vitals));
  }

  /// Oks in a row, counted from the last failure or green.
  public static int streak(long vitals) {
    return Math.max(0, run(vitals));
  }

  /// Expired pulses in a row.
  public static int expiries(long vitals) {
    return (int) (vitals >>> EXPIRIES_SHIFT & COUNTER_BITS);
  }

  /// Intervention attempts not yet forgotten.
  public static int attempts(long vitals) {
    return (int) (vitals >>> ATTEMPTS_SHIFT & COUNTER_BITS);
  }

  /// Pulses that must still pass while verifying.
  public static int verifyLeft(long vitals) {
    return (int) (vitals >>> VERIFY_SHIFT & COUNTER_BITS);
  }

  /// Streak if positive, minus the failures if negative.
  static int run(long vitals) {
    return (int) (vitals << (64 - RUN_SHIFT - 11) >> (64 - 11));
  }

  static long withRun(long vitals, int run) {
    int saturated = Math.clamp(run, -COUNTER_MAX, COUNTER_MAX);
    return (vitals & ~RUN_MASK) | ((long) saturated << RUN_SHIFT & RUN_MASK);
  }

  static long withExpiries(long vitals, int expiries) {
    return withCounter(vitals, EXPIRIES_SHIFT, expiries);
  }

  static long withAttempts(long vitals, int attempts) {
    return withCounter(vitals, ATTEMPTS_SHIFT, attempts);
  }

  static long withVerifyLeft(long vitals, int left) {
    return withCounter(vitals, VERIFY_SHIFT, left);
  }

  private static long withCounter(long vitals, int shift, int value) {
    long saturated = Math.min(value, COUNTER_MAX);
    return (vitals & ~(COUNTER_BITS << shift)) | saturated << shift;
  }

  /// The state in words, for traces and error messages, such as `idle warned failures=2`.
  public static String describe(long vitals) {
    StringBuilder text = new StringBuilder(64);
    text.append(
        switch (phase(vitals)) {
          case IDLE -> "idle";
          case PULSE_IN_FLIGHT -> "pulse-in-flight";
          case INTERVENTION_DUE -> "intervention-due";
          default -> "intervention-in-flight";
        });
    appendFlag(text, vitals, PAUSED, "paused");
    appendFlag(text, vitals, WARNED, "warned");
    appendFlag(text, vitals, INCIDENT, "incident");
    appendFlag(text, vitals, VERIFYING, "verifying");
    appendFlag(text, vitals, UNKNOWN, "unknown");
    appendFlag(text, vitals, ALERTED, "alerted");
    appendFlag(text, vitals, WAITING, "waiting");
    appendCount(text, "failures", failures(vitals));
    appendCount(text, "streak", streak(vitals));
    appendCount(text, "expiries", expiries(vitals));
    appendCount(text, "attempts", attempts(vitals));
    appendCount(text, "verify-left", verifyLeft(vitals));
    return text.toString();
  }

  private static void appendFlag(StringBuilder text, long vitals, long flag, String name) {
    if (has(vitals, flag)) {
      text.append(' ').append(name);
    }
  }

  private static void appendCount(StringBuilder text, String name, int count) {
    if (count != 0) {
      text.append(' ').append(name).append('=').append(count);
    }
  }
}
