package dev.cpra.daemon.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the daemon is, for whoever asks from outside. Immutable.
///
/// @param loaded whether all monitors are loaded and the engine runs
/// @param stopping whether it is about to end
/// @param alarms those that are on, each with why
public record Health(boolean loaded, boolean stopping, Map<Alarm, String> alarms) {
  /// Before anything is known.
  public static final Health STARTING = new Health(false, false, Map.of());

  /// Copies the map.
  public Health {
    alarms = Map.copyOf(alarms);
  }

  /// Whether the process does what it is there for at all: restart it if not.
  public boolean healthy() {
    return !alarms.containsKey(Alarm.ENGINE_DEAD);
  }

  /// Whether it does so as it should: every monitor is loaded, in time, and written down.
  public boolean ready() {
    return reasons().isEmpty();
  }

  /// Why it is not ready, one line each; empty if it is.
  public List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (!loaded && !alarms.containsKey(Alarm.ENGINE_DEAD)) {
      reasons.add("starting: the monitors are not loaded yet");
    }
    if (stopping) {
      reasons.add("stopping");
    }
    for (Alarm alarm : Alarm.values()) {
      String why = alarms.get(alarm);
      if (why != null && alarm.endsReadiness()) {
        reasons.add(alarm.key() + ": " + why);
      }
    }
    return reasons;
  }
}
