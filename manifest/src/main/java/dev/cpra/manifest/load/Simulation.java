package dev.cpra.manifest.load;

/// What the seed of a simulation decides besides outcomes and latencies.
///
/// @param faults how many faults it draws, of any kind, beside those of the load
/// @param longestNanos the longest of them
/// @param variedRules whether each monitor's rules are drawn around those of its entry
/// @param variedSizes whether tick, grace, queues, batches and workers are drawn up to those of the
///   load
public record Simulation(int faults, long longestNanos, boolean variedRules, boolean variedSizes) {
  /// Nothing more.
  public static final Simulation PLAIN = new Simulation(0, 0, false, false);
}
