package dev.cpra.daemon.core;

import dev.cpra.engine.Code;
import java.util.concurrent.atomic.AtomicLongArray;

/// What is known of a monitor that is not well. Written by the engine's thread but for the reason,
/// read by any.
final class Trouble {
  /// Why its last check failed, one line without secrets; empty if unknown.
  volatile String reason = "";

  /// When it began, 0 if it has not.
  volatile long sinceNanos;

  /// When its open incident was opened, 0 without one.
  volatile long incidentNanos;

  /// Whether an incident is open whose red a silence held back.
  volatile boolean untold;

  /// Interventions tried.
  volatile int attempts;

  private final AtomicLongArray raisedNanos = new AtomicLongArray(Code.COUNT);

  void raised(Code code, long nanos) {
    raisedNanos.set(code.ordinal(), nanos);
  }

  /// When the last alert of this colour was raised, 0 if none was in this process.
  long raisedNanos(int colour) {
    return raisedNanos.get(colour);
  }
}
