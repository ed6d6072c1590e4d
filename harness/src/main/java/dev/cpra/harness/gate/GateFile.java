package dev.cpra.harness.gate;

import dev.cpra.manifest.load.Load;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A gate as its file says.
///
/// @param file where it was read
/// @param name in reports
/// @param question which question it answers; null if it does not say
/// @param engines the engines it is about, at least one
/// @param budgetNanos how long a run may take
/// @param alpha the chance of a false pass, and that of a false regression
/// @param pairsMax pairs of one comparison at most
/// @param loads what runs and what it is held to, at least one
record GateFile(
    Path file,
    String name,
    @Nullable String question,
    List<String> engines,
    long budgetNanos,
    double alpha,
    int pairsMax,
    List<GateLoad> loads) {

  /// One load of a gate.
  ///
  /// @param load what runs
  /// @param monitors how many it has
  /// @param warmUpNanos the least time of a pair's warm-up
  /// @param sliceNanos how long a slice takes
  /// @param rounds slices that each side of a pair takes
  /// @param exact limits of exact figures
  /// @param paired limits of paired measuring
  record GateLoad(
      Load load,
      long monitors,
      long warmUpNanos,
      long sliceNanos,
      int rounds,
      List<Limit.Exact> exact,
      List<Limit.Paired> paired) {}
}
