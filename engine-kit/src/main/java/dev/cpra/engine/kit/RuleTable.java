package dev.cpra.engine.kit;

import dev.cpra.engine.LimitReachedException;
import dev.cpra.engine.MonitorRules;
import java.util.Arrays;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// One copy of equal rules, named by a small id, with a count of its users; ids of rules that
/// nobody uses any more are reused.
///
/// Not thread-safe. Lookups by id are plain array reads.
public final class RuleTable {
  private final int max;
  private final HashMap<MonitorRules, Integer> ids = new HashMap<>();
  private @Nullable MonitorRules[] rules = new MonitorRules[8];
  private int[] users = new int[8];
  private int[] free = new int[8];
  private int freeCount;
  private int next;
  private @Nullable MonitorRules last;
  private int lastId;

  /// No rules yet.
  public RuleTable(int max) {
    this.max = max;
  }

  /// The id of these rules, which now have one user more.
  ///
  /// @throws LimitReachedException if they are new and there are too many
  @SuppressWarnings("ReferenceEquality") // a quick test for the usual case: the same object again
  public int acquire(MonitorRules wanted) {
    if (wanted == last && users[lastId] > 0) {
      users[lastId]++;
      return lastId;
    }
    Integer known = ids.get(wanted);
    int id = known == null ? create(wanted) : known;
    users[id]++;
    last = wanted;
    lastId = id;
    return id;
  }

  /// One user less.
  public void release(int id) {
    if (--users[id] == 0) {
      ids.remove(get(id));
      rules[id] = null;
      if (freeCount == free.length) {
        free = Arrays.copyOf(free, 2 * freeCount);
      }
      free[freeCount++] = id;
    }
  }

  /// The rules with this id, which must have a user.
  public MonitorRules get(int id) {
    MonitorRules found = rules[id];
    if (found == null) {
      throw new IllegalStateException("rules " + id + " have no user");
    }
    return found;
  }

  private int create(MonitorRules wanted) {
    int id;
    if (freeCount > 0) {
      id = free[--freeCount];
    } else if (next < max) {
      id = next++;
    } else {
      throw new LimitReachedException("max rules", max);
    }
    if (id >= rules.length) {
      rules = Arrays.copyOf(rules, 2 * id);
      users = Arrays.copyOf(users, 2 * id);
    }
    rules[id] = wanted;
    ids.put(wanted, id);
    return id;
  }
}
