package dev.cpra.daemon.reload;

import dev.cpra.daemon.core.Changes;
import dev.cpra.daemon.core.Configuration;
import dev.cpra.manifest.MonitorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/// What is to change from one configuration to the next: a pure difference of both, which holds no
/// secret. Disabled monitors count as not there. Immutable.
///
/// @param added names of new monitors, in their new order
/// @param changed monitors that keep their state and go on in another way, in their new order
/// @param removed names of monitors that end, in their old order
/// @param unchanged how many go on as they are
/// @param policy what changes beside the monitors
public record Plan(
    List<String> added,
    List<Change> changed,
    List<String> removed,
    int unchanged,
    List<String> policy) {

  /// A monitor that changes.
  ///
  /// @param monitor its name
  /// @param what in what, in the words of manifests
  public record Change(String monitor, List<String> what) {
    /// Copies the list.
    public Change {
      what = List.copyOf(what);
    }
  }

  /// Copies the lists.
  public Plan {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
    policy = List.copyOf(policy);
  }

  /// From one configuration to the next.
  public static Plan between(Configuration before, Configuration after) {
    Map<String, MonitorSpec> old = new LinkedHashMap<>();
    before.monitors().stream()
        .filter(MonitorSpec::enabled)
        .forEach(spec -> old.put(spec.name(), spec));
    return of(old, after, Difference::of, Difference.of(before.policy(), after.policy()));
  }

  /// From what was recorded as running to a configuration. Figures and secrets are not recorded, so
  /// only the parts that change are named, and a secret that changed is not seen.
  public static Plan since(RunningRecord before, Configuration after) {
    return of(
        new LinkedHashMap<>(before.monitors()),
        after,
        (was, spec) -> was.differing(Parts.of(spec)),
        before.policy().differing(Parts.of(after.policy())));
  }

  /// @param old what is known of each monitor that runs; used up
  /// @param differing in what a monitor differs from what is known of it; empty if in nothing
  private static <T> Plan of(
      Map<String, T> old,
      Configuration after,
      BiFunction<T, MonitorSpec, List<String>> differing,
      List<String> policy) {
    List<String> added = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    int unchanged = 0;
    for (MonitorSpec spec : after.monitors()) {
      if (!spec.enabled()) {
        continue;
      }
      T was = old.remove(spec.name());
      if (was == null) {
        added.add(spec.name());
        continue;
      }
      List<String> what = differing.apply(was, spec);
      if (what.isEmpty()) {
        unchanged++;
      } else {
        changed.add(new Change(spec.name(), what));
      }
    }
    return new Plan(added, changed, List.copyOf(old.keySet()), unchanged, policy);
  }

  /// Whether nothing changes.
  public boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && policy.isEmpty();
  }

  /// What the daemon is to do so that this configuration, the one the plan leads to, runs.
  public Changes changes(Configuration after) {
    Map<String, MonitorSpec> specs = new HashMap<>();
    after.monitors().forEach(spec -> specs.put(spec.name(), spec));
    return new Changes(
        added.stream().map(name -> of(specs, name)).toList(),
        changed.stream().map(change -> of(specs, change.monitor())).toList(),
        removed,
        after.policy());
  }

  private static MonitorSpec of(Map<String, MonitorSpec> specs, String name) {
    MonitorSpec spec = specs.get(name);
    if (spec == null) {
      throw new IllegalArgumentException("the plan leads to another configuration: no " + name);
    }
    return spec;
  }

  /// One line: how much changes.
  public String summary() {
    return added.size()
        + " added, "
        + changed.size()
        + " changed, "
        + removed.size()
        + " removed, "
        + unchanged
        + " unchanged"
        + (policy.isEmpty() ? "" : "; " + String.join(", ", policy));
  }

  /// A line for each monitor: `+` added, `~` changed, `-` removed.
  ///
  /// @param linesMax most lines; one more says how many were left out
  public List<String> lines(int linesMax) {
    List<String> lines = new ArrayList<>();
    int all = added.size() + changed.size() + removed.size();
    for (int i = 0; i < all && i < linesMax; i++) {
      if (i < removed.size()) {
        lines.add("- " + shown(removed.get(i)));
      } else if (i < removed.size() + changed.size()) {
        Change change = changed.get(i - removed.size());
        lines.add("~ " + shown(change.monitor()) + ": " + String.join(", ", change.what()));
      } else {
        lines.add("+ " + shown(added.get(i - removed.size() - changed.size())));
      }
    }
    if (all > linesMax) {
      lines.add("... and " + (all - linesMax) + " more");
    }
    return lines;
  }

  /// Names of monitors hold no control characters; recorded ones may be anything.
  private static String shown(String name) {
    return name.replaceAll("\\p{Cntrl}", " ");
  }
}
