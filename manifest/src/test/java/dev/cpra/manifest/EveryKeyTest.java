package dev.cpra.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.LoadShapes;
import dev.cpra.manifest.load.Loads;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.manifest.load.MonitorSource;
import dev.cpra.manifest.read.MonitorShapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every key that the shapes document is read from the file: a document with it gives something
/// else than one without it. A key without a row in the table fails, so none can be forgotten.
final class EveryKeyTest {
  private static final Kinds KINDS = Kinds.onClassPath();

  /// Removes a key.
  private static final String GONE = "(gone)";

  @TempDir Path folder;

  /// A key's value, and what else must stand in both documents, or only in the one with the key.
  private record Row(Object value, Map<String, Object> both, Map<String, Object> variant) {}

  private static Row row(Object value) {
    return new Row(value, Map.of(), Map.of());
  }

  private static Row row(Object value, Map<String, Object> both) {
    return new Row(value, both, Map.of());
  }

  private static final Map<String, Row> ROWS = new LinkedHashMap<>();

  static {
    ROWS.put("labels", row(Map.of("a", "b")));
    ROWS.put("name", row("other"));
    ROWS.put("enabled", row(false));
    ROWS.put("notify_groups", row(List.of("night")));
    Map<String, Object> member = Map.of("monitors/pulse_check/groups", "web");
    ROWS.put("groups/*/labels", row(Map.of("a", "b"), member));
    ROWS.put("groups/*/notify_groups", row("night", member));
    ROWS.put("groups", row("web"));
    for (String duration : List.of("interval", "timeout", "remind", "retry_delay")) {
      ROWS.put(duration, row("17s"));
    }
    for (String count :
        List.of(
            "unhealthy_threshold",
            "healthy_threshold",
            "max_failures",
            "verify",
            "calm",
            "retries",
            "count",
            "port")) {
      ROWS.put(count, row(7));
    }
    ROWS.put("dispatch", row(false));
    for (String url : List.of("url", "hook")) {
      ROWS.put(url, row("http://127.0.0.1:81/"));
    }
    for (String text :
        List.of(
            "body",
            "body_contains",
            "body_regex",
            "host",
            "send",
            "config@tcp/expect",
            "container",
            "file",
            "routing_key")) {
      ROWS.put(text, row("other"));
    }
    ROWS.put("method", row("PUT"));
    ROWS.put("headers", row("A: b"));
    Map<String, Object> basic = Map.of("^/user", "u", "^/password", "p");
    ROWS.put("auth/user", row("other", basic));
    ROWS.put("auth/username", row("other", Map.of("^/username", "u", "^/password", "p")));
    ROWS.put("auth/password", row("other", basic));
    ROWS.put("mix/retries", row(7, Map.of("^/config", Examples.minimal(Section.PULSE, "tcp"))));
    ROWS.put(
        "mix/intervention/retries",
        row(
            7,
            Map.of(
                "^/action",
                "webhook",
                "^/target",
                Examples.minimal(Section.INTERVENTION, "webhook"))));
    ROWS.put("auth/bearer", row("other"));
    ROWS.put("status", row("204"));
    ROWS.put("expect/status", row(204));
    ROWS.put("follow_redirects", row(true));
    ROWS.put("keep_alive", row(true));
    ROWS.put("verify_tls", row(false));
    ROWS.put("max_response_bytes", row("1KiB"));
    ROWS.put("ignore_privilege", row(true));
    checks();
    acts();
    policy();
    ROWS.put(
        "address",
        new Row(
            "other:3",
            Map.of(),
            Map.of(
                "^/host", GONE,
                "^/port", GONE)));

    ROWS.put("question", row("why"));
    ROWS.put("manifest", new Row("other.yaml", Map.of(), Map.of("monitors", GONE)));
    ROWS.put(
        "monitors/manifest", new Row("other.yaml", Map.of(), Map.of("monitors/generate", GONE)));
    ROWS.put("seed", row(7));
    ROWS.put("generate/through", row("manifest"));
    ROWS.put("share", row(0.5));
    ROWS.put("mix/type", row("http"));
    Map<String, Object> scripted = Map.of("work/kind", "scripted");
    ROWS.put("work/kind", row("scripted"));
    ROWS.put("work/seed", row(7, scripted));
    ROWS.put("work/failure", row(0.5, scripted));
    Map<String, Object> latency =
        Map.of("work/kind", "scripted", "work/latency", Map.of("p50", "1ms", "p99", "9ms"));
    ROWS.put("p50", row("2ms", latency));
    ROWS.put("p99", row("8ms", latency));
    for (String key : List.of("http", "tcp")) {
      String at = "targets/embedded/" + key;
      Map<String, Object> one = Map.of(at, List.of(Map.of("name", "web")));
      ROWS.put(at + "/name", row("other", one));
      ROWS.put(at + "/port", row(7, one));
      Map<String, Object> step =
          Map.of(
              at,
              List.of(
                  Map.of("name", "web", "script", List.of(Map.of("at", "1s", "state", "down")))));
      ROWS.put(at + "/script/at", row("2s", step));
      ROWS.put(at + "/script/state", row("hang", step));
      ROWS.put(at + "/heals/by", row("intervention", one));
    }
    ROWS.put("drive", row("ramp"));
    ROWS.put("tick", row("2ms"));
    ROWS.put("grace", row("3s"));
    ROWS.put("spin", row("50us"));
    ROWS.put("timer_slack", row("1us"));
    ROWS.put("collect", row("30s"));
    ROWS.put("batch", row(32));
    ROWS.put("engine/lanes/intervention/batch", row(1, Map.of()));
    ROWS.put("queue", row(7));
    ROWS.put("workers", row(7));
    ROWS.put("phases/rate", row(7));
    ROWS.put("for", row("7s"));
    ROWS.put("measured", row(false));
    ROWS.put("due", row("all"));
    ROWS.put("faults/at", row("2s"));
    ROWS.put(
        "faults/every", row("7s", Map.of("phases", List.of(Map.of("name", "p", "for", "1m")))));
    ROWS.put("faults/kind", row("late"));
    ROWS.put("lane", row("code"));
    ROWS.put("faults/rate", row(0.5));
    ROWS.put(
        "faults/target",
        row(
            "web",
            Map.of(
                "faults/kind",
                "target-down",
                "targets",
                Map.of("embedded", Map.of("http", List.of(Map.of("name", "web")))))));
    ROWS.put("delay", row("3s"));
    ROWS.put(
        "faults/by",
        row("5s", Map.of("faults/kind", "clock-jump", "faults/by", "-5s", "faults/for", GONE)));
    ROWS.put("period", row("3s", Map.of("faults/kind", "target-flap")));
    ROWS.put("simulation/faults", row(7));
    ROWS.put("simulation/longest", row("7s"));
    ROWS.put("simulation/rules", row("varied"));
    ROWS.put("simulation/sizes", row("varied"));
    Map<String, Object> variant = Map.of("engines", Map.of("web", Map.of("engine", "ecs")));
    ROWS.put("engines/*/engine", row("baseline", variant));
    ROWS.put("engines/*/options", row(Map.of("batch", 7), variant));
    ROWS.put("engines/*/jvm", row(List.of("-XX:+UseZGC"), variant));
    ROWS.put("engines/*/shards", row(2, variant));
  }

