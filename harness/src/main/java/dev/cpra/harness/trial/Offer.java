package dev.cpra.harness.trial;

/// What a [Climb] stands on: an engine that is offered a rate, and a clock. A rate is a multiple of
/// the load's own.
interface Offer {
  /// Offers this rate from now on, and lets the engine settle for about so long.
  void change(double rate, long settleNanos) throws InterruptedException;

  /// Watches the rate on offer for so long.
  ///
  /// @param measured whether the trial's figures (CPU, allocation, latencies) are taken meanwhile
  Held hold(long nanos, boolean measured) throws InterruptedException;

  /// How long the trial has run.
  long elapsedNanos();
}
