package dev.cpra.harness.gate;

import dev.cpra.harness.eval.Variants;
import dev.cpra.harness.gate.GateFile.GateLoad;
import dev.cpra.harness.trial.LoadFiles;
import dev.cpra.manifest.Fields;
import dev.cpra.manifest.LoadOptions;
import dev.cpra.manifest.Problem;
import dev.cpra.manifest.load.Drive;
import dev.cpra.manifest.load.Load;
import dev.cpra.manifest.load.LoadsResult;
import dev.cpra.manifest.load.Phase;
import dev.cpra.manifest.load.Work;
import dev.cpra.manifest.read.Binder;
import dev.cpra.manifest.read.Document;
import dev.cpra.manifest.read.Node;
import dev.cpra.manifest.read.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads gate files, as strictly as loads: every problem with its place.
final class GateReader {
  private static final int WEIGHT_MAX = 10_000;

  /// Root keys that neither a load nor a manifest has.
  private static final Set<String> TELLING = Set.of("budget", "alpha", "pairs", "loads");

  private static final long SATURATE_SLICE_NANOS = 20 * GateShapes.MS;
  private static final long OPEN_SLICE_NANOS = 100 * GateShapes.MS;

  private final Path file;
  private final Problems problems;
  private final List<Problem> ofLoads = new ArrayList<>();
  private boolean telling;

  private GateReader(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /// What reading gave.
  ///
  /// @param gate the gate; null if there are problems
  /// @param problems of the gate and of the loads it names
  /// @param telling whether the file has a key that only gates have
  record Result(@Nullable GateFile gate, List<Problem> problems, boolean telling) {}

  /// Reads one.
  static Result read(Path file) {
    LoadOptions options = LoadOptions.defaults();
    Problems problems = new Problems(file.toString(), options.maxProblems());
    GateReader reader = new GateReader(file, problems);
    @Nullable GateFile[] found = new GateFile[1];
    Document.visit(
        file, problems, WEIGHT_MAX, document -> found[0] = reader.read(document, options));
    List<Problem> all = new ArrayList<>(problems.sorted());
    all.addAll(reader.ofLoads);
    return new Result(all.isEmpty() ? found[0] : null, List.copyOf(all), reader.telling);
  }

  private @Nullable GateFile read(Document document, LoadOptions options) {
    List<Node.Entry> entries = new ArrayList<>();
    for (Node.Scalar key = document.nextKey(); key != null; key = document.nextKey()) {
      telling |= TELLING.contains(key.text());
      entries.add(new Node.Entry(key, document.value()));
    }
    int line = entries.isEmpty() ? 1 : entries.getFirst().key().line();
    int column = entries.isEmpty() ? 1 : entries.getFirst().key().column();
    Fields root =
        new Binder(options, problems)
            .bindLoosely(
                GateShapes.ROOT, new Node.Mapping(entries, line, column, entries.size() + 1));
    if (root == null || problems.reports() > 0) {
      return null;
    }
    List<String> engines = engines(root);
    List<GateLoad> loads = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Fields fields : root.items("loads", Fields.class)) {
      GateLoad load = load(fields, engines);
      if (load != null) {
        String name = load.load().name();
        if (!names.add(name)) {
          fields.problem("load", "expected loads of different names, found two named " + name);
        }
        loads.add(load);
      }
    }
    if (loads.isEmpty() && problems.reports() == 0 && ofLoads.isEmpty()) {
      root.problem("loads", "expected at least one load, found none");
    }
    return new GateFile(
        file,
        root.text("name"),
        root.textOrNull("question"),
        engines,
        root.nanos("budget"),
        root.get("alpha", Double.class),
        root.whole("pairs"),
        List.copyOf(loads));
  }

  private static List<String> engines(Fields root) {
    List<String> asked = root.texts("engines");
    for (String engine : asked) {
      requireKnown(root, "engines", engine, Variants.virtualTimeEngines());
    }
    return asked.isEmpty() ? Variants.engines() : asked.stream().distinct().toList();
  }

  private static void requireKnown(
      Fields fields, String key, @Nullable String engine, List<String> known) {
    if (engine != null && !known.contains(engine)) {
      fields.problem(key, "expected one of " + known + ", found `" + engine + "`");
    }
  }

  private @Nullable GateLoad load(Fields fields, List<String> engines) {
    Path path = file.resolveSibling(fields.text("load"));
    LoadsResult result = LoadFiles.read(List.of(path));
    if (!result.ok()) {
      ofLoads.addAll(result.problems());
      return null;
    }
    Load load = result.loads().getFirst();
    refuse(fields, load);
    boolean virtual = load.drive() == Drive.SATURATE;
    return new GateLoad(
        load,
        LoadFiles.count(load),
        fields.nanos("warm_up"),
        fields.has("slice")
            ? fields.nanos("slice")
            : virtual ? SATURATE_SLICE_NANOS : OPEN_SLICE_NANOS,
        fields.whole("slices"),
        exact(fields, engines),
        paired(fields, load, engines));
  }

  /// What can't be run in slices or in virtual time.
  private static void refuse(Fields fields, Load load) {
    if (load.work().kind() == Work.Kind.WIRE) {
      fields.problem("load", "a gate's load has no targets; use work of kind `noop` or `scripted`");
    }
    if (!load.faults().isEmpty()) {
      fields.problem("load", "a gate's load has no faults; leave `faults` out of it");
    }
    for (Phase phase : load.phases()) {
      if (phase.rate() != 1 || phase.dueAll()) {
        fields.problem("load", "a gate's phases all have rate 1 and no `due`");
        break;
      }
    }
  }

  private static List<Limit.Exact> exact(Fields fields, List<String> engines) {
    List<Limit.Exact> limits = new ArrayList<>();
    for (Fields limit : fields.items("exact", Fields.class)) {
      requireKnown(limit, "engine", limit.textOrNull("engine"), engines);
      limits.add(
          new Limit.Exact(
              limit.text("metric"),
              limit.textOrNull("engine"),
              decimal(limit, "at_most"),
              decimal(limit, "at_most_times")));
    }
    return List.copyOf(limits);
  }

  private static List<Limit.Paired> paired(Fields fields, Load load, List<String> engines) {
    List<Limit.Paired> limits = new ArrayList<>();
    for (Fields limit : fields.items("paired", Fields.class)) {
      PairedMetric metric = PairedMetric.of(limit.text("metric"));
      requireKnown(limit, "engine", limit.textOrNull("engine"), engines);
      requireKnown(limit, "versus", limit.textOrNull("versus"), Variants.virtualTimeEngines());
      if (metric.needsRealTime() && load.drive() == Drive.SATURATE) {
        limit.problem("metric", "needs real time; give it to a load with the drive `open`");
      }
      if (load.work().kind() != Work.Kind.NOOP) {
        limit.problem(
            "metric",
            "paired measuring needs work of kind `noop`: other work would drown the engine");
      }
      Double bound = decimal(limit, "at_least");
      bound = bound == null ? decimal(limit, "at_most") : bound;
      bound = bound == null ? decimal(limit, "at_most_more") : bound;
      if (bound != null) {
        limits.add(
            new Limit.Paired(
                metric, limit.textOrNull("engine"), limit.textOrNull("versus"), bound));
      }
    }
    return List.copyOf(limits);
  }

  private static @Nullable Double decimal(Fields fields, String key) {
    return fields.get(key) == null ? null : fields.get(key, Double.class);
  }
}