  /// The keys of single kinds of check.
  private static void checks() {
    Map<String, Object> tls = Map.of("^/tls", true);
    ROWS.put("tls", row(true));
    ROWS.put("config@tcp/verify_tls", row(false, tls));
    ROWS.put("config@tcp/certificate_days", row(7, tls));
    ROWS.put("certificate_days", row(7));
    ROWS.put("expect/headers", row(Map.of("A", "b")));
    ROWS.put("headers_regex", row(Map.of("A", "b")));
    Map<String, Object> path = Map.of("^/path", "$.a");
    ROWS.put("json/path", row("$.a"));
    ROWS.put("json/equals", row("other", path));
    ROWS.put("json/regex", row("other", path));
    ROWS.put("json/min", row(7, path));
    ROWS.put("json/max", row(7, path));
    ROWS.put("expect/latency", row("17s"));
    ROWS.put("record", row("MX"));
    ROWS.put("server", row("other"));
    ROWS.put("config@dns/port", row(7, Map.of("^/server", "s")));
    ROWS.put("config@dns/tcp", row(true));
    ROWS.put("expect/code", row("NXDOMAIN"));
    ROWS.put("records_min", row(7));
    ROWS.put("socket", row("/other"));
    ROWS.put("require_health", row(true));
    ROWS.put("allow_starting", row(false));
    ROWS.put("shell", row(true));
    ROWS.put("environment", row(Map.of("A", "b")));
    ROWS.put("ok_codes", row(7));
    ROWS.put("show_output", row(true));
    ROWS.put("config@heartbeat/bearer", row("another-token-of-it"));
    for (String text : List.of("contains", "exactly", "expect/regex", "command", "directory")) {
      ROWS.put(text, row("other"));
    }
  }

