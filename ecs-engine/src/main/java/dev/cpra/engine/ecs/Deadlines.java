package dev.cpra.engine.ecs;

/// The deadlines of pulses in flight. An engine has one for life, so that the calls are
/// monomorphic.
abstract class Deadlines {
  /// Where deadlines of pulses with this timeout are kept, to be given to [#add].
  abstract int ringFor(long timeoutNanos);

  /// Notes the deadline of a pulse.
  abstract void add(int ring, int monitor, int number, long dueNanos, long deadlineNanos);

  /// Finds the pulses in flight whose deadline is `nowNanos` or earlier and forgets them; they are
  /// then at [#monitor] by index, ascending by handle, until the next call.
  ///
  /// @return how many there are
  abstract int collect(long nowNanos);

  /// The monitor of the i-th expired pulse.
  abstract int monitor(int i);

  /// A time before which no pulse expires, [Long#MAX_VALUE] if none is in flight.
  abstract long earliest();

  /// The deadline noted for a pulse, 0 if there is none.
  abstract long deadlineOf(int monitor, int number);
}
