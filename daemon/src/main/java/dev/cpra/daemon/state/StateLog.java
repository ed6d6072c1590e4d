package dev.cpra.daemon.state;

import java.time.Duration;

/// What outlives the daemon. Thread-safe. Only [#begin] and [#awaitDurable] block.
///
/// The newest state of a monitor wins: what waits is bounded by the number of monitors, however
/// long the disk takes. What was handed over is written in an order that never shows a state
/// without the end of the intervention that it tells of.
public interface StateLog extends AutoCloseable {
  /// What was found when the log was opened.
  RecoveredState recovered();

  /// A monitor's state is this now.
  void changed(MonitorRecord state);

  /// A monitor is watched no longer: what is known of it is forgotten, its interventions and
  /// incidents stay in the records.
  void removed(String monitor);

  /// Every state up to this tick has been handed over.
  void handed(long tickNanos);

  /// The tick up to which every state is on disk.
  long durableNanos();

  /// Waits until every state up to this tick is on disk.
  ///
  /// @return false if it is not within the bound, or the disk refuses to take anything: whoever
  ///   waits goes on without, which is counted
  boolean awaitDurable(long tickNanos, Duration bound) throws InterruptedException;

  /// Writes down that an intervention is about to be done. Returns when it is on disk, also over a
  /// loss of power.
  ///
  /// @return its number
  /// @throws StateException if it could not be written; it must not be done then
  long begin(Intent intent) throws StateException;

  /// An intervention has ended. To be called before the engine is told.
  void ended(long intervention, InterventionRecord.End end, long nanos, String text);

  /// A heartbeat was heard of. Many are written together: with whatever is written next, within a
  /// quarter of a second at the latest.
  ///
  /// @param id of its token
  void heard(String id, long nanos);

  /// A line for people.
  void audit(AuditLine line);

  /// How the writing goes.
  StateLogStats stats();

  /// Writes what waits, at most for a few seconds, and ends.
  @Override
  void close();
}
