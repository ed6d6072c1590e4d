package dev.cpra.engine.ecs;

import dev.cpra.engine.Vitals;
import org.jspecify.annotations.Nullable;

/// Component of every monitor: all that a healthy one has, in one object changed in place, because
/// a field changed in place costs a tenth of a component that comes and goes.
///
/// It belongs to its handle and serves the monitors that have that handle one after the other, so
/// numbers go on across reuse. 40 bytes.
final class Pulse {
  /// How many low bits of the vitals stand here: the hot ones and the expiries above them. The bits
  /// above stand in [Intervention].
  static final int LOW_BITS = Vitals.HOT_BITS + 10;

  /// The bits of the vitals that stand here.
  static final long LOW_MASK = (1L << LOW_BITS) - 1;

  /// Who this is.
  final int handle;

  /// The number of the pulse last dispatched.
  int number;

  /// The low bits of the vitals.
  int vitals;

  /// The next slot on the grid.
  long slotNanos;

  /// How the monitor is to be treated.
  Rules rules;

  /// The rare components, null while there is none.
  @Nullable Rare rare;

  Pulse(int handle, Rules rules) {
    this.handle = handle;
    this.rules = rules;
  }

  int phase() {
    return Vitals.phase(vitals);
  }

  boolean has(long flags) {
    return (vitals & flags) != 0;
  }

  /// When the pulse that waits or is in flight was due: one interval before the next slot, unless
  /// something came between and it was [kept][Monitors#keepDue].
  long dueNanos() {
    return rare != null && rare.keepsDue ? rare.dueNanos : slotNanos - rules.intervalNanos;
  }

  /// Whether a pulse waits or is in flight.
  boolean hasPulse() {
    return has(Vitals.WAITING) || phase() == Vitals.PULSE_IN_FLIGHT;
  }

  /// Whether this is the pulse in flight.
  boolean isInFlight(int numberOf) {
    return number == numberOf && phase() == Vitals.PULSE_IN_FLIGHT;
  }
}
