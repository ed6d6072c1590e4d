package dev.cpra.manifest.read;

import dev.cpra.engine.AlertRules;
import dev.cpra.engine.Code;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.Field;
import dev.cpra.manifest.Kinds;
import dev.cpra.manifest.Section;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Type;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// The shapes of a manifest, from its root to where the kinds take over.
public final class MonitorShapes {
  static final long SECOND = 1_000_000_000L;
  static final long INTERVENTION_TIMEOUT = 30 * SECOND;
  static final long RETRY_DELAY = 10 * SECOND;
  static final long ALERT_TIMEOUT = 10 * SECOND;
  static final long ALERT_RETRIES = 5;

  private static final Field INTERVAL =
      Field.of("interval", Type.DURATION, "Distance of two checks; needed here or in `defaults`.");
  private static final Field TIMEOUT =
      Field.of(
          "timeout", Type.DURATION, "How long a check may take; needed here or in `defaults`.");
  private static final Field UNHEALTHY =
      Field.of(
              "unhealthy_threshold",
              Type.COUNT,
              "Failures in a row that make the target unhealthy.")
          .or(1L)
          .alias("max_failures");
  private static final Field HEALTHY =
      Field.of("healthy_threshold", Type.COUNT, "Successes in a row that make it healthy again.")
          .or(1L);
  private static final Field TRIES =
      Field.of(
          "retries",
          new Type.Whole(0, 100),
          "Further tries at once within one job, like `retries` in the config.");

  /// When and how stubbornly alerts are sent.
  static final Shape ALERTS =
      Shape.of(
          "How alerts are sent.",
          Field.of("timeout", Type.DURATION, "How long one delivery may take.").or(ALERT_TIMEOUT),
          Field.of(
                  "retries",
                  new Type.Whole(0, AlertRules.RETRIES_MAX),
                  "Deliveries tried again, after 1 s, 2 s, 4 s and so on, before an alert is"
                      + " abandoned.")
              .or(ALERT_RETRIES),
          Field.of(
                  "remind",
                  Type.DURATION_OR_ZERO,
                  "An open incident's red is sent again after this long; 0 for never.")
              .or(0L));

  private static final Field ATTEMPTS =
      Field.of("max_failures", Type.COUNT, "Attempts before the monitor gives up and goes red.")
          .or(1L);
  private static final Field ATTEMPT_TIMEOUT =
      Field.of("timeout", Type.DURATION, "How long one attempt may take.").or(INTERVENTION_TIMEOUT);
  private static final Field SETTLE =
      Field.of(
              "retry_delay",
              Type.DURATION_OR_ZERO,
              "Pause before another attempt, and the time a repaired target gets to settle.")
          .or(RETRY_DELAY);
  private static final Field VERIFY =
      Field.of(
          "verify",
          Type.COUNT,
          "Checks that must pass after an attempt; `healthy_threshold` if left out.");
  private static final Field CALM =
      Field.of("calm", Type.COUNT, "Successes in a row after which spent attempts are forgotten.")
          .or((long) MonitorRules.CALM_DEFAULT);

  /// What the labels and groups of a manifest's groups may say.
  static final Shape GROUP =
      Shape.of(
          "What holds for the monitors of a group.",
          Field.of("labels", Type.LABELS, "Labels of its monitors, unless they have their own."),
          Field.of("notify_groups", Type.NAMES, "Who is told beside the monitors' own."));

  /// The names of declared groups, or a mapping that also says what holds for them.
  static final Type GROUPS =
      Type.Either.of(Type.NAMES, new Type.MapOf(new Type.Nested(GROUP), Type.ITEMS_MAX));

  private final Shape check;
  private final Shape intervention;
  private final Shape codes;
  private final Shape monitor;
  private final Shape defaults;

  /// The shapes for these kinds.
  public MonitorShapes(Kinds kinds) {
    check =
        Shape.of(
            "How the target is checked.",
            kind(kinds, Section.PULSE).need(),
            INTERVAL,
            TIMEOUT,
            UNHEALTHY,
            HEALTHY,
            TRIES,
            Field.of("groups", Type.NAMES, "What the monitor belongs to."),
            config(Section.PULSE).need());
    intervention =
        Shape.of(
            "How the target is repaired.",
            kind(kinds, Section.INTERVENTION).need(),
            config(Section.INTERVENTION).need(),
            TRIES,
            ATTEMPTS,
            ATTEMPT_TIMEOUT,
            SETTLE,
            VERIFY,
            CALM);
    codes = codes(kinds, UnaryOperator.identity());
    monitor =
        Shape.of(
            "One monitor.",
            Field.of("name", Type.NAME, "Unique among all monitors.").need(),
            Field.of("enabled", Type.BOOL, "Whether it runs.").or(true),
            Field.of("pulse_check", new Type.Nested(check), check.doc()).need(),
            Field.of("intervention", new Type.Nested(intervention), intervention.doc()),
            Field.of("codes", new Type.Nested(codes), codes.doc()),
            Field.of("alerts", new Type.Nested(ALERTS), ALERTS.doc()),
            Field.of("notify_groups", Type.NAMES, "Who is told."),
            Field.of("labels", Type.LABELS, "Free names and values, kept with the monitor."));
    Shape repair =
        Shape.of(
            "Rules for monitors that have an intervention.",
            ATTEMPTS,
            ATTEMPT_TIMEOUT,
            SETTLE,
            VERIFY,
            CALM);
    defaults =
        Shape.of(
            "What holds where a monitor says nothing; stands before `monitors`.",
            INTERVAL,
            TIMEOUT,
            UNHEALTHY,
            HEALTHY,
            Field.of("intervention", new Type.Nested(repair), repair.doc()),
            Field.of(
                "codes", new Type.Nested(codes), "Colours for monitors that do not name them."),
            Field.of("alerts", new Type.Nested(ALERTS), ALERTS.doc()),
            Field.of("notify_groups", Type.NAMES, "Who is told where a monitor names nobody."));
  }

