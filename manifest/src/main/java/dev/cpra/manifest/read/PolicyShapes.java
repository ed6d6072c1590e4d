package dev.cpra.manifest.read;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Shape.Rule.ExactlyOne;
import dev.cpra.manifest.Type;
import dev.cpra.manifest.policy.Safety;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The shapes of what a manifest says beside its monitors: `silences`, `maintenance` and `safety`.
final class PolicyShapes {
  /// Names of the days of a week, in the order of [java.time.DayOfWeek].
  static final List<String> DAYS =
      Stream.of(java.time.DayOfWeek.values())
          .map(day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))
          .toList();

  private static final Type INSTANT =
      new Type.Text(
          1,
          64,
          Pattern.compile(
              "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[-+][0-9]{2}:[0-9]{2})"),
          "a time with its offset, such as 2026-03-04T22:30:00Z or 2026-03-04T22:30+01:00");

  private static final Type WALL_TIME =
      new Type.Text(
          1,
          64,
          Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]"),
          "a time of the day from 00:00 to 23:59");

  private static final Type REASON = new Type.Text(1, 1_024, null, "a text");

  private static final Shape SELECTOR =
      Shape.of(
          "Which monitors are meant: those that fit all that is given.",
          Field.of("name", Type.NAME, "A name in which `*` stands for any characters."),
          Field.of("group", Type.NAME, "One of the monitor's groups."),
          Field.of("labels", Type.LABELS, "Labels the monitor has, with these values."));

  private static final Field MATCH =
      Field.of("match", new Type.Nested(SELECTOR), SELECTOR.doc()).need();
  private static final Field FROM = Field.of("from", INSTANT, "The first instant of it.");
  private static final Field TO = Field.of("to", INSTANT, "The first instant after it.");
  private static final Field WHY = Field.of("reason", REASON, "Why, for people.").or("");

  private static final Shape SILENCE =
      Shape.of(
          "For a while no alert of some monitors is created.", MATCH, FROM.need(), TO.need(), WHY);

  private static final Shape MAINTENANCE =
      Shape.of(
              "A time in which nothing is repaired: once (`from`, `to`) or every week (`start`,"
                  + " `end`).",
              MATCH,
              FROM,
              TO,
              Field.of(
                  "days",
                  new Type.ListOf(new Type.Choice(DAYS), true, 7),
                  "On which days it starts; every day if left out."),
              Field.of("start", WALL_TIME, "When it starts, by the clock on the wall."),
              Field.of(
                  "end",
                  WALL_TIME,
                  "When it ends; on the next day unless that is later than `start`."),
              Field.of(
                  "zone",
                  new Type.Text(1, 64, null, "a time zone such as Europe/Berlin or UTC"),
                  "Where the wall stands; UTC if left out."),
              WHY)
          .with(new ExactlyOne(List.of(List.of("from", "to"), List.of("start", "end"))));

  private static final Shape LIMIT =
      Shape.of(
          "At most so many in any stretch of time of this length.",
          Field.of("most", new Type.Whole(1, Safety.Limit.MOST_MAX), "How many.").need(),
          Field.of("per", Type.DURATION, "In what time.").need());

  private static final Shape BUDGET =
      Shape.of(
          "How many interventions there may be in what time.",
          Field.of("fleet", new Type.Nested(LIMIT), "Over all monitors; 20 in 1h if left out."),
          Field.of(
              "each_group",
              new Type.Nested(LIMIT),
              "Within each group that has no budget of its own; 5 in 1h if left out."),
          Field.of(
              "groups",
              new Type.MapOf(new Type.Nested(LIMIT), Type.ITEMS_MAX),
              "Budgets of single groups."));

  private static final Safety.BreakerRules BREAKER_DEFAULT = Safety.BreakerRules.DEFAULT;

  private static final Shape BREAKER =
      Shape.of(
          "When most targets fail at once no intervention helps: none is begun.",
          Field.of(
                  "share",
                  new Type.Decimal(0.001, 1),
                  "It opens when this share of all monitors began to fail within `window`.")
              .or(BREAKER_DEFAULT.share()),
          Field.of(
                  "least",
                  new Type.Whole(1, 1_000_000),
                  "And when they are at least so many, so that a small fleet is still repaired.")
              .or((long) BREAKER_DEFAULT.least()),
          Field.of("window", Type.DURATION, "How close together they began to fail.")
              .or(BREAKER_DEFAULT.windowNanos()),
          Field.of(
              "close_share",
              new Type.Decimal(0, 1),
              "It closes when no more than this share of all monitors still fails of those; below"
                  + " `share`, half of it if left out."),
          Field.of("hold", Type.DURATION_OR_ZERO, "And that for so long on end.")
              .or(BREAKER_DEFAULT.holdNanos()));

  private static final Shape INTERVENTIONS =
      Shape.of(
          "What interventions may do together.",
          Field.of("enabled", Type.BOOL, "False stops every intervention.").or(true),
          Field.of("dry_run", Type.BOOL, "True only decides on interventions and writes them down.")
              .or(false),
          Field.of("budget", new Type.Nested(BUDGET), BUDGET.doc()),
          Field.of("breaker", new Type.Nested(BREAKER), BREAKER.doc()));

  private static final Shape SAFETY =
      Shape.of(
          "What keeps CPRA from doing harm.",
          Field.of("interventions", new Type.Nested(INTERVENTIONS), INTERVENTIONS.doc()));

  /// The keys at the root.
  static final List<Field> FIELDS =
      List.of(
          Field.of(
              "silences",
              new Type.ListOf(new Type.Nested(SILENCE), false, Type.ITEMS_MAX),
              "Whose alerts are not created, and when."),
          Field.of(
              "maintenance",
              new Type.ListOf(new Type.Nested(MAINTENANCE), false, Type.ITEMS_MAX),
              "When some monitors are worked on by people and not repaired."),
          Field.of("safety", new Type.Nested(SAFETY), SAFETY.doc()));

  /// The root with these keys alone.
  static final Shape ROOT =
      Shape.of("What holds beside the monitors.", FIELDS.toArray(Field[]::new));

  private PolicyShapes() {}
}
