package dev.cpra.daemon.core;

import dev.cpra.probes.Probe;
import dev.cpra.probes.ProbeRun;

/// A probe that is made of its configuration for each job, as one that is kept weighs many times
/// what its configuration does: requests ready to be sent, parsed addresses. Immutable.
///
/// @param maker makes the probe, each time an equal one; thread-safe
/// @param config of which it is made
record MadeAnew<C>(Maker<C> maker, C config, long timeoutNanos) implements Probe {
  /// Makes probes.
  @FunctionalInterface
  interface Maker<C> {
    /// A probe for this configuration.
    ///
    /// @throws IllegalArgumentException if it cannot be served; the message holds no secret
    Probe make(C config, long timeoutNanos);
  }

  @Override
  public void attach() {
    maker.make(config, timeoutNanos).attach();
  }

  @Override
  public ProbeRun newRun() {
    return maker.make(config, timeoutNanos).newRun();
  }
}
