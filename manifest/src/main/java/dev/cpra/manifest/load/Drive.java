package dev.cpra.manifest.load;

/// How time goes in a load.
public enum Drive {
  /// Real time: the due times rule.
  OPEN,
  /// Virtual time moves on by one tick whenever every lane has room.
  SATURATE,
  /// Real time, and the offered rate climbs until the schedule is no longer kept.
  RAMP
}
