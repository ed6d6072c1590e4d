package dev.cpra.harness.gate;

import org.jspecify.annotations.Nullable;

/// What an exact figure says of its limit.
///
/// @param load the load's name
/// @param engine whose figure it is
/// @param limit what it is held to
/// @param value the figure; null if the engine has none of this name
/// @param other the same of the other build; null without one
/// @param decision what may be said
record ExactVerdict(
    String load,
    String engine,
    Limit.Exact limit,
    @Nullable Double value,
    @Nullable Double other,
    Decision decision) {

  /// Holds a figure to its limit. A bound on a figure that is not there is broken: a counter that
  /// was removed must not pass for one that stands still.
  static ExactVerdict of(
      String load,
      String engine,
      Limit.Exact limit,
      @Nullable Double value,
      @Nullable Double other) {
    return new ExactVerdict(load, engine, limit, value, other, decide(limit, value, other));
  }

  private static Decision decide(
      Limit.Exact limit, @Nullable Double value, @Nullable Double other) {
    Double most = limit.atMost();
    Double times = limit.atMostTimes();
    if (most == null && times == null) {
      return Decision.SHOWN;
    }
    if (value == null) {
      return Decision.REGRESSION;
    }
    if (most != null && value > most) {
      return Decision.REGRESSION;
    }
    if (times != null && other != null && value > times * other) {
      return Decision.REGRESSION;
    }
    return most == null && other == null ? Decision.NOT_MEASURED : Decision.PASS;
  }
}
