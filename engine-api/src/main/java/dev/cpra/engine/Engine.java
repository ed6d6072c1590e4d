package dev.cpra.engine;

import java.util.Map;

/// Schedules the pulses, interventions and alerts of very many monitors.
///
/// **Not thread-safe, and passive**: one thread owns an engine and makes every call. An engine
/// never starts a thread, reads a clock, sleeps or blocks; time is a parameter, in nanoseconds on
/// the owner's clock, at least 0. That makes it testable in virtual time, and shardable.
///
/// What `update`, `remove`, `pause` and `runNow` change takes effect at the start of the next tick,
/// in call order, before outcomes are applied. A monitor is named by the **handle** that [#add]
/// returned; a call with a handle that is not in use throws [IllegalArgumentException].
///
/// One tick, in this order: calls; outcomes (pulses, interventions, codes, as they arrived);
/// expiries (lane by lane, by handle); slots booked and alerts and interventions that become due;
/// dispatch, lane by lane; open batches flushed. Of pulses the one that has waited longest goes
/// first, where waiting counts from the multiple of the limits' tick at which it was booked; of
/// interventions and of alerts the one due first, to the nanosecond; ties go by handle. A clock
/// that goes backwards is ignored until it catches up.
public interface Engine extends AutoCloseable {
  /// Adds a monitor.
  ///
  /// @param firstDueNanos its first slot; its grid is this plus multiples of the interval. A slot
  ///   that already passed is due at the next tick
  /// @return its handle, from 0; the one freed last is reused first
  /// @throws LimitReachedException if the engine is full or has too many different rules
  int add(MonitorRules rules, long firstDueNanos);

  /// Gives a monitor other rules; it keeps its state. If the interval changes its grid goes on as
  /// [Lifecycle#regrid] says, from the time of the tick that applies it. An open incident's
  /// reminder stays as planned, but rules without reminders or without red end it.
  void update(int monitor, MonitorRules rules);

  /// Removes a monitor; its handle is in use until the next tick, calls in between find it gone.
  /// What waits is cancelled, what is in flight ends as cancelled in flight.
  void remove(int monitor);

  /// Pauses or resumes a monitor; without effect if it is so already.
  void pause(int monitor, boolean paused);

  /// Makes a pulse due now, beside the grid; ignored and counted unless the monitor is idle, not
  /// paused and nothing waits.
  void runNow(int monitor, long nowNanos);

  /// Does all that is to be done at this time.
  ///
  /// @return how many jobs and outcomes were handled: 0 means there was nothing to do
  int tick(long nowNanos);

  /// A time before which no tick has anything to do, outcomes and calls apart; never later than the
  /// next thing due, [Long#MAX_VALUE] if nothing ever will be.
  long nextWakeupNanos();

  /// Whom to call when a tick has something to do that [#nextWakeupNanos] did not announce. Only an
  /// engine that owns a thread (see [EngineProvider#runsInVirtualTime]) ever calls it, on that
  /// thread; from then on its next wake-up is in the past. Set before the first tick.
  default void onWakeup(Runnable listener) {}

  /// From now on nothing is dispatched and no slot is booked: what waits is cancelled. Ticks go on
  /// applying outcomes and expiries; once nothing is in flight the engine is done. Alerts stay
  /// queued.
  void drain(long nowNanos);

  /// Copies a monitor's dynamic state.
  void read(int monitor, MonitorState into);

  /// Puts a state back into a monitor that was just added, before the next tick. What was in flight
  /// then never reports: see [Lifecycle#restored]; an alert in flight is due again. Numbers go on
  /// from the state's. Queued alerts count as raised. Where this needs the time (settling after an
  /// intervention in flight, an alert in flight that is due again) it is that of the next tick;
  /// what [#read] gives before that is not to be restored again.
  ///
  /// The next slot is `from.nextSlotNanos` if that is positive, else the one given to [#add]. A
  /// reminder that the monitor's rules do not have is forgotten.
  void restore(int monitor, MonitorState from);

  /// Checks the invariants of the handles from `from` on, repairs what is broken, and counts it in
  /// [Ledger#auditRepairs].
  ///
  /// @return how many of these monitors were broken
  int audit(int from, int count);

  /// The account, live: see [Ledger] for who may read it.
  Ledger ledger();

  /// How often the engine has done what costs it more than a field's change, by name, such as
  /// `structural_changes`; empty if it counts nothing. Counts since it was made, exact whatever the
  /// machine does, so that a gate can hold them. Makes a new map: not for every tick.
  default Map<String, Long> operations() {
    return Map.of();
  }

  /// Frees what the engine holds. Any call after it throws [IllegalStateException], except this
  /// one.
  @Override
  void close();
}
