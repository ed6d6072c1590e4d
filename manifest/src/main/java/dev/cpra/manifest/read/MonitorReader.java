package dev.cpra.manifest.read;

import dev.cpra.manifest.Fields;
import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.PulseConfig;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes monitors of nodes, one at a time, and knows what stands before them in the file. Used by
/// one thread.
public final class MonitorReader {
  private static final List<String> ROOT_KEYS =
      List.of("defaults", "groups", "labels", "maintenance", "monitors", "safety", "silences");

  private final MonitorShapes shapes;
  private final Binder binder;
  private final RulesReader rules;
  private final Merged merged;
  private final int file;
  private @Nullable Fields defaults;
  private RulesReader.@Nullable Codes defaultCodes;
  private Map<String, Object> labels = Map.of();

  /// A reader for one file, which is the configuration's file of this number.
  public MonitorReader(LoadOptions options, Problems problems, Merged merged, int file) {
    shapes = new MonitorShapes(options.kinds());
    binder = new Binder(options, problems, merged.sharing());
    rules = new RulesReader(binder);
    this.merged = merged;
    this.file = file;
  }

  /// Takes the value of `defaults`, `labels` or `groups`. `defaults` and `labels` hold in this
  /// file, groups in all.
  public void preamble(String key, Node node) {
    switch (key) {
      case "defaults" -> {
        defaults = binder.bindLoosely(key, shapes.defaults(), node);
        defaultCodes = null;
      }
      case "labels" -> {
        Fields root = binder.bind(shapes.root().optional(), alone(key, node));
        labels = root == null ? Map.of() : root.entries(key, Object.class);
      }
      case "groups" -> {
        Fields root = binder.bind(shapes.root().optional(), alone(key, node));
        if (root != null) {
          groups(root);
        }
      }
      default -> throw new IllegalArgumentException("no preamble: " + key);
    }
  }

  private void groups(Fields root) {
    if (!(root.get("groups") instanceof Map<?, ?>)) {
      merged.groups().declare(root.texts("groups"));
      return;
    }
    Map<String, Fields> given = root.entries("groups", Fields.class);
    merged.groups().declare(given.keySet());
    given.forEach((name, group) -> {
      if (group.has("labels") || group.has("notify_groups")) {
        merged.groups().declare(name, group);
        int[] at = binder.place(group);
        String earlier = merged.place("groups/" + name, file, at[0], at[1]);
        if (earlier != null) {
          root.problem(
              "groups",
              "what holds for `"
                  + Words.shorten(name)
                  + "` already stands at "
                  + earlier
                  + "; keep it in one file");
        }
      }
    });
  }

  static Node alone(String key, Node node) {
    var name = new Node.Scalar(key, true, node.line(), node.column());
    return new Node.Mapping(
        List.of(new Node.Entry(name, node)), node.line(), node.column(), node.weight() + 1);
  }

  /// The monitor of an item, or null when anything about it or anything before it is wrong.
  public @Nullable MonitorSpec read(Node node) {
    binder.subject("monitor", binder.peek(node, "name"));
    Fields fields = binder.bindLoosely(shapes.monitor(), node);
    if (fields == null) {
      return null;
    }
    unique(fields);
    Fields check = fields.nested("pulse_check");
    if (check != null) {
      needed(check, "interval");
      needed(check, "timeout");
      declared(check);
    }
    if (check == null || binder.reports() > 0) {
      return null;
    }
    return make(fields, check);
  }

  /// The message for a root key that manifests do not have.
  public static String unknownRootKey(String key) {
    return "unknown key `" + Words.shorten(key) + "`" + Words.suggestion(key, ROOT_KEYS);
  }

  private void unique(Fields fields) {
    if (!(fields.get("name") instanceof String name)) {
      return;
    }
    int[] place = binder.place(fields, "name");
    String first = merged.name(name, file, place[0], place[1]);
    if (first != null) {
      fields.problem("name", "duplicate name; it already stands at " + first + "; rename one");
    }
  }

  private void needed(Fields check, String key) {
    if (!check.has(key) && (defaults == null || !defaults.has(key))) {
      check.problem(
          key,
          "missing key `"
              + key
              + "`; expected a duration above zero such as 30s; set it here or in `defaults`");
    }
  }

  private void declared(Fields check) {
    if (check.get("groups") instanceof List<?> used) {
      for (Object group : used) {
        merged.groups().check(check, "groups", (String) group);
      }
    }
  }

  private @Nullable MonitorSpec make(Fields fields, Fields check) {
    Fields repair = fields.nested("intervention");
    RulesReader.Codes codes = codes(fields.nested("codes"));
    List<String> memberOf = check.texts("groups");
    return new MonitorSpec(
        fields.text("name"),
        fields.flag("enabled"),
        rules.read(check, repair, fields.nested("alerts"), defaults, codes.sent()),
        check.get("config", PulseConfig.class),
        repair == null ? null : repair.get("target", InterventionConfig.class),
        codes.configs(),
        codes.muted(),
        codes.groups(),
        labels(fields, memberOf),
        memberOf,
        notifyGroups(fields, memberOf));
  }

  /// The colours of a monitor; most have none of their own.
  private RulesReader.Codes codes(@Nullable Fields own) {
    Fields theirs = defaults == null ? null : defaults.nested("codes");
    if (own != null) {
      return rules.codes(own, theirs);
    }
    RulesReader.Codes known = defaultCodes;
    if (known == null) {
      known = rules.codes(null, theirs);
      defaultCodes = known;
    }
    return known;
  }

  private Map<String, String> labels(Fields fields, List<String> memberOf) {
    if (labels.isEmpty() && !fields.has("labels") && merged.groups().isEmpty()) {
      return Map.of();
    }
    Map<String, String> all = new LinkedHashMap<>();
    labels.forEach((name, value) -> all.put(name, (String) value));
    for (Fields group : merged.groups().settings(memberOf)) {
      all.putAll(group.entries("labels", String.class));
    }
    all.putAll(fields.entries("labels", String.class));
    return all.isEmpty() ? Map.of() : binder.share(Map.copyOf(all));
  }

  private List<String> notifyGroups(Fields fields, List<String> memberOf) {
    List<String> own =
        fields.has("notify_groups") || defaults == null
            ? fields.texts("notify_groups")
            : defaults.texts("notify_groups");
    List<Fields> settings = merged.groups().settings(memberOf);
    if (settings.isEmpty()) {
      return own;
    }
    Set<String> all = new LinkedHashSet<>(own);
    for (Fields group : settings) {
      all.addAll(group.texts("notify_groups"));
    }
    return binder.share(List.copyOf(all));
  }
}
