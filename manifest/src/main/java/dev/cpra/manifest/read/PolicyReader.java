package dev.cpra.manifest.read;

import dev.cpra.manifest.Fields;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.policy.Maintenance;
import dev.cpra.manifest.policy.Safety;
import dev.cpra.manifest.policy.Selector;
import dev.cpra.manifest.policy.Silence;
import dev.cpra.manifest.policy.Window;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the policy of one file's `silences`, `maintenance` and `safety`. Used by one thread.
///
/// The keys may stand before or behind `groups`, so whether a group is known is looked at in the
/// end.
public final class PolicyReader {
  /// Most silences and most maintenance windows of a configuration, all files together.
  public static final int ITEMS_MAX = 1_000;

  private final Binder binder;
  private final Merged merged;
  private final int file;
  private final List<Named> named = new ArrayList<>();

  /// A group that is named somewhere.
  private record Named(Fields by, String key, String group) {}

  /// A reader for one file, which is the configuration's file of this number.
  public PolicyReader(LoadOptions options, Problems problems, Merged merged, int file) {
    this.binder = new Binder(options, problems);
    this.merged = merged;
    this.file = file;
  }

  /// Takes the value of one of the keys.
  public void read(String key, Node node) {
    Fields root = binder.bindLoosely(PolicyShapes.ROOT, MonitorReader.alone(key, node));
    if (root == null) {
      return;
    }
    switch (key) {
      case "silences" -> {
        for (Fields item : given(root, key)) {
          silence(item);
        }
        bounded(root, key, merged.silences().size());
      }
      case "maintenance" -> {
        for (Fields item : given(root, key)) {
          maintenance(item);
        }
        bounded(root, key, merged.maintenance().size());
      }
      default -> {
        if (root.get(key) instanceof Fields safety) {
          safety(root, node, safety);
        }
      }
    }
  }

  /// Ends the file: whether the groups that it names are known.
  public void finish() {
    for (Named one : named) {
      merged.groups().check(one.by(), one.key(), one.group());
    }
  }

  private static List<Fields> given(Fields root, String key) {
    return root.get(key) instanceof List<?> ? root.items(key, Fields.class) : List.of();
  }

  private void bounded(Fields root, String key, int count) {
    if (count > ITEMS_MAX) {
      root.problem(
          key, "expected at most " + ITEMS_MAX + " items in all files together, found " + count);
    }
  }

  private void silence(Fields item) {
    Window.Once when = once(item);
    Selector match = selector(item);
    if (when != null && match != null && item.get("reason") instanceof String reason) {
      merged.silences().add(new Silence(match, when.from(), when.to(), reason));
    }
  }

  private void maintenance(Fields item) {
    Selector match = selector(item);
    Window window = window(item);
    if (match != null && window != null && item.get("reason") instanceof String reason) {
      merged.maintenance().add(new Maintenance(match, window, reason));
    }
  }

  private @Nullable Window window(Fields item) {
    if (item.has("from") || item.has("to")) {
      for (String key : List.of("days", "zone")) {
        if (item.has(key)) {
          item.problem(key, "has no meaning with `from` and `to`; it belongs to `start` and `end`");
        }
      }
      return once(item);
    }
    ZoneId zone = zone(item);
    if (zone == null
        || !(item.get("start") instanceof String start)
        || !(item.get("end") instanceof String end)) {
      return null;
    }
    Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
    if (item.has("days")) {
      days = EnumSet.noneOf(DayOfWeek.class);
      if (!(item.get("days") instanceof List<?> names)) {
        return null;
      }
      for (Object name : names) {
        days.add(DayOfWeek.of(PolicyShapes.DAYS.indexOf(name) + 1));
      }
      if (days.isEmpty()) {
        item.problem("days", "expected at least one day, found an empty list; remove the key");
        return null;
      }
    }
    return new Window.Weekly(days, LocalTime.parse(start), LocalTime.parse(end), zone);
  }

