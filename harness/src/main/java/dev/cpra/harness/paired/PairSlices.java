package dev.cpra.harness.paired;

import java.util.List;

/// All slices of one pair.
///
/// @param loads in the order of the plan
/// @param backgroundShareA CPU time that a's JVM used beyond its slices, as a share of the time
///   that the slices of both took: what was not idle
/// @param backgroundShareB the same of b
public record PairSlices(List<LoadSlices> loads, double backgroundShareA, double backgroundShareB) {

  /// The slices of one load; those of one index were taken one right after the other.
  ///
  /// @param a in order
  /// @param b in order, as many
  /// @param tailsA histograms over all of a's slices
  /// @param tailsB histograms over all of b's slices
  public record LoadSlices(
      List<SliceFigures> a, List<SliceFigures> b, Answer.Tails tailsA, Answer.Tails tailsB) {}
}
