package dev.cpra.daemon.core;

import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.policy.Policy;
import java.util.List;

/// What a running daemon is to do differently. Immutable. What is not named goes on as it is.
///
/// @param added monitors that are new, enabled
/// @param changed monitors that go on in another way and keep their state
/// @param removed names of monitors that end
/// @param policy what holds from now on
public record Changes(
    List<MonitorSpec> added, List<MonitorSpec> changed, List<String> removed, Policy policy) {
  /// Copies the lists.
  public Changes {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }
}
