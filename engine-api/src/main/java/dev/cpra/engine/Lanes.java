package dev.cpra.engine;

import java.util.Queue;

/// The three lanes between an engine and its workers.
///
/// @param pulse health checks
/// @param intervention remediation
/// @param code alerts
public record Lanes(LaneQueue pulse, LaneQueue intervention, LaneQueue code) {

  /// Makes the bounded queues that lanes stand on. Real engines get JCTools queues: jobs have one
  /// producer (the engine), outcomes one consumer (the engine). A capacity is a number of batches
  /// and at least that many must fit.
  public interface Queues {
    /// The queue from the engine to the workers.
    Queue<Batch> jobs(Lane lane, int capacity);

    /// The queue from the workers to the engine.
    Queue<Batch> outcomes(Lane lane, int capacity);
  }

  /// Lanes of these sizes.
  public static Lanes create(
      LaneLimits pulse, LaneLimits intervention, LaneLimits code, Queues queues) {
    return new Lanes(
        new LaneQueue(Lane.PULSE, pulse, queues),
        new LaneQueue(Lane.INTERVENTION, intervention, queues),
        new LaneQueue(Lane.CODE, code, queues));
  }

  /// One of the three.
  public LaneQueue lane(Lane lane) {
    return switch (lane) {
      case PULSE -> pulse;
      case INTERVENTION -> intervention;
      case CODE -> code;
    };
  }

  /// Publishes what is open in each lane.
  public void flush() {
    pulse.flush();
    intervention.flush();
    code.flush();
  }

  /// Whether any lane has outcomes for the engine.
  public boolean hasOutcomes() {
    return pulse.hasOutcomes() || intervention.hasOutcomes() || code.hasOutcomes();
  }

  /// Whom to call when outcomes were given in any lane.
  public void onOutcomes(Runnable listener) {
    pulse.onOutcomes(listener);
    intervention.onOutcomes(listener);
    code.onOutcomes(listener);
  }
}
