package dev.cpra.engine;

/// A call was refused because a bound of [EngineLimits] is reached. The engine is unchanged but for
/// [Ledger#limitsReached].
public final class LimitReachedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Names the limit and its value.
  public LimitReachedException(String limit, long value) {
    super("limit reached: " + limit + " is " + value + "; raise it in EngineLimits");
  }
}
