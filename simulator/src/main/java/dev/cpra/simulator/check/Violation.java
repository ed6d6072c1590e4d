package dev.cpra.simulator.check;

/// Something that must hold does not.
public final class Violation extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// The monitor of a violation that concerns none in particular.
  public static final int NO_MONITOR = -1;

  private final String checker;
  private final String what;
  private final int monitor;
  private final long nowNanos;

  /// A violation.
  ///
  /// @param checker the name of the checker that found it
  /// @param monitor the handle concerned, or [#NO_MONITOR]
  /// @param nowNanos when, on the engine's clock
  /// @param message what was expected and what was found
  public Violation(String checker, int monitor, long nowNanos, String message) {
    super(message);
    this.checker = checker;
    this.what = message;
    this.monitor = monitor;
    this.nowNanos = nowNanos;
  }

  /// The name of the checker that found it.
  public String checker() {
    return checker;
  }

  /// What was expected and what was found.
  public String what() {
    return what;
  }

  /// The handle concerned, or [#NO_MONITOR].
  public int monitor() {
    return monitor;
  }

  /// When, on the engine's clock.
  public long nowNanos() {
    return nowNanos;
  }
}
