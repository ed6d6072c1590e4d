package dev.cpra.harness.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/// A share that was counted, with the interval of Clopper and Pearson (1934) at 95 %: exact, so
/// never narrower than it says.
///
/// @param hits how many
/// @param of out of how many, at least 1
public record Binomial(int hits, int of) {
  private static final double TAIL = 0.025;

  /// The share.
  public double share() {
    return (double) hits / of;
  }

  /// Lower end of the interval.
  public double low() {
    return hits == 0
        ? 0
        : BetaDistribution.of(hits, of - hits + 1).inverseCumulativeProbability(TAIL);
  }

  /// Upper end of the interval.
  public double high() {
    return hits == of
        ? 1
        : BetaDistribution.of(hits + 1, of - hits).inverseSurvivalProbability(TAIL);
  }
}
