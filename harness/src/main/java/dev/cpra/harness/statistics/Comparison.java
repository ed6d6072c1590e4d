package dev.cpra.harness.statistics;

import org.jspecify.annotations.Nullable;

/// One metric of two variants.
///
/// @param metric what is compared
/// @param a the first variant's name
/// @param b the second variant's name
/// @param ratio the median over pairs of a's figure / b's; null without a pair
/// @param low lower end of the 95 % interval, of the range with two pairs; null with fewer
/// @param high upper end
/// @param pairs rounds in which both have a figure
/// @param test the test; null below three pairs
/// @param pAdjusted its p, adjusted over the metrics of these two variants after Holm
/// @param smallestEffectPercent the smallest effect that would have been seen with a power of 0.9
/// @param verdict what may be claimed
/// @param note why nothing is compared or claimed, or what limits the claim; null if there is
///   nothing to add
public record Comparison(
    Metric metric,
    String a,
    String b,
    @Nullable Double ratio,
    @Nullable Double low,
    @Nullable Double high,
    int pairs,
    @Nullable PairedTest test,
    @Nullable Double pAdjusted,
    @Nullable Double smallestEffectPercent,
    Verdict verdict,
    @Nullable String note) {

  /// The verdict as `report.json` has it.
  public String verdictText() {
    return verdict == Verdict.NOT_COMPARED && note != null
        ? verdict.text() + " (" + note + ")"
        : verdict.text();
  }

  /// The better variant's name; null if none was shown to be.
  public @Nullable String winner() {
    return switch (verdict) {
      case A_BETTER -> a;
      case B_BETTER -> b;
      case NO_DIFFERENCE_SHOWN, NOT_COMPARED -> null;
    };
  }
}
