package dev.cpra.daemon.core;

import dev.cpra.probes.ProbeOptions;
import dev.cpra.probes.Rehearsal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a daemon runs, beside what it watches. Immutable.
///
/// @param engine the engine's name, see `EngineProvider`
/// @param engineOptions its options by name
/// @param workers jobs at once
/// @param probes how sockets are driven
/// @param data the folder of what outlives the daemon, null to keep nothing
/// @param drain how long a stop waits for what is in flight
/// @param rehearsal what answers in the place of all targets, or null for the targets themselves
public record DaemonSettings(
    String engine,
    Map<String, String> engineOptions,
    Workers workers,
    ProbeOptions probes,
    @Nullable Path data,
    Duration drain,
    @Nullable Rehearsal rehearsal) {

  /// The engine that the evaluations chose.
  public static final String ENGINE_DEFAULT = "baseline";

  /// Copies the options.
  public DaemonSettings {
    engineOptions = Map.copyOf(engineOptions);
  }

  /// What holds when nothing is said.
  public static DaemonSettings defaults() {
    return new DaemonSettings(
        ENGINE_DEFAULT,
        Map.of(),
        Workers.defaults(),
        ProbeOptions.DEFAULT,
        null,
        Duration.ofSeconds(10),
        null);
  }

  /// The same with another engine.
  public DaemonSettings withEngine(String name) {
    return new DaemonSettings(name, engineOptions, workers, probes, data, drain, rehearsal);
  }

  /// The same with another bound for a stop.
  public DaemonSettings withDrain(Duration bound) {
    return new DaemonSettings(engine, engineOptions, workers, probes, data, bound, rehearsal);
  }

  /// The same, keeping what outlives the daemon in this folder.
  public DaemonSettings withData(@Nullable Path folder) {
    return new DaemonSettings(engine, engineOptions, workers, probes, folder, drain, rehearsal);
  }

  /// The same with a script that answers in the place of all targets, or without one.
  public DaemonSettings withRehearsal(@Nullable Rehearsal script) {
    return new DaemonSettings(engine, engineOptions, workers, probes, data, drain, script);
  }
}
