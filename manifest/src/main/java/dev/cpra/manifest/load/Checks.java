package dev.cpra.manifest.load;

import dev.cpra.manifest.Fields;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must hold in a load beyond the shapes of its parts. Works on fields that may have lost
/// wrong values: those are reported already and passed over here.
final class Checks {
  /// Most times that one fault may come again.
  private static final int REPEATS_MAX = 1_000;

  private Checks() {}

  static void load(Fields root, Targets targets) {
    atLeastOne(root, "phases");
    if (root.get("monitors") instanceof Fields source
        && source.get("generate") instanceof Fields generate) {
      atLeastOne(generate, "mix");
    }
    unique(root, "phases", new HashSet<>());
    work(root);
    lanes(root);
    sleeping(root);
    collections(root);
    Set<String> names = targets(root);
    faults(root, targets, names);
  }

  private static void atLeastOne(Fields fields, String key) {
    if (fields.get(key) instanceof List<?> items && items.isEmpty()) {
      fields.problem(key, "expected at least one item, found an empty list");
    }
  }

  private static void unique(Fields fields, String key, Set<String> seen) {
    if (!(fields.get(key) instanceof List<?>)) {
      return;
    }
    for (Fields item : fields.items(key, Fields.class)) {
      if (item.get("name") instanceof String name && !seen.add(name)) {
        item.problem("name", "duplicate name `" + name + "`; rename one");
      }
    }
  }

  private static void work(Fields root) {
    Fields work = root.get("work") instanceof Fields fields ? fields : null;
    Fields latency = work == null ? null : work.nested("latency");
    if (latency != null
        && latency.get("p50") instanceof Long p50
        && latency.get("p99") instanceof Long p99
        && p99 < p50) {
      latency.problem("p99", "expected at least `p50`");
    }
  }

  private static void lanes(Fields root) {
    Fields engine = root.nested("engine");
    Fields lanes = engine == null ? null : engine.nested("lanes");
    Fields repair = lanes == null ? null : lanes.nested("intervention");
    if (repair != null && repair.get("batch") instanceof Long batch && batch != 1) {
      repair.problem("batch", "expected 1: intervention batches hold one job; remove the key");
    }
  }

  /// Virtual time does not sleep.
  private static void sleeping(Fields root) {
    Fields engine = root.nested("engine");
    if (engine == null || !"saturate".equals(root.get("drive"))) {
      return;
    }
    for (String key : List.of("spin", "timer_slack")) {
      if (engine.has(key)) {
        engine.problem(key, "has no meaning with `drive: saturate`, which never sleeps; remove it");
      }
    }
  }

  private static void collections(Fields root) {
    if (root.get("collect") instanceof Long every && every > 0) {
      long times = total(root) / every;
      if (times > Load.COLLECTIONS_MAX) {
        root.problem(
            "collect",
            "expected at most " + Load.COLLECTIONS_MAX + " times in the run, found " + times);
      }
    }
  }

  /// Unique names and ascending scripts; answers the names.
  private static Set<String> targets(Fields root) {
    Set<String> names = new HashSet<>();
    Fields targets = root.nested("targets");
    Fields embedded = targets == null ? null : targets.nested("embedded");
    if (embedded == null) {
      return names;
    }
    Map<String, String> variables = new HashMap<>();
    for (String key : List.of("http", "tcp")) {
      unique(embedded, key, names);
      if (embedded.get(key) instanceof List<?>) {
        for (Fields one : embedded.items(key, Fields.class)) {
          variable(one, variables);
          ascending(one);
        }
      }
    }
    return names;
  }

  private static void variable(Fields target, Map<String, String> variables) {
    if (target.get("name") instanceof String name) {
      String key = new Targets.Target(name, 0, List.of(), Targets.Heals.SCRIPT).variable();
      String other = variables.putIfAbsent(key, name);
      if (other != null && !other.equals(name)) {
        target.problem(
            "name",
            "has the same variable `" + key + "` as the target `" + other + "`; rename one");
      }
    }
  }

  private static void ascending(Fields target) {
    if (!(target.get("script") instanceof List<?>)) {
      return;
    }
    long last = -1;
    for (Fields step : target.items("script", Fields.class)) {
      if (step.get("at") instanceof Long at) {
        if (at <= last) {
          step.problem("at", "expected a later time than the step before");
        }
        last = at;
      }
    }
  }

  private static long total(Fields root) {
    long total = 0;
    if (root.get("phases") instanceof List<?>) {
      for (Fields phase : root.items("phases", Fields.class)) {
        total += phase.get("for") instanceof Long nanos ? nanos : 0;
      }
    }
    return total;
  }

  private static void repeated(Fields fault, long total) {
    if (!(fault.get("every") instanceof Long every)) {
      return;
    }
    if (fault.get("for") instanceof Long length && length > every) {
      fault.problem("every", "expected at least `for`: a fault ends before it comes again");
    }
    if (total / every > REPEATS_MAX) {
      fault.problem(
          "every", "expected at most " + REPEATS_MAX + " times in the run, found " + total / every);
    }
  }

  private static boolean aimed(Fields fault) {
    return fault.get("kind") instanceof String kind && kind.startsWith("target-");
  }

  private static void faults(Fields root, Targets targets, Set<String> names) {
    if (!(root.get("faults") instanceof List<?>)) {
      return;
    }
    targets.http().forEach(target -> names.add(target.name()));
    targets.tcp().forEach(target -> names.add(target.name()));
    long total = total(root);
    for (Fields fault : root.items("faults", Fields.class)) {
      repeated(fault, total);
      @Nullable Object name = fault.get("target");
      if (name instanceof String target && aimed(fault) && !names.contains(target)) {
        fault.problem(
            "target", "no such target; expected one of " + names.stream().sorted().toList());
      }
      if (fault.get("by") instanceof Long by && by == 0) {
        fault.problem("by", "expected a distance other than zero");
      }
    }
  }
}
