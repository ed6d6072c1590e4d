package dev.cpra.engine.ecs;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.kit.RuleTable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One [Rules] object for equal rules, with a count of its users.
final class RuleBook {
  private final RuleTable table;
  private final Deadlines deadlines;
  private final long graceNanos;
  private @Nullable Rules[] rules = new Rules[8];

  RuleBook(EngineLimits limits, Deadlines deadlines) {
    this.table = new RuleTable(limits.maxRules());
    this.deadlines = deadlines;
    this.graceNanos = limits.graceNanos();
  }

  /// These rules, which now have one user more.
  ///
  /// @throws dev.cpra.engine.LimitReachedException if they are new and there are too many
  Rules acquire(MonitorRules wanted) {
    int id = table.acquire(wanted);
    if (id >= rules.length) {
      rules = Arrays.copyOf(rules, 2 * id);
    }
    Rules found = rules[id];
    if (found == null || !found.monitor.equals(wanted)) {
      int ring = deadlines.ringFor(wanted.timeoutNanos() + graceNanos);
      found = new Rules(table.get(id), id, graceNanos, ring);
      rules[id] = found;
    }
    return found;
  }

  /// The rules with this id, which must have a user.
  Rules get(int id) {
    Rules found = rules[id];
    if (found == null) {
      throw new IllegalStateException("rules " + id + " have no user");
    }
    return found;
  }

  /// One user less.
  void release(int id) {
    table.release(id);
  }
}