  /// The keys of single kinds of intervention and code.
  private static void acts() {
    ROWS.put("text", row("{{name}} is {{code}}"));
    ROWS.put("operation", row("start"));
    ROWS.put("unit", row("other"));
    ROWS.put("systemctl", row("/other"));
    ROWS.put("user_manager", row(true));
    ROWS.put("expires", row("17s"));
    ROWS.put("config@email/tls", row("none"));
    Map<String, Object> login = Map.of("^/user", "u", "^/password", "p");
    ROWS.put("config@email/user", row("other", login));
    ROWS.put("config@email/password", row("other", login));
    ROWS.put("config@email/from", row("c@example.org"));
    ROWS.put("config@email/to", row(List.of("b@example.org", "c@example.org")));
    ROWS.put("subject", row("{{name}}"));
  }

  /// What stands beside the monitors.
  private static void policy() {
    Map<String, Object> all = Map.of("name", "*");
    Map<String, Object> silence =
        Map.of("match", all, "from", "2026-01-01T00:00:00Z", "to", "2026-02-01T00:00:00Z");
    Map<String, Object> weekly = Map.of("match", all, "start", "22:00", "end", "02:00");
    for (String list : List.of("silences", "maintenance")) {
      Map<String, Object> once = Map.of(list, List.of(silence));
      ROWS.put(list + "/match/name", row("other", once));
      ROWS.put(list + "/match/group", row("web", once));
      ROWS.put(list + "/match/labels", row(Map.of("a", "b"), once));
      ROWS.put(list + "/from", row("2026-01-02T00:00:00+01:00", once));
      ROWS.put(list + "/to", row("2026-02-02T00:00:00Z", once));
      ROWS.put(list + "/reason", row("why", once));
    }
    Map<String, Object> eachWeek = Map.of("maintenance", List.of(weekly));
    ROWS.put("maintenance/days", row("mon", eachWeek));
    ROWS.put("maintenance/start", row("23:00", eachWeek));
    ROWS.put("maintenance/end", row("03:00", eachWeek));
    ROWS.put("maintenance/zone", row("Europe/Berlin", eachWeek));
    Map<String, Object> limit = Map.of("^/most", 3, "^/per", "1h");
    ROWS.put("most", row(7, limit));
    ROWS.put("per", row("17m", limit));
    ROWS.put("dry_run", row(true));
    ROWS.put("breaker/share", row(0.7));
    ROWS.put("least", row(7));
    ROWS.put("window", row("17s"));
    ROWS.put("close_share", row(0.1));
    ROWS.put("hold", row("17s"));
  }

