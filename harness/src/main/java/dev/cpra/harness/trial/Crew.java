package dev.cpra.harness.trial;

import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import org.jspecify.annotations.Nullable;

/// The workers of all lanes in one trial. Used by the trial's main thread.
interface Crew {
  /// How many threads take jobs of, and give outcomes to, a lane: decides its queues.
  int threads(Lane lane);

  /// Starts the workers on these lanes, before the engine runs.
  void start(Lanes lanes);

  /// Ends the workers once the engine has ended, and waits for them.
  void stop() throws InterruptedException;

  /// Jobs handed back unexecuted, all lanes; after [#stop].
  long discarded();

  /// Bytes sent and received per check; null without a network. After [#stop].
  default @Nullable Double wireBytesPerCheck() {
    return null;
  }
}
