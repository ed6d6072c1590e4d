package dev.cpra.engine;

/// What a worker says of a job. The byte constants stand in batches.
public final class Outcome {
  /// The job did what it was meant to do: the check passed, the repair ran, the alert was
  /// delivered.
  public static final byte OK = 0;

  /// The job ran and did not succeed.
  public static final byte FAILED = 1;

  /// The worker found the job past its deadline and handed it back unexecuted. It says nothing and
  /// is counted as stale: the engine's own deadline ends the job.
  public static final byte DISCARDED = 2;

  private Outcome() {}
}
