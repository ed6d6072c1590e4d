package dev.cpra.manifest.policy;

import dev.cpra.manifest.MonitorSpec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// For a while no alert of some monitors is created. Checks, repairs and what is already under way
/// go on.
///
/// @param match whose alerts
/// @param from the first instant that is silent
/// @param to the first instant that is not
/// @param reason why, for people
public record Silence(Selector match, Instant from, Instant to, String reason) {
  /// Checks the order.
  public Silence {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("to: expected an instant after `from`");
    }
  }

  /// Whether it holds for this monitor now.
  public boolean covers(MonitorSpec monitor, Instant now) {
    return !now.isBefore(from) && now.isBefore(to) && match.matches(monitor);
  }

  /// The first of these that holds for this monitor now, or null.
  public static @Nullable Silence find(List<Silence> all, MonitorSpec monitor, Instant now) {
    for (Silence silence : all) {
      if (silence.covers(monitor, now)) {
        return silence;
      }
    }
    return null;
  }
}
