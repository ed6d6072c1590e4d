package dev.cpra.probes;

/// A prepared way to do one kind of job for one target: a check, a repair or a delivery.
///
/// Immutable, but for what [#attach] does, and shared by threads. All state of one execution lives
/// in the [ProbeRun] it makes, which is used once, so nothing survives a check.
public interface Probe {
  /// Longest time one execution may take, in nanoseconds; the job's deadline may cut it shorter.
  long timeoutNanos();

  /// A monitor with this probe runs from now on: one that is prepared and then refused never does.
  /// Before its executions, by the engine's thread; once more does no harm.
  default void attach() {}

  /// A fresh execution.
  ProbeRun newRun();

  /// What its executions take for the job's detail: the job's own, unless something else is to be
  /// told.
  default int detail(int job) {
    return job;
  }
}
