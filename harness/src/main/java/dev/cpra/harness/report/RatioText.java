package dev.cpra.harness.report;

import dev.cpra.harness.statistics.Comparison;
import dev.cpra.harness.statistics.Verdict;

/// A comparison in the few words of a table's cell.
final class RatioText {

  private RatioText() {}

  /// The ratio; a dash without one.
  static String ratio(Comparison comparison) {
    Double ratio = comparison.ratio();
    return ratio == null ? "–" : Numbers.significant(ratio);
  }

  /// The interval, rounded outwards; empty without one.
  static String interval(Comparison comparison) {
    Double low = comparison.low();
    Double high = comparison.high();
    return low == null || high == null ? "" : Numbers.interval(low, high);
  }

  static String withInterval(Comparison comparison) {
    String interval = interval(comparison);
    return interval.isEmpty() ? ratio(comparison) : ratio(comparison) + " [" + interval + "]";
  }

  /// Who is better, or why nobody is.
  static String verdict(Comparison comparison) {
    if (comparison.verdict() == Verdict.NOT_COMPARED) {
      return "not compared: " + comparison.note();
    }
    String winner = comparison.winner();
    String verdict = winner == null ? "no difference shown" : winner + " better";
    String note = comparison.note();
    return note == null ? verdict : verdict + " (" + note + ")";
  }
}
