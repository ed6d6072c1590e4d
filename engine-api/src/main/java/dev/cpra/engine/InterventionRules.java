package dev.cpra.engine;

/// How a monitor's target is repaired.
///
/// @param timeoutNanos how long one attempt may take, also how long it may wait for its lane
/// @param maxAttempts A: attempts before the monitor gives up and goes red, 1 to 1,000
/// @param retryDelayNanos pause before another attempt, and the time a repaired target gets to
///   settle
/// @param verify V: pulses that must pass after an attempt, 1 to 1,000
public record InterventionRules(
    long timeoutNanos, int maxAttempts, long retryDelayNanos, int verify) {

  /// Checks the ranges.
  public InterventionRules {
    Check.duration("intervention timeout", timeoutNanos);
    Check.count("intervention max_failures", maxAttempts);
    Check.durationOrZero("intervention retry_delay", retryDelayNanos);
    Check.count("intervention verify", verify);
  }
}