  /// Every path to a key below a shape that holds no further shape.
  private static void walk(Shape shape, String prefix, List<String> into) {
    for (Field field : shape.fields()) {
      walk(field.type(), prefix + field.key(), into, true);
      for (String alias : field.aliases()) {
        into.add(prefix + alias);
      }
    }
  }

  private static void walk(Type type, String path, List<String> into, boolean leaf) {
    switch (type) {
      case Type.Nested nested -> walk(nested.shape(), path + "/", into);
      case Type.ListOf list -> walk(list.item(), path, into, leaf);
      case Type.MapOf map -> walk(map.value(), hasShape(type) ? path + "/*" : path, into, leaf);
      case Type.Either either -> {
        for (Type one : either.types()) {
          walk(one, path, into, !hasShape(type));
        }
      }
      case Type.Config config -> {
        for (Kind<?> kind : KINDS.all(config.section())) {
          walk(kind.shape(), path + "@" + kind.name() + "/", into);
        }
      }
      case Type.Later _ -> {}
      default -> {
        if (leaf && !into.contains(path)) {
          into.add(path);
        }
      }
    }
  }

  private static boolean hasShape(Type type) {
    return switch (type) {
      case Type.Nested _, Type.Config _ -> true;
      case Type.ListOf list -> hasShape(list.item());
      case Type.MapOf map -> hasShape(map.value());
      case Type.Either either -> either.types().stream().anyMatch(EveryKeyTest::hasShape);
      case Type.Later later -> hasShape(later.type());
      default -> false;
    };
  }

  static Stream<String> manifestKeys() {
    List<String> paths = new ArrayList<>();
    walk(new MonitorShapes(KINDS).root(), "", paths);
    return paths.stream().filter(path -> !isKind(path));
  }

  static Stream<String> loadKeys() {
    List<String> paths = new ArrayList<>();
    walk(new LoadShapes(KINDS).root(), "", paths);
    return paths.stream()
        .filter(path -> !isKind(path))
        .filter(path -> !path.equals("engine/lanes/intervention/batch"));
  }

  /// Kinds are walked one by one: each of them is a row of its own.
  private static boolean isKind(String path) {
    return path.matches(".*(pulse_check/type|intervention/action|/notify)");
  }

