package dev.cpra.manifest.load;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.manifest.Durations;
import dev.cpra.manifest.Field;
import dev.cpra.manifest.Kinds;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Shape.Rule.ExactlyOne;
import dev.cpra.manifest.Shape.Rule.NeededWith;
import dev.cpra.manifest.Shape.Rule.OnlyWith;
import dev.cpra.manifest.Type;
import dev.cpra.manifest.read.MonitorShapes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The shapes of a load.
public final class LoadShapes {
  /// Most monitors a load may generate.
  static final int MONITORS_MAX = EngineLimits.MONITORS_MAX;

  /// The path of a file; without the character that no path can have.
  public static final Type PATH = new Type.Text(1, 4_096, Pattern.compile("[^\\x00]*"), "a path");

  static final long SECOND = 1_000_000_000L;
  private static final Type WORD =
      new Type.Text(
          1,
          100,
          Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*"),
          "a word of letters, digits, `.`, `-` and `_`");
  private static final Type SEED = new Type.Whole(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final Type JOBS = new Type.Whole(1, 1 << 26);
  private static final Type BATCH = new Type.Whole(1, 1 << 16);
  private static final Type FRACTION = new Type.Decimal(0, 1);
  private static final Type SHARE = new Type.Decimal(1e-9, 1);

  static final Shape LATENCY =
      Shape.of(
          "How long scripted jobs take.",
          Field.of("p50", Type.DURATION_OR_ZERO, "The median.").need(),
          Field.of("p99", Type.DURATION_OR_ZERO, "The 99th percentile.").need());

  static final Shape WORK =
      Shape.of(
              "What a job does.",
              Field.of("kind", choice(Work.Kind.values()), "Nothing, a script, or real probes.")
                  .or("noop"),
              Field.of("seed", SEED, "Seed of the script.").or(0L),
              Field.of("failure", FRACTION, "Share of scripted jobs that fail.").or(0.0),
              Field.of("latency", new Type.Nested(LATENCY), LATENCY.doc()))
          .with(new OnlyWith("failure", "kind", Set.of("scripted")))
          .with(new OnlyWith("latency", "kind", Set.of("scripted")))
          .with(new OnlyWith("seed", "kind", Set.of("scripted")));

  static final Shape STEP =
      Shape.of(
          "From then on the target is in this state.",
          Field.of("at", Type.DURATION_OR_ZERO, "Since the start of the run.").need(),
          Field.of("state", choice(Targets.State.values()), "What it does with requests.").need());

  static final Shape HEALS =
      Shape.of(
          "What brings the target back before its script does.",
          Field.of("by", choice(Targets.Heals.values()), "The script alone, or an intervention.")
              .need());

  static final Shape TARGET =
      Shape.of(
          "One server, known to monitors as `${TARGET_name}`, which stands for its `host:port`.",
          Field.of("name", WORD, "Unique in the load; `-` and `.` are `_` in the variable.").need(),
          Field.of("port", new Type.Whole(0, 65_535), "0 for any free one.").or(0L),
          Field.of(
              "script",
              new Type.ListOf(new Type.Nested(STEP), false, Type.ITEMS_MAX),
              "What happens when, in ascending order; up from the start."),
          Field.of(
              "heals",
              Type.Either.of(Type.BOOL, new Type.Nested(HEALS)),
              "True, or `{by: intervention}`: an intervention aimed at it brings it back."));

  private static final Type SERVERS =
      Type.Either.of(
          new Type.Whole(0, 10_000), new Type.ListOf(new Type.Nested(TARGET), false, 10_000));

  static final Shape EMBEDDED =
      Shape.of(
          "Servers on loopback: how many, or a list of them by name.",
          Field.of("http", SERVERS, "HTTP servers."),
          Field.of("tcp", SERVERS, "TCP servers that echo."));

  static final Shape TARGETS =
      Shape.of(
          "Servers that the harness starts for `wire` work.",
          Field.of("embedded", new Type.Nested(EMBEDDED), EMBEDDED.doc()).need());

  static final Shape LANE =
      Shape.of(
          "Sizes of one lane.",
          Field.of("queue", JOBS, "Jobs it holds before it refuses further ones.").or(65_536L),
          Field.of("workers", new Type.Whole(1, 1 << 20), "Jobs that run at once.").or(1L),
          Field.of("batch", BATCH, "Most jobs in one batch; always 1 in the intervention lane."));

  static final Shape LANES = lanes();

  static final Shape ENGINE =
      Shape.of(
          "Sizes of the engine.",
          Field.of(
                  "tick",
                  new Type.Duration(1_000, 10 * SECOND),
                  "Engine time advances in multiples of this.")
              .or(EngineLimits.TICK_DEFAULT_NANOS),
          Field.of(
                  "grace",
                  Type.DURATION_OR_ZERO,
                  "Added to a job's timeout for its way to and fro.")
              .or(EngineLimits.GRACE_DEFAULT_NANOS),
          Field.of("batch", BATCH, "Most jobs in one batch, where a lane says nothing else.")
              .or(64L),
          Field.of("lanes", new Type.Nested(LANES), LANES.doc()),
          Field.of(
                  "spin",
                  new Type.Duration(0, SECOND),
                  "How long before a wake-up the engine's thread stops sleeping and spins.")
              .or(0L),
          Field.of(
              "timer_slack",
              new Type.Duration(1, SECOND),
              "How much later than asked the kernel may wake the threads of a trial; the system's"
                  + " own, usually 50us, if left out. Linux only."));

  static final Shape PHASE =
      Shape.of(
          "A part of the run.",
          Field.of("name", WORD, "Unique in the load.").need(),
          Field.of("for", Type.DURATION, "How long it takes.").need(),
          Field.of("measured", Type.BOOL, "Whether its figures count.").or(true),
          Field.of("rate", new Type.Decimal(1e-3, 1e6), "All intervals are divided by it.").or(1.0),
          Field.of("due", Type.Choice.of("grid", "all"), "`all` makes every monitor due at once.")
              .or("grid"));

  static final Shape FAULT = fault();

  static final Shape SIMULATION =
      Shape.of(
          "What the seed of a simulation decides besides the script; for `simulate` only.",
          Field.of("faults", new Type.Whole(0, 1_000), "Faults of any kind, beside the load's own.")
              .or(0L),
          Field.of("longest", Type.DURATION, "The longest of them.").or(10 * SECOND),
          Field.of(
                  "rules",
                  Type.Choice.of("given", "varied"),
                  "`varied` draws each monitor's rules around those of its entry.")
              .or("given"),
          Field.of(
                  "sizes",
                  Type.Choice.of("given", "varied"),
                  "`varied` draws tick, grace, queues, batches and workers up to the load's.")
              .or("given"));

  static final Shape VARIANT =
      Shape.of(
          "An engine under the name a report gives it.",
          Field.of("engine", WORD, "The engine's own name.").need(),
          Field.of(
              "options",
              new Type.MapOf(
                  Type.Either.of(
                      new Type.Whole(Long.MIN_VALUE, Long.MAX_VALUE), Type.BOOL, Type.TEXT),
                  100),
              "The engine's options, by name."),
          Field.of(
              "jvm",
              new Type.ListOf(new Type.Choice(Variant.FLAGS), true, Variant.FLAGS.size()),
              "Flags of its JVM; a collector takes the place of the one that trials run with."),
          Field.of(
                  "shards",
                  new Type.Whole(1, Variant.SHARDS_MAX),
                  "How many engines share its monitors, each on a thread of its own; more than one"
                      + " where the drive is `saturate`, the work `noop` and nothing goes wrong.")
              .or(1L));

  private final Shape generate;
  private final Shape source;
  private final Shape root;

  /// The shapes for these kinds.
  public LoadShapes(Kinds kinds) {
    MonitorShapes monitors = new MonitorShapes(kinds);
    Shape mixEntry = monitors.mixEntry(kinds);
    generate =
        Shape.of(
            "Monitors made from a mix.",
            Field.of("count", new Type.Whole(1, MONITORS_MAX), "How many.").need(),
            Field.of("seed", SEED, "Decides which monitor gets which entry.").or(0L),
            Field.of(
                    "through",
                    Type.Choice.of("engine", "manifest"),
                    "`manifest`: a trial writes them down as a manifest, each with a target of its"
                        + " own, and measures the way from there to the running engine.")
                .or("engine"),
            Field.of(
                    "mix",
                    new Type.ListOf(new Type.Nested(mixEntry), false, 100),
                    "The kinds of monitors, at least one.")
                .need());
    source =
        Shape.of(
                "Where the monitors come from.",
                Field.of("generate", new Type.Nested(generate), generate.doc()),
                Field.of("manifest", PATH, "A manifest, relative to this file."))
            .with(new ExactlyOne(List.of(List.of("generate"), List.of("manifest"))));
    Type inline =
        new Type.Later(new Type.ListOf(new Type.Nested(monitors.monitor()), false, 100_000));
    root =
        Shape.of(
                "What the harness runs, the same for every engine.",
                Field.of("name", WORD, "Of the load, in reports and folders.").need(),
                Field.of("question", Type.TEXT, "Which question it answers."),
                Field.of(
                    "monitors",
                    Type.Either.of(inline, new Type.Nested(source)),
                    "The monitors themselves, or where they come from."),
                Field.of("manifest", PATH, "A manifest in place of `monitors`."),
                Field.of("work", new Type.Nested(WORK), WORK.doc()),
                Field.of("targets", new Type.Nested(TARGETS), TARGETS.doc()),
                Field.of("drive", choice(Drive.values()), "How time goes.").or("open"),
                Field.of("engine", new Type.Nested(ENGINE), ENGINE.doc()),
                Field.of(
                        "phases",
                        new Type.ListOf(new Type.Nested(PHASE), false, Type.ITEMS_MAX),
                        "One after the other, at least one.")
                    .need(),
                Field.of(
                    "collect",
                    new Type.Duration(SECOND / 10, Durations.MAX_NANOS),
                    "How often all garbage is collected to see what the heap holds; the pauses are"
                        + " part of the run. Never, if left out."),
                Field.of(
                    "faults",
                    new Type.ListOf(new Type.Nested(FAULT), false, Type.ITEMS_MAX),
                    "What goes wrong on purpose."),
                Field.of("simulation", new Type.Nested(SIMULATION), SIMULATION.doc()),
                Field.of(
                    "engines",
                    new Type.MapOf(new Type.Nested(VARIANT), 100),
                    "Variants by report name; without it, the engines of the command line."))
            .with(new ExactlyOne(List.of(List.of("monitors"), List.of("manifest"))));
  }

  private static Shape lanes() {
    Shape all = Shape.of("Sizes of the lanes.");
    for (Lane lane : Lane.values()) {
      String key = key(lane);
      all = all.with(Field.of(key, new Type.Nested(LANE), "The " + key + " lane."));
    }
    return all;
  }

  private static Shape fault() {
    Type word = choice(Lane.values());
    Type delta = new Type.Duration(-Durations.MAX_NANOS, Durations.MAX_NANOS);
    return Shape.of(
            "Something that goes wrong on purpose.",
            Field.of("at", Type.DURATION_OR_ZERO, "Since the start of the run.").need(),
            Field.of("for", Type.DURATION, "How long; not with what happens at an instant."),
            Field.of("every", Type.DURATION, "Again after this long, to the end of the run."),
            Field.of(
                    "kind",
                    new Type.Choice(Arrays.stream(FaultKind.values()).map(FaultKind::key).toList()),
                    "What.")
                .need(),
            Field.of("lane", word, "The lane it hits; every one if left out."),
            Field.of("rate", SHARE, "Share of the jobs, targets or monitors it hits.").or(1.0),
            Field.of("target", WORD, "The target it hits; any if left out."),
            Field.of("delay", Type.DURATION, "How much later.").or(SECOND),
            Field.of("by", delta, "How far the clock jumps; negative is backwards."),
            Field.of("period", Type.DURATION, "Of going down and up again.").or(2 * SECOND))
        .with(new OnlyWith("lane", "kind", kinds(kind -> kind.aim() == FaultKind.Aim.LANE)))
        .with(new OnlyWith("rate", "kind", kinds(kind -> kind.aim() != FaultKind.Aim.ENGINE)))
        .with(new OnlyWith("target", "kind", kinds(kind -> kind.aim() == FaultKind.Aim.TARGET)))
        .with(new OnlyWith("delay", "kind", Set.of("slow", "late", "target-slow")))
        .with(new OnlyWith("by", "kind", Set.of("clock-jump")))
        .with(new NeededWith("by", "kind", Set.of("clock-jump")))
        .with(new OnlyWith("period", "kind", Set.of("target-flap")))
        .with(new OnlyWith("for", "kind", kinds(kind -> !kind.isInstant())))
        .with(new NeededWith("for", "kind", kinds(kind -> !kind.isInstant())));
  }

  private static Set<String> kinds(Predicate<FaultKind> wanted) {
    Set<String> keys = new HashSet<>();
    for (FaultKind kind : FaultKind.values()) {
      if (wanted.test(kind)) {
        keys.add(kind.key());
      }
    }
    return Set.copyOf(keys);
  }

  static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Type.Choice choice(Enum<?>[] values) {
    return new Type.Choice(Arrays.stream(values).map(LoadShapes::key).toList());
  }

  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /// `generate`.
  public Shape generate() {
    return generate;
  }

  /// The mapping form of `monitors`.
  public Shape source() {
    return source;
  }

  /// The whole load.
  public Shape root() {
    return root;
  }
}
