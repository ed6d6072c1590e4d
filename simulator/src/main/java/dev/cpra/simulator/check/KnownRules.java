package dev.cpra.simulator.check;

import dev.cpra.engine.MonitorRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules that monitors live by now: an update counts from the next tick on.
final class KnownRules {
  private record Update(int monitor, MonitorRules rules) {}

  private @Nullable MonitorRules[] rules = new @Nullable MonitorRules[16];
  private final List<Update> updates = new ArrayList<>();
  private int bound;

  void added(int monitor, MonitorRules its) {
    if (monitor >= rules.length) {
      rules = Arrays.copyOf(rules, Math.max(monitor + 1, 2 * rules.length));
    }
    rules[monitor] = its;
    bound = Math.max(bound, monitor + 1);
  }

  void updated(int monitor, MonitorRules its) {
    updates.add(new Update(monitor, its));
  }

  /// Hears that a monitor's rules are others from now on.
  @FunctionalInterface
  interface Changed {
    void changed(int monitor, MonitorRules before, MonitorRules after);
  }

  void tickBegins() {
    tickBegins((_, _, _) -> {});
  }

  void tickBegins(Changed listener) {
    if (!updates.isEmpty()) {
      for (Update update : updates) {
        MonitorRules before = rules[update.monitor];
        if (before != null) {
          rules[update.monitor] = update.rules;
          listener.changed(update.monitor, before, update.rules);
        }
      }
      updates.clear();
    }
  }

  void removed(int monitor) {
    rules[monitor] = null;
  }

  /// Null without such a monitor.
  @Nullable MonitorRules of(int monitor) {
    return monitor < rules.length ? rules[monitor] : null;
  }

  /// One more than the highest handle so far.
  int bound() {
    return bound;
  }

  void clear() {
    Arrays.fill(rules, null);
    updates.clear();
    bound = 0;
  }
}