  private static Shape codes(Kinds kinds, UnaryOperator<Field> need) {
    Shape code =
        Shape.of(
            "Where the alerts of one colour go.",
            need.apply(kind(kinds, Section.NOTIFY).need()),
            need.apply(config(Section.NOTIFY).need()),
            Field.of("dispatch", Type.BOOL, "False mutes the colour.").or(true),
            Field.of("groups", Type.NAMES, "Who is told of this colour."));
    Shape all = Shape.of("Which alerts are sent, by colour.");
    for (Code colour : Code.values()) {
      String doc =
          switch (colour) {
            case RED -> "The target is down and nothing repairs it.";
            case YELLOW -> "The first failure.";
            case GREEN -> "The target is well again.";
            case CYAN -> "An intervention reported success.";
            case GRAY -> "Nothing is known: the checks themselves do not end.";
          };
      all = all.with(Field.of(key(colour), new Type.Nested(code), doc));
    }
    return all;
  }

  /// A colour as files write it.
  static String key(Code code) {
    return code.name().toLowerCase(Locale.ROOT);
  }

  private static Field kind(Kinds kinds, Section section) {
    return Field.of(
        section.kindKey(),
        new Type.Choice(kinds.names(section)),
        "Which kind of " + section.noun() + ".");
  }

  private static Field config(Section section) {
    return Field.of(
        section.configKey(),
        new Type.Config(section),
        "What the kind of " + section.noun() + " needs to know.");
  }

  private static Field loose(Field field) {
    return new Field(
        field.key(),
        field.type(),
        field.doc(),
        false,
        field.fallback(),
        field.aliases(),
        field.secret());
  }

  /// One item of `monitors`.
  public Shape monitor() {
    return monitor;
  }

  /// The `defaults` of a manifest.
  public Shape defaults() {
    return defaults;
  }

  /// The root of a manifest, for the schema; the loader goes through it key by key.
  public Shape root() {
    return Shape.of(
            "What CPRA watches, repairs and tells.",
            Field.of("defaults", new Type.Nested(defaults), defaults.doc()),
            Field.of("labels", Type.LABELS, "Labels of every monitor, unless it has its own."),
            Field.of(
                "groups",
                GROUPS,
                "The groups monitors may name; without this key they may name any."),
            // Not needed in each file of a directory: the loader knows how many files there are.
            Field.of(
                "monitors",
                new Type.ListOf(new Type.Nested(monitor), false, Integer.MAX_VALUE),
                "The monitors; needed in one file of a configuration at least."))
        .with(PolicyShapes.FIELDS.toArray(Field[]::new));
  }

  /// One entry of a generated mix: the rules of a monitor with its check's keys at the top, and
  /// every config optional.
  public Shape mixEntry(Kinds kinds) {
    Shape looseCodes = codes(kinds, MonitorShapes::loose);
    Shape looseIntervention =
        Shape.of(
            intervention.doc(),
            loose(kind(kinds, Section.INTERVENTION)),
            loose(config(Section.INTERVENTION)),
            TRIES,
            ATTEMPTS,
            ATTEMPT_TIMEOUT,
            SETTLE,
            VERIFY,
            CALM);
    return Shape.of(
        "One kind of monitor in the mix.",
        Field.of(
                "share",
                new Type.Decimal(1e-9, 1e9),
                "Its part of the monitors, relative to the sum of all shares.")
            .or(1.0),
        kind(kinds, Section.PULSE).need(),
        INTERVAL.need(),
        TIMEOUT.need(),
        UNHEALTHY,
        HEALTHY,
        TRIES,
        loose(config(Section.PULSE)),
        Field.of("intervention", new Type.Nested(looseIntervention), looseIntervention.doc()),
        Field.of("codes", new Type.Nested(looseCodes), looseCodes.doc()),
        Field.of("alerts", new Type.Nested(ALERTS), ALERTS.doc()));
  }
}
