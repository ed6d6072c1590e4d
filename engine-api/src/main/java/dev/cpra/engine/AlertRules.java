package dev.cpra.engine;

/// Which alerts a monitor sends and how stubbornly.
///
/// @param codes mask of the configured colours ([Code#bit()]); the others are skipped and counted
/// @param timeoutNanos how long one delivery may take
/// @param retries deliveries tried again after the first, 0 to 30; then the alert is abandoned
/// @param remindNanos an open incident's red is raised again after this long; 0 for never
public record AlertRules(int codes, long timeoutNanos, int retries, long remindNanos) {

  /// Most retries an alert may have.
  public static final int RETRIES_MAX = 30;

  /// The wait before the first retry; each further one waits twice as long, at most
  /// [#BACKOFF_MAX_NANOS].
  public static final long BACKOFF_FIRST_NANOS = 1_000_000_000L;

  /// The longest wait between two deliveries of one alert: one hour.
  public static final long BACKOFF_MAX_NANOS = 3_600_000_000_000L;

  /// No colour configured.
  public static final AlertRules NONE = new AlertRules(0, 10_000_000_000L, 5, 0);

  /// Checks the ranges.
  public AlertRules {
    if ((codes & ~Code.ALL_MASK) != 0) {
      throw new IllegalArgumentException("codes: expected a mask of Code bits, found " + codes);
    }
    Check.duration("alert timeout", timeoutNanos);
    Check.range("alert retries", retries, 0, RETRIES_MAX);
    Check.durationOrZero("remind", remindNanos);
  }

  /// The wait in nanoseconds after the given number of failed deliveries (1 or more) of one alert.
  public static long backoffNanos(int failedDeliveries) {
    int doublings = Math.min(failedDeliveries - 1, 20);
    return Math.min(BACKOFF_FIRST_NANOS << doublings, BACKOFF_MAX_NANOS);
  }
}
