package dev.cpra.harness.trial;

import org.jspecify.annotations.Nullable;

/// What was seen while one rate was offered for a while, and whether the schedule was kept.
///
/// @param offeredPerSecond pulses per second that the schedule asks for
/// @param seconds how long it was watched
/// @param due pulses that became due meanwhile
/// @param applied outcomes applied meanwhile, all lanes
/// @param missed slots that passed meanwhile without a pulse
/// @param waiting pulses that waited for their lane at the end
/// @param latenessP99Us 99th percentile of lateness in microseconds, null without a pulse
record Held(
    double offeredPerSecond,
    double seconds,
    long due,
    long applied,
    long missed,
    long waiting,
    @Nullable Double latenessP99Us) {
  /// Of the slots that the schedule asks for, so many become due at least. Less means that the
  /// engine did not even come round to them; the rest is room for the edges of a coarse tick.
  static final double DUE_SHARE_MIN = 0.9;

  /// Of the slots due, at most so many are missed.
  static final double MISSED_SHARE_MAX = 0.001;

  /// Lateness that 99 % stay below, and for how long the pulses that wait may have been due: a
  /// quarter of a second, which leaves room for engines that tick ten times a second.
  static final double LATE_SECONDS_MAX = 0.25;

  /// A few pulses may wait whatever the rate.
  private static final long WAITING_ALWAYS = 8;

  /// Pulses that may wait at this rate.
  static long waitingMax(double perSecond) {
    return Math.max(WAITING_ALWAYS, (long) (perSecond * LATE_SECONDS_MAX));
  }

  /// Why the schedule was not kept, or null if it was.
  @Nullable String broken() {
    double asked = offeredPerSecond * seconds;
    if (due < asked * DUE_SHARE_MIN - WAITING_ALWAYS) {
      return "only %d of %.0f slots became due".formatted(due, asked);
    }
    if (missed > due * MISSED_SHARE_MAX) {
      return "%d of %d slots were missed".formatted(missed, due);
    }
    if (waiting > waitingMax(offeredPerSecond)) {
      return waiting + " pulses waited";
    }
    Double late = latenessP99Us;
    if (late != null && late > LATE_SECONDS_MAX * 1e6) {
      return "1 %% were more than %.0f ms late".formatted(late / 1e3);
    }
    return null;
  }

  /// Pulses per second that became due.
  double duePerSecond() {
    return seconds == 0 ? 0 : due / seconds;
  }
}
