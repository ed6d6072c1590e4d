package dev.cpra.daemon.core;

import dev.cpra.daemon.state.StateLogStats;
import dev.cpra.engine.Lane;
import dev.cpra.probes.RunnerStats;
import org.jspecify.annotations.Nullable;

/// What may be seen of a running daemon: for health, metrics and alarms. Every method may be called
/// from any thread and none blocks.
public interface DaemonView {
  /// How many monitors are watched.
  int monitors();

  /// Now, on the daemon's clock: nanoseconds since 1970.
  long nowNanos();

  /// How far the wall's clock is ahead of the daemon's, in nanoseconds; negative if it is behind.
  long wallAheadNanos();

  /// What the engine's thread said last. Its age tells whether that thread still runs: it is taken
  /// anew at least twice a second, idle or not.
  EngineSnapshot snapshot();

  /// What the workers of a lane have done.
  RunnerStats stats(Lane lane);

  /// How the writing of state goes.
  StateLogStats stateLog();

  /// Whether interventions are frozen because too many targets fail at once.
  boolean isBreakerOpen();

  /// Interventions refused so far, for whatever reason.
  long refusedInterventions();

  /// Exceptions of probes that were contained.
  long contained();

  /// The engine's name.
  String engine();

  /// The name of the monitor with this handle, or null if there is none.
  @Nullable String name(int handle);

  /// The transport that drives the sockets: `io_uring`, `epoll` or `nio`.
  String transportName();

  /// Which transport drives the sockets, and why none faster: one line.
  String transport();

  /// Whether every monitor is loaded and the engine runs.
  boolean isRunning();

  /// Whether the daemon is stopping.
  boolean isStopping();

  /// What ended the engine's thread before its time, or null.
  @Nullable Throwable failure();
}
