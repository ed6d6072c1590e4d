package dev.cpra.daemon.core;

import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;

/// The number of the last intervention and of the last delivery that a lane took: one counter for
/// all monitors each. Owned by the engine's thread.
final class JobNumbers implements Transitions {
  private int intervention;
  private int code;

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    switch (lane) {
      case PULSE -> {} // counted by handle
      case INTERVENTION -> intervention = number;
      case CODE -> code = number;
    }
  }

  /// That of the last intervention, 0 before the first.
  int intervention() {
    return intervention;
  }

  /// That of the last delivery, 0 before the first.
  int code() {
    return code;
  }
}
