package dev.cpra.harness.paired;

import java.nio.file.Path;
import java.util.List;

/// How every pair of a comparison is taken.
///
/// @param loads what runs, in this order; at least one
/// @param monitors of the largest load
public record PairPlan(List<SlicedLoad> loads, long monitors) {

  /// One load of a pair.
  ///
  /// @param file the load file
  /// @param virtual whether its drive is `saturate`, else it is `open`
  /// @param warmUpNanos the least time of its warm-up
  /// @param sliceNanos how long a slice takes
  /// @param rounds how many slices each side takes
  public record SlicedLoad(
      Path file, boolean virtual, long warmUpNanos, long sliceNanos, int rounds) {}
}
