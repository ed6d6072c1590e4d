package dev.cpra.engine;

/// One of the three ways jobs leave an engine, each with its own queue, workers and account.
public enum Lane {
  /// Health checks.
  PULSE,
  /// Remediation of a target.
  INTERVENTION,
  /// Delivery of colour-coded alerts.
  CODE;

  private static final Lane[] ALL = values();

  /// How many lanes there are.
  public static final int COUNT = ALL.length;

  /// The lane with this ordinal, without the copy that [#values()] makes.
  public static Lane of(int ordinal) {
    return ALL[ordinal];
  }
}
