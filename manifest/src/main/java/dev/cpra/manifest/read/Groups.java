package dev.cpra.manifest.read;

import dev.cpra.manifest.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The groups that a configuration declares, and what holds for their monitors. Used by one thread.
public final class Groups {
  private final Set<String> names = new LinkedHashSet<>();
  private final Map<String, Fields> settings = new HashMap<>();
  private boolean declared;

  /// From now on monitors may name declared groups only.
  void declare(Collection<String> more) {
    declared = true;
    names.addAll(more);
  }

  /// Declares a group that something holds for. What was said first stays.
  void declare(String name, Fields group) {
    names.add(name);
    settings.putIfAbsent(name, group);
  }

  /// What holds for the monitors that belong to these, in the same order.
  List<Fields> settings(List<String> memberOf) {
    if (settings.isEmpty() || memberOf.isEmpty()) {
      return List.of();
    }
    List<Fields> found = new ArrayList<>();
    for (String group : memberOf) {
      Fields one = settings.get(group);
      if (one != null) {
        found.add(one);
      }
    }
    return found;
  }

  /// Reports a group that is not declared although others are.
  void check(Fields by, String key, String group) {
    if (declared && !names.contains(group)) {
      by.problem(
          key, "unknown group `" + Words.shorten(group) + "`" + Words.suggestion(group, names));
    }
  }

  /// Whether anything holds for any group.
  boolean isEmpty() {
    return settings.isEmpty();
  }
}
