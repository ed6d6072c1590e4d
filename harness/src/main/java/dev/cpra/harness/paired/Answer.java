package dev.cpra.harness.paired;

import org.jspecify.annotations.Nullable;

/// What a child JVM answers: one line on its standard output, a mark and then JSON.
///
/// @param problem why the child can't go on; null if all is well
/// @param slice figures of a slice or a warm-up
/// @param tails figures of [Ask.Kind#TAILS]
/// @param exact figures of [Ask.Kind#EXACT]
/// @param processCpuNanos CPU time of the whole process so far, of all its threads
public record Answer(
    @Nullable String problem,
    @Nullable SliceFigures slice,
    @Nullable Tails tails,
    @Nullable ExactFigures exact,
    long processCpuNanos) {
  /// What an answer's line starts with; lines without it are whatever libraries print.
  static final String MARK = "@cpra-pair ";

  /// Histograms of an `open` load, see [dev.cpra.harness.result.Histograms].
  ///
  /// @param latenessNanos the pulse lane's lateness; null if nothing was recorded
  /// @param responseNanos the pulse lane's response times; null if nothing was recorded
  public record Tails(@Nullable String latenessNanos, @Nullable String responseNanos) {}
}
