package dev.cpra.simulator.work;

/// How long a worker of one lane may take for a job. Any thread.
@FunctionalInterface
public interface JobTimeouts {
  /// The timeout of this monitor's jobs in nanoseconds, the grace left out.
  long timeoutNanos(int monitor);
}
