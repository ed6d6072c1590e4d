package dev.cpra.manifest.load;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.LoadResult;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.PulseConfig;
import dev.cpra.manifest.read.Binder;
import dev.cpra.manifest.read.Merged;
import dev.cpra.manifest.read.MonitorReader;
import dev.cpra.manifest.read.Node;
import dev.cpra.manifest.read.Problems;
import dev.cpra.manifest.read.RulesReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes one load of its node. Used by one thread.
final class LoadReader {
  private final Path file;
  private final LoadOptions options;
  private final Problems problems;
  private final LoadShapes shapes;
  private final Node.Mapping node;

  LoadReader(Path file, LoadOptions options, Problems problems, Node.Mapping node) {
    this.file = file;
    this.options = options;
    this.problems = problems;
    this.shapes = new LoadShapes(options.kinds());
    this.node = node;
  }

  /// The load, or null when anything is wrong.
  @Nullable Load read() {
    Targets targets = TargetsReader.peek(options, node.get("targets"));
    LoadOptions placed = targets.placeholders(options);
    Binder binder = new Binder(placed, problems);
    Fields root = binder.bindLoosely(shapes.root(), node);
    if (root == null) {
      return null;
    }
    boolean inline = node.get("monitors") instanceof Node.Sequence;
    if (inline) {
      inline(placed, problems);
    }
    Checks.load(root, targets);
    manifestExists(root);
    if (problems.reports() > 0) {
      return null;
    }
    Fields work = root.nested("work");
    return new Load(
        file,
        root.text("name"),
        root.textOrNull("question"),
        monitors(root, binder, inline),
        work == null ? Work.NOTHING : work(work),
        targets,
        LoadShapes.constant(Drive.class, root.text("drive")),
        engine(root.nested("engine")),
        phases(root),
        root.has("collect") ? root.nanos("collect") : 0,
        faults(root),
        simulation(root.nested("simulation")),
        engines(root));
  }

  private @Nullable Path manifest(Fields root) {
    String path = root.textOrNull("manifest");
    if (path == null && root.get("monitors") instanceof Fields source) {
      path = source.textOrNull("manifest");
    }
    return path == null ? null : file.resolveSibling(path);
  }

  private void manifestExists(Fields root) {
    Path manifest = manifest(root);
    if (manifest != null && !Files.isRegularFile(manifest)) {
      String message =
          (Files.isDirectory(manifest) ? "a directory" : "no such file")
              + "; expected a manifest, relative to this load";
      if (root.has("manifest")) {
        root.problem("manifest", message);
      } else if (root.get("monitors") instanceof Fields source) {
        source.problem("manifest", message);
      }
    }
  }

  private MonitorSource monitors(Fields root, Binder binder, boolean inline) {
    Path manifest = manifest(root);
    if (manifest != null) {
      return new MonitorSource.FromManifest(manifest);
    }
    if (inline && node.get("monitors") instanceof Node.Sequence list) {
      return new MonitorSource.Inline(
          list.items().size(),
          later -> {
            Problems found = new Problems(file.toString(), later.maxProblems());
            List<MonitorSpec> monitors = inline(later, found);
            boolean ok = found.count() == 0;
            return new LoadResult(ok ? monitors : List.of(), found.sorted(), found.dropped());
          });
    }
    Fields generate = root.get("monitors", Fields.class).get("generate", Fields.class);
    return new MonitorSource.Generated(generate(generate, new RulesReader(binder)), this::again);
  }

  private List<MonitorSpec> inline(LoadOptions with, Problems into) {
    List<MonitorSpec> monitors = new ArrayList<>();
    if (node.get("monitors") instanceof Node.Sequence list) {
      MonitorReader reader = new MonitorReader(with, into, Merged.of(file), 0);
      for (Node item : list.items()) {
        MonitorSpec monitor = reader.read(item);
        if (monitor != null) {
          monitors.add(monitor);
        }
      }
    }
    return Collections.unmodifiableList(monitors);
  }

  private GenerateResult again(LoadOptions later) {
    Problems found = new Problems(file.toString(), later.maxProblems());
    Binder binder = new Binder(later, found);
    Node source = node.get("monitors");
    Fields fields = source == null ? null : binder.bind(shapes.source(), source);
    Generate generate =
        fields == null
            ? null
            : generate(fields.get("generate", Fields.class), new RulesReader(binder));
    return new GenerateResult(generate, found.sorted());
  }

