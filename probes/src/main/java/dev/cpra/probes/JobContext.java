package dev.cpra.probes;

import dev.cpra.engine.Code;
import java.time.Instant;
import java.util.Map;

/// What notifiers and interventions tell about a monitor. Called on a probe's loop for each job, so
/// it must not block; called for handles in use only. Must be safe to call from every loop.
public interface JobContext {
  /// The monitor's name.
  String monitor(int handle);

  /// Why an alert was raised, one short line without secrets; empty if unknown.
  default String reason(int handle, Code code) {
    return "";
  }

  /// When an alert was raised, as far as it is known: by default, now.
  default Instant time(int handle, Code code) {
    return Instant.now();
  }

  /// When what an alert tells of began: by default, when it was raised.
  default Instant since(int handle, Code code) {
    return time(handle, code);
  }

  /// The monitor's labels.
  default Map<String, String> labels(int handle) {
    return Map.of();
  }

  /// Interventions tried so far in this incident.
  default int attempts(int handle) {
    return 0;
  }

  /// What the alerts of one incident share, so that a receiver folds repetitions together and a
  /// green ends what a red began.
  default String dedupKey(int handle, Code code) {
    return "cpra/" + monitor(handle);
  }
}
