package dev.cpra.simulator;

import dev.cpra.engine.Lane;
import org.jspecify.annotations.Nullable;

/// Something that happens to a world at a time known beforehand.
///
/// @param atNanos since the start
/// @param fault the index of the fault it belongs to, -1 for a phase's
/// @param index tells the actions of a fault apart: chance is drawn by it
/// @param lane of a narrowed lane
/// @param value of a clock jump the distance in nanoseconds; of a narrowed lane the room left in
///   thousandths; of a phase its index; of a rise again the fault's
record Action(Kind kind, long atNanos, int fault, int index, @Nullable Lane lane, long value) {
  enum Kind {
    PHASE,
    NARROW,
    JUMP,
    ADD,
    REMOVE,
    CHANGE,
    PAUSE,
    RESUME_PAUSED,
    RUN_NOW,
    RESTART,
    CRASH
  }
}