  private static Row find(String path) {
    String rest = path.replace("/token", "/bearer");
    while (true) {
      Row row = ROWS.get(rest);
      if (row != null) {
        return row;
      }
      int slash = rest.indexOf('/');
      assertThat(slash).as("a row for the key %s", path).isPositive();
      rest = rest.substring(slash + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("manifestKeys")
  void aManifestsKeyIsRead(String path) {
    Row row = find(path);
    Map<String, Object> base = Examples.manifest();
    Map<String, Object> with = Examples.manifest();
    prepare(base, with, path, row);

    LoadResult without = Manifests.load(write("base.json", base), LoadOptions.defaults());
    LoadResult given = Manifests.load(write("with.json", with), LoadOptions.defaults());

    assertThat(without.report()).isEmpty();
    assertThat(given.report()).isEmpty();
    assertThat(given.monitors()).hasSize(1);
    assertThat(given).isNotEqualTo(without);
    SchemaCheck.manifest(Examples.text(with)).accepts();

    set(with, path, Map.of("no-such-key", Arrays.asList((Object) null)));
    assertThat(Manifests.load(write("wrong.json", with), LoadOptions.defaults()).ok()).isFalse();
    SchemaCheck.manifest(Examples.text(with)).refuses();
  }

  @ParameterizedTest
  @MethodSource("loadKeys")
  void aLoadsKeyIsRead(String path) {
    TestFiles.write(folder, "other.yaml", "monitors: []\n");
    Row row = find(path);
    Map<String, Object> base = Examples.load();
    Map<String, Object> with = Examples.load();
    prepare(base, with, path, row);

    LoadsResult without = Loads.load(write("load.json", base));
    LoadsResult given = Loads.load(write("load.json", with));

    assertThat(without.problems()).isEmpty();
    assertThat(given.problems()).isEmpty();
    assertThat(view(given.loads().get(0))).isNotEqualTo(view(without.loads().get(0)));
    SchemaCheck.load(Examples.text(with)).accepts();

    set(with, path, Map.of("no-such-key", Arrays.asList((Object) null)));
    assertThat(Loads.load(write("wrong.json", with)).ok()).isFalse();
    SchemaCheck.load(Examples.text(with)).refuses();
  }

  /// A load without what can't be compared: how its monitors are read again.
  private static List<Object> view(Load load) {
    Object monitors =
        load.monitors() instanceof MonitorSource.Generated generated
            ? generated.generate()
            : load.monitors();
    return Arrays.asList(
        load.name(),
        load.question(),
        monitors,
        load.work(),
        load.targets(),
        load.drive(),
        load.engine(),
        load.simulation(),
        load.phases(),
        load.collectNanos(),
        load.faults(),
        load.engines());
  }

  private Path write(String name, Map<String, Object> document) {
    Object monitors = document.remove("monitors");
    if (monitors != null) {
      document.put("monitors", monitors);
    }
    return TestFiles.write(folder, name, Examples.text(document));
  }

  private static void prepare(
      Map<String, Object> base, Map<String, Object> with, String path, Row row) {
    for (Map<String, Object> document : List.of(base, with)) {
      reach(document, path);
      if (path.startsWith("defaults/codes")) {
        set(document, "monitors/codes", GONE);
      }
      row.both().forEach((key, value) -> set(document, beside(path, key), value));
    }
    row.variant().forEach((key, value) -> set(with, beside(path, key), value));
    set(with, path, row.value());
  }

  /// `^` stands for the mapping that holds the key.
  private static String beside(String path, String key) {
    return key.startsWith("^/") ? path.substring(0, path.lastIndexOf('/')) + key.substring(1) : key;
  }

  /// Puts kinds in place so that a path into a config has one to stand in.
  private static void reach(Map<String, Object> document, String path) {
    String[] steps = path.split("/", -1);
    StringBuilder parent = new StringBuilder();
    for (String step : steps) {
      int at = step.indexOf('@');
      if (at >= 0) {
        String kind = step.substring(at + 1);
        Section section =
            switch (step.substring(0, at)) {
              case "target" -> Section.INTERVENTION;
              case "config" ->
                  parent.toString().contains("codes/") ? Section.NOTIFY : Section.PULSE;
              default -> throw new IllegalArgumentException(step);
            };
        set(document, parent + section.kindKey(), kind);
        set(document, parent + section.configKey(), Examples.minimal(section, kind));
      }
      parent.append(step).append('/');
    }
    String colour = path.replaceFirst("(.*codes/[a-z]+)/(dispatch|groups)$", "$1");
    if (!colour.equals(path)) {
      set(document, colour + "/notify", "log");
      set(document, colour + "/config", Examples.minimal(Section.NOTIFY, "log"));
    }
  }

  @SuppressWarnings("unchecked")
  private static void set(Map<String, Object> document, String path, Object value) {
    Map<String, Object> at = document;
    String[] steps = path.replaceAll("@[a-z]+", "").split("/", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      String step = steps[i].equals("*") ? "web" : steps[i];
      Object next = at.get(step);
      if (next instanceof List<?> list) {
        List<Object> copy = new ArrayList<>(list);
        copy.set(0, new LinkedHashMap<>((Map<String, Object>) copy.get(0)));
        at.put(step, copy);
        next = copy.get(0);
      } else {
        next =
            next == null ? new LinkedHashMap<>() : new LinkedHashMap<>((Map<String, Object>) next);
        at.put(step, next);
      }
      at = (Map<String, Object>) next;
    }
    String last = steps[steps.length - 1];
    if (value.equals(GONE)) {
      at.remove(last);
    } else {
      at.put(last, value);
    }
  }
}
