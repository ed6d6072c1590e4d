package dev.cpra.harness.gate;

import dev.cpra.manifest.Field;
import dev.cpra.manifest.Shape;
import dev.cpra.manifest.Shape.Rule.NeededWith;
import dev.cpra.manifest.Shape.Rule.OnlyWith;
import dev.cpra.manifest.Type;
import dev.cpra.manifest.load.LoadShapes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The shapes of a gate file: it is checked against them, and `docs/gate.schema.json` is made of
/// them.
final class GateShapes {
  static final long SECOND = 1_000_000_000L;
  static final long MS = 1_000_000L;

  private static final Type WORD =
      new Type.Text(
          1,
          100,
          Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*"),
          "a word of letters, digits, `.`, `-` and `_`");

  private static final Type EXACT_METRIC =
      new Type.Text(
          1,
          100,
          Pattern.compile(
              "allocated_bytes_per_job|bytes_per_monitor|missed"
                  + "|lateness_us\\.(p50|p90|p99|p99_9|max)|operations\\.[a-z0-9_]+"),
          "`allocated_bytes_per_job`, `bytes_per_monitor`, `missed`, `lateness_us.p50` (`p90`,"
              + " `p99`, `p99_9`, `max`) or `operations.NAME`");

  private static final Type BOUND = new Type.Decimal(0, 1e15);
  private static final Type RATIO = new Type.Decimal(1e-6, 1e6);

  static final Shape EXACT =
      Shape.of(
          "A limit of a figure that is the same on every run. With neither bound it is only shown.",
          Field.of("metric", EXACT_METRIC, "Which figure, in virtual time.").need(),
          Field.of("engine", WORD, "The engine it is about; each of the gate's if left out."),
          Field.of("at_most", BOUND, "The most it may be."),
          Field.of(
              "at_most_times",
              BOUND,
              "The most it may be, as a multiple of the same figure of `--against`."));

  static final Shape PAIRED = paired();

  static final Shape LOAD =
      Shape.of(
          "One load and what it is held to.",
          Field.of("load", LoadShapes.PATH, "A load, relative to this file.").need(),
          Field.of(
                  "warm_up",
                  new Type.Duration(10 * MS, 60 * SECOND),
                  "At least so long, and on until the compilers are silent.")
              .or(SECOND),
          Field.of(
              "slice",
              new Type.Duration(5 * MS, SECOND),
              "How long a slice takes: 20ms in virtual time, 100ms in real time."),
          Field.of("slices", new Type.Whole(5, 1_000), "How many slices a side takes in a pair.")
              .or(40L),
          Field.of(
              "exact",
              new Type.ListOf(new Type.Nested(EXACT), false, 100),
              "Limits of exact figures."),
          Field.of(
              "paired",
              new Type.ListOf(new Type.Nested(PAIRED), false, 100),
              "Limits of paired measuring."));

  static final Shape ROOT =
      Shape.of(
          "What a build is held to.",
          Field.of("name", WORD, "Of the gate, in reports and in its history.").need(),
          Field.of("question", Type.TEXT, "Which question it answers."),
          Field.of(
              "engines",
              new Type.ListOf(WORD, false, 20),
              "The engines it is about; all on the class path if left out."),
          Field.of(
                  "budget",
                  new Type.Duration(5 * SECOND, 3_600 * SECOND),
                  "How long a run may take: no pair begins that would probably end later.")
              .or(170 * SECOND),
          Field.of(
                  "alpha",
                  new Type.Decimal(1e-4, 0.2),
                  "The chance of a false pass at a limit, and that of a false regression.")
              .or(0.05),
          Field.of("pairs", new Type.Whole(7, 500), "Pairs of one comparison at most.").or(24L),
          Field.of(
                  "loads",
                  new Type.ListOf(new Type.Nested(LOAD), false, 20),
                  "What runs, at least one.")
              .need());

  private GateShapes() {}

  private static Shape paired() {
    List<String> keys = Arrays.stream(PairedMetric.values()).map(PairedMetric::key).toList();
    Set<String> lower = new TreeSet<>();
    for (PairedMetric metric : PairedMetric.values()) {
      if (!metric.higherIsBetter() && !metric.byDifference()) {
        lower.add(metric.key());
      }
    }
    Set<String> higher = Set.of(PairedMetric.THROUGHPUT.key());
    Set<String> differences = Set.of(PairedMetric.STALLS.key());
    return Shape.of(
            "A limit of the ratio, or the difference, of two live JVMs.",
            Field.of("metric", new Type.Choice(keys), "Which figure.").need(),
            Field.of("engine", WORD, "The engine it is about; each of the gate's if left out."),
            Field.of(
                "versus",
                WORD,
                "The engine it is compared with, in the same build; without it, the same engine of"
                    + " `--against`."),
            Field.of("at_least", RATIO, "The least it may be, as a multiple of the other's."),
            Field.of("at_most", RATIO, "The most it may be, as a multiple of the other's."),
            Field.of(
                "at_most_more",
                BOUND,
                "How much more than the other's it may be, in milliseconds per second."))
        .with(new OnlyWith("at_least", "metric", higher))
        .with(new NeededWith("at_least", "metric", higher))
        .with(new OnlyWith("at_most", "metric", lower))
        .with(new NeededWith("at_most", "metric", lower))
        .with(new OnlyWith("at_most_more", "metric", differences))
        .with(new NeededWith("at_most_more", "metric", differences));
  }
}
