package dev.cpra.manifest.load;

import dev.cpra.engine.Lane;
import java.util.Map;

/// Sizes of an engine and its lanes, and how its thread sleeps.
///
/// @param tickNanos D
/// @param graceNanos added to a job's timeout for its way through queues and workers
/// @param batch most jobs in one batch where a lane says nothing else
/// @param lanes every lane has its settings
/// @param spinNanos how long before a wake-up the engine's thread stops sleeping and spins
/// @param timerSlackNanos how much later than asked the kernel may wake a thread; 0 for the
///   system's own
public record EngineSettings(
    long tickNanos,
    long graceNanos,
    int batch,
    Map<Lane, LaneSettings> lanes,
    long spinNanos,
    long timerSlackNanos) {
  /// The settings of this lane.
  public LaneSettings lane(Lane lane) {
    LaneSettings settings = lanes.get(lane);
    if (settings == null) {
      throw new IllegalStateException("lane " + lane + ": no settings");
    }
    return settings;
  }

  /// Sizes of one lane.
  ///
  /// @param queue jobs it holds before it refuses further ones
  /// @param workers jobs that run at once
  /// @param batch most jobs in one batch, 1 in the intervention lane
  public record LaneSettings(int queue, int workers, int batch) {}
}
