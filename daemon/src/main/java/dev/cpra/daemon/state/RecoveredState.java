package dev.cpra.daemon.state;

import java.util.List;
import java.util.Map;

/// What was found on disk. Immutable.
///
/// @param monitors by name
/// @param interventions the latest ones, oldest first, those of removed monitors left out
/// @param lastIntervention the highest id ever given to an intervention, those of removed monitors
///   included; 0 if none was
/// @param heartbeats when each was last heard of, by the id of its token
/// @param lastNanos the latest time that was written down, 0 if none was
public record RecoveredState(
    Map<String, MonitorRecord> monitors,
    List<InterventionRecord> interventions,
    long lastIntervention,
    Map<String, Long> heartbeats,
    long lastNanos) {}