  private static Generate generate(Fields fields, RulesReader rules) {
    List<Generate.Entry> mix = new ArrayList<>();
    for (Fields entry : fields.items("mix", Fields.class)) {
      Fields repair = entry.nested("intervention");
      RulesReader.Codes codes = rules.codes(entry.nested("codes"), null);
      mix.add(
          new Generate.Entry(
              entry.get("share", Double.class),
              entry.text("type"),
              rules.read(entry, repair, entry.nested("alerts"), null, codes.sent()),
              entry.get("config") instanceof PulseConfig pulse ? pulse : null,
              repair != null && repair.get("target") instanceof InterventionConfig target
                  ? target
                  : null,
              codes.configs(),
              codes.groups()));
    }
    return new Generate(
        fields.whole("count"),
        fields.get("seed", Long.class),
        List.copyOf(mix),
        fields.text("through").equals("manifest"));
  }

  private static Work work(Fields fields) {
    Fields latency = fields.nested("latency");
    return new Work(
        LoadShapes.constant(Work.Kind.class, fields.text("kind")),
        fields.get("seed", Long.class),
        fields.get("failure", Double.class),
        latency == null
            ? Work.Latency.NONE
            : new Work.Latency(latency.nanos("p50"), latency.nanos("p99")));
  }

  private static EngineSettings engine(@Nullable Fields given) {
    Map<Lane, EngineSettings.LaneSettings> lanes = new EnumMap<>(Lane.class);
    int batch = given == null ? 64 : given.whole("batch");
    Fields givenLanes = given == null ? null : given.nested("lanes");
    for (Lane lane : Lane.values()) {
      Fields fields = givenLanes == null ? null : givenLanes.nested(LoadShapes.key(lane));
      int most = lane == Lane.INTERVENTION ? 1 : batch;
      lanes.put(
          lane,
          fields == null
              ? new EngineSettings.LaneSettings(65_536, 1, most)
              : new EngineSettings.LaneSettings(
                  fields.whole("queue"),
                  fields.whole("workers"),
                  fields.has("batch") ? fields.whole("batch") : most));
    }
    return new EngineSettings(
        given == null ? EngineLimits.TICK_DEFAULT_NANOS : given.nanos("tick"),
        given == null ? EngineLimits.GRACE_DEFAULT_NANOS : given.nanos("grace"),
        batch,
        Collections.unmodifiableMap(lanes),
        given == null ? 0 : given.nanos("spin"),
        given != null && given.has("timer_slack") ? given.nanos("timer_slack") : 0);
  }

  private static List<Phase> phases(Fields root) {
    List<Phase> phases = new ArrayList<>();
    for (Fields fields : root.items("phases", Fields.class)) {
      phases.add(
          new Phase(
              fields.text("name"),
              fields.nanos("for"),
              fields.flag("measured"),
              fields.get("rate", Double.class),
              fields.text("due").equals("all")));
    }
    return List.copyOf(phases);
  }

  private static Simulation simulation(@Nullable Fields given) {
    return given == null
        ? Simulation.PLAIN
        : new Simulation(
            given.whole("faults"),
            given.nanos("longest"),
            given.text("rules").equals("varied"),
            given.text("sizes").equals("varied"));
  }

  private static List<Fault> faults(Fields root) {
    List<Fault> faults = new ArrayList<>();
    long total = 0;
    for (Phase phase : phases(root)) {
      total += phase.forNanos();
    }
    for (Fields fields : root.items("faults", Fields.class)) {
      FaultKind kind = LoadShapes.constant(FaultKind.class, fields.text("kind"));
      String lane = fields.textOrNull("lane");
      boolean delayed =
          kind == FaultKind.SLOW || kind == FaultKind.LATE || kind == FaultKind.TARGET_SLOW;
      Fault first =
          new Fault(
              kind,
              fields.nanos("at"),
              fields.has("for") ? fields.nanos("for") : 0,
              lane == null ? null : LoadShapes.constant(Lane.class, lane),
              fields.get("rate", Double.class),
              fields.textOrNull("target"),
              delayed ? fields.nanos("delay") : 0,
              fields.has("by") ? fields.nanos("by") : 0,
              kind == FaultKind.TARGET_FLAP ? fields.nanos("period") : 0);
      faults.add(first);
      if (fields.has("every")) {
        long every = fields.nanos("every");
        // By what is left: a sum of many long phases is near the end of what a long holds.
        for (long at = first.atNanos(); total - at > every; ) {
          at += every;
          faults.add(first.at(at));
        }
      }
    }
    return List.copyOf(faults);
  }

  private static Map<String, Variant> engines(Fields root) {
    Map<String, Variant> engines = new LinkedHashMap<>();
    root.entries("engines", Fields.class)
        .forEach((name, fields) -> {
          Map<String, String> given = new LinkedHashMap<>();
          fields
              .entries("options", Object.class)
              .forEach((option, value) -> given.put(option, value.toString()));
          engines.put(
              name,
              new Variant(
                  fields.text("engine"),
                  Collections.unmodifiableMap(given),
                  fields.texts("jvm"),
                  fields.whole("shards")));
        });
    return Collections.unmodifiableMap(engines);
  }
}
