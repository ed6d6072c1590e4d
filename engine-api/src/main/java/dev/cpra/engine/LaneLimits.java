package dev.cpra.engine;

/// Sizes of one lane's queues.
///
/// @param queueJobs jobs the lane holds before it refuses further ones
/// @param batchJobs most jobs in one batch; intervention lanes always use 1
/// @param outcomeBatches batches of outcomes that wait for the engine before workers have to
public record LaneLimits(int queueJobs, int batchJobs, int outcomeBatches) {

  /// Checks the ranges.
  public LaneLimits {
    Check.range("queue", queueJobs, 1, 1 << 26);
    Check.range("batch", batchJobs, 1, 1 << 16);
    Check.range("outcome batches", outcomeBatches, 2, 1 << 26);
  }

  /// A queue of so many jobs with the default batch of 64, and room for as many outcome batches.
  public static LaneLimits of(int queueJobs) {
    return new LaneLimits(queueJobs, 64, Math.max(64, queueJobs));
  }
}