  private static @Nullable Instant instant(Fields item, String key) {
    if (!(item.get(key) instanceof String text)) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      item.problem(key, "expected a time that exists, found `" + text + "`");
      return null;
    }
  }

  private static Window.@Nullable Once once(Fields item) {
    Instant from = instant(item, "from");
    Instant to = instant(item, "to");
    if (from == null || to == null) {
      return null;
    }
    if (!from.isBefore(to)) {
      item.problem("to", "expected an instant after `from` (" + from + "), found " + to);
      return null;
    }
    return new Window.Once(from, to);
  }

  private static @Nullable ZoneId zone(Fields item) {
    if (!item.has("zone")) {
      return ZoneId.of("UTC");
    }
    if (!(item.get("zone") instanceof String name)) {
      return null;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException _) {
      String near = Words.nearest(name, ZoneId.getAvailableZoneIds());
      item.problem(
          "zone",
          "unknown time zone `"
              + Words.shorten(name)
              + "`; "
              + (near == null
                  ? "expected one such as Europe/Berlin or UTC"
                  : "did you mean `" + near + "`?"));
      return null;
    }
  }

  private @Nullable Selector selector(Fields item) {
    if (!(item.get("match") instanceof Fields match)) {
      return null;
    }
    if (!match.has("name") && !match.has("group") && !match.has("labels")) {
      match.problem(
          "name", "expected `name`, `group` or `labels`; for every monitor write `name: \"*\"`");
      return null;
    }
    Object name = match.get("name");
    Object group = match.get("group");
    boolean sound =
        match.has("name") == (name != null)
            && match.has("group") == (group != null)
            && match.has("labels") == (match.get("labels") != null);
    if (!sound) {
      return null;
    }
    if (group != null) {
      named.add(new Named(match, "group", (String) group));
    }
    return new Selector((String) name, (String) group, match.entries("labels", String.class));
  }

  private void safety(Fields root, Node node, Fields safety) {
    String earlier = merged.place(Merged.SAFETY, file, node.line(), node.column());
    if (earlier != null) {
      root.problem(Merged.SAFETY, "already stands at " + earlier + "; keep `safety` in one file");
      return;
    }
    if (!(safety.get("interventions") instanceof Fields rules)) {
      return;
    }
    Fields budget = rules.get("budget") instanceof Fields given ? given : null;
    Map<String, Safety.Limit> groups = new LinkedHashMap<>();
    if (budget != null && budget.get("groups") instanceof Map<?, ?>) {
      budget
          .entries("groups", Fields.class)
          .forEach((group, limit) -> {
            named.add(new Named(budget, "groups", group));
            groups.put(group, limit(limit, Safety.DEFAULT.eachGroup()));
          });
    }
    Safety.BreakerRules breaker = breaker(rules);
    if (rules.get("enabled") instanceof Boolean enabled
        && rules.get("dry_run") instanceof Boolean dryRun) {
      merged.safety(
          new Safety(
              enabled,
              dryRun,
              limit(budget == null ? null : budget.get("fleet"), Safety.DEFAULT.fleet()),
              limit(budget == null ? null : budget.get("each_group"), Safety.DEFAULT.eachGroup()),
              groups,
              breaker));
    }
  }

  /// What is wrong in it is reported, so it does not matter what stands for it.
  private static Safety.Limit limit(@Nullable Object given, Safety.Limit otherwise) {
    return given instanceof Fields limit
            && limit.get("most") instanceof Long most
            && limit.get("per") instanceof Long per
        ? new Safety.Limit(Math.toIntExact(most), per)
        : otherwise;
  }

  private static Safety.BreakerRules breaker(Fields rules) {
    if (rules.get("breaker") instanceof Fields given
        && given.get("share") instanceof Double share
        && given.get("least") instanceof Long least
        && given.get("window") instanceof Long window
        && given.get("hold") instanceof Long hold) {
      double close = given.get("close_share") instanceof Double wanted ? wanted : share / 2;
      if (close < share) {
        return new Safety.BreakerRules(share, Math.toIntExact(least), window, close, hold);
      }
      given.problem("close_share", "expected 0 to below `share` (" + share + "), found " + close);
    }
    return Safety.BreakerRules.DEFAULT;
  }
}
