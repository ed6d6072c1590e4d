package dev.cpra.probes;

import org.jspecify.annotations.Nullable;

/// What a lane's jobs are to do. Handles are dense from 0 and are reused: what a handle means is
/// asked anew for each job. Must be safe to call from every loop and must not block.
@FunctionalInterface
public interface Targets {
  /// The probe for a job, or null if there is none: the job fails then, and is counted.
  ///
  /// @param monitor its handle
  /// @param number its dispatch number, which tells a job of a removed monitor from those of the
  ///   one that has its handle now
  /// @param detail 0 for a pulse, the attempt of an intervention, the ordinal of an alert's colour
  @Nullable Probe probe(int monitor, int number, int detail);
}
