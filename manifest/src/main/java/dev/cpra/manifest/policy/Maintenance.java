package dev.cpra.manifest.policy;

import dev.cpra.manifest.MonitorSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A time in which some monitors are worked on by people: nothing is to be repaired then.
///
/// @param match which monitors
/// @param window when
/// @param reason why, for people
public record Maintenance(Selector match, Window window, String reason) {

  /// Whether it holds for this monitor now.
  public boolean covers(MonitorSpec monitor, Instant now) {
    return window.contains(now) && match.matches(monitor);
  }

  /// The first of these that holds for this monitor now, or null.
  public static @Nullable Maintenance find(
      List<Maintenance> all, MonitorSpec monitor, Instant now) {
    for (Maintenance one : all) {
      if (one.covers(monitor, now)) {
        return one;
      }
    }
    return null;
  }
}
