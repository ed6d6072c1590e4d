package dev.cpra.harness.paired;

/// What a child JVM is asked to do next: one line of JSON on its standard input, answered by one
/// [Answer].
///
/// @param kind what
/// @param load index of the load it is about
/// @param amount virtual ticks of a [Kind#TICKS], nanoseconds of the others; 0 where it has no
///   meaning
public record Ask(Kind kind, int load, long amount) {
  /// What a child can do.
  public enum Kind {
    /// Run a load for at least so long, and on until the compilers are silent, at most four times
    /// that.
    WARM_UP,
    /// Collect the garbage, so that no collection falls into a slice.
    COLLECT,
    /// Run a `saturate` load for so many virtual ticks.
    TICKS,
    /// Run an `open` load for so long.
    RUN,
    /// Give the histograms of all slices of a load so far.
    TAILS,
    /// Take the exact figures of a load, on an engine of their own.
    EXACT,
    /// Drain every engine, check the ledgers and end.
    END
  }
}
