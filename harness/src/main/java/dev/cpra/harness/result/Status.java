package dev.cpra.harness.result;

import org.jspecify.annotations.Nullable;

/// How a trial ended. Only a complete trial is compared.
///
/// @param kind how it ended
/// @param reason why, as a sentence for the report; null if and only if complete
public record Status(Kind kind, @Nullable String reason) {

  /// Ran all its phases, drained, and its figures may be compared.
  public static final Status COMPLETE = new Status(Kind.COMPLETE, null);

  /// Refuses a failure without a reason, and a reason without a failure.
  public Status {
    if ((kind == Kind.COMPLETE) != (reason == null)) {
      throw new IllegalArgumentException(
          "A trial has a reason if and only if it is not complete; found " + kind + ", " + reason);
    }
  }

  /// Stopped before its phases ended; shown, not compared.
  public static Status partial(String reason) {
    return new Status(Kind.PARTIAL, reason);
  }

  /// Ended, but broke a rule: a ledger out of balance, a missed slot under `saturate`, ...
  public static Status invalid(String reason) {
    return new Status(Kind.INVALID, reason);
  }

  /// Its process ended without a result.
  public static Status died(String reason) {
    return new Status(Kind.DIED, reason);
  }

  /// The four ways a trial ends.
  public enum Kind {
    /// All phases ran.
    COMPLETE,
    /// Stopped early.
    PARTIAL,
    /// Broke a rule.
    INVALID,
    /// Left no result.
    DIED
  }
}
