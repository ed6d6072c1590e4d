package dev.cpra.simulator;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import dev.cpra.simulator.check.Violation;

/// `room`: a job waits after a tick only if its lane is full.
final class LaneRoom {
  private LaneRoom() {}

  /// @throws Violation if an engine left jobs waiting that their lane would have taken
  static void check(Engine engine, Lanes lanes, long nowNanos) {
    for (Lane lane : Lane.values()) {
      long waiting = engine.ledger().lane(lane).waiting;
      int room = lanes.lane(lane).room();
      if (waiting > 0 && room > 0) {
        throw new Violation(
            "room",
            Violation.NO_MONITOR,
            nowNanos,
            "%d jobs wait for the %s lane, which has room for %d".formatted(waiting, lane, room));
      }
    }
  }
}
