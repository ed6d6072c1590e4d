package dev.cpra.manifest.load;

/// What a job of the load does.
///
/// @param kind nothing, a script, or the real thing
/// @param seed of the script
/// @param failure share of scripted jobs that fail, 0 to 1
/// @param latency how long scripted jobs take
public record Work(Kind kind, long seed, double failure, Latency latency) {
  /// Jobs that end at once and well.
  public static final Work NOTHING = new Work(Kind.NOOP, 0, 0, Latency.NONE);

  /// What executes a job.
  public enum Kind {
    /// Every job is ok at once.
    NOOP,
    /// Outcome and duration are drawn from the seed.
    SCRIPTED,
    /// Real probes against the load's targets.
    WIRE
  }

  /// A distribution by two of its quantiles.
  ///
  /// @param p50Nanos the median
  /// @param p99Nanos the 99th percentile, at least the median
  public record Latency(long p50Nanos, long p99Nanos) {
    /// Always zero.
    public static final Latency NONE = new Latency(0, 0);
  }
}
