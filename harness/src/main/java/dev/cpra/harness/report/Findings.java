package dev.cpra.harness.report;

import dev.cpra.harness.statistics.Comparison;
import dev.cpra.harness.statistics.Metric;
import dev.cpra.harness.statistics.Spread;
import dev.cpra.harness.statistics.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers the questions that an evaluation is read for, each in a sentence.
///
/// Ratios are told as "x times", above 1, rounded down; intervals are rounded outwards.
final class Findings {

  private static final Map<Metric, String> QUESTIONS = questions();

  private Findings() {}

  private static Map<Metric, String> questions() {
    Map<Metric, String> questions = new LinkedHashMap<>();
    questions.put(Metric.JOBS_PER_SECOND, "Work per second");
    questions.put(Metric.LATENESS_P99, "Starting on time");
    questions.put(Metric.RESPONSE_P99, "Answering in time");
    questions.put(Metric.CPU_US_PER_JOB, "CPU");
    questions.put(Metric.ALLOCATED_BYTES_PER_JOB, "Allocation");
    questions.put(Metric.BYTES_PER_MONITOR, "Memory");
    questions.put(Metric.LOAD_MONITORS_PER_SECOND, "Loading");
    questions.put(Metric.RECOVERY_MS, "Recovery");
    return questions;
  }

  /// @param ramp whether the offered rate climbed
  static List<Finding> of(
      List<VariantSummary> variants, List<Comparison> comparisons, boolean ramp) {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<Metric, String> entry : QUESTIONS.entrySet()) {
      Metric metric = entry.getKey();
      String question =
          ramp && metric == Metric.JOBS_PER_SECOND ? "Highest rate kept" : entry.getValue();
      List<Comparison> own =
          comparisons.stream().filter(comparison -> comparison.metric() == metric).toList();
      if (own.size() == 1) {
        findings.add(two(metric, question, own.getFirst()));
      } else if (own.size() > 1) {
        findings.add(several(metric, question, variants, own));
      }
    }
    return findings;
  }

  private static Finding two(Metric metric, String question, Comparison comparison) {
    return new Finding(
        metric,
        question,
        comparison.winner(),
        comparison.verdict() != Verdict.NOT_COMPARED,
        sentence(comparison));
  }

  /// One sentence about two variants.
  static String sentence(Comparison comparison) {
    return switch (comparison.verdict()) {
      case A_BETTER, B_BETTER -> claim(comparison);
      case NO_DIFFERENCE_SHOWN -> noDifference(comparison);
      case NOT_COMPARED -> "Not compared: " + comparison.note() + ".";
    };
  }

  private static String claim(Comparison comparison) {
    boolean aBetter = comparison.verdict() == Verdict.A_BETTER;
    String winner = aBetter ? comparison.a() : comparison.b();
    String loser = aBetter ? comparison.b() : comparison.a();
    boolean more = comparison.metric().higherIsBetter();
    boolean inverted = aBetter != more;
    String times = ratio(comparison, inverted) + " times ";
    String noun = noun(comparison.metric());
    String text =
        more
            ? "%s is better: it has %sthe %s of %s".formatted(winner, times, noun, loser)
            : "%s is better: %s has %sits %s".formatted(winner, loser, times, noun);
    String note = comparison.note() == null ? "" : "; " + comparison.note();
    return "%s (%s; %s%s)."
        .formatted(text, interval(comparison, inverted), certainty(comparison), note);
  }

  private static String ratio(Comparison comparison, boolean inverted) {
    double ratio = value(comparison.ratio());
    return Numbers.down(inverted ? 1 / ratio : ratio);
  }

  private static String interval(Comparison comparison, boolean inverted) {
    double low = value(comparison.low());
    double high = value(comparison.high());
    return "95 % interval "
        + (inverted ? Numbers.interval(1 / high, 1 / low) : Numbers.interval(low, high));
  }

  private static String certainty(Comparison comparison) {
    return "%d pairs, %s".formatted(comparison.pairs(), Numbers.p(value(comparison.pAdjusted())));
  }

  private static String noDifference(Comparison comparison) {
    if (comparison.pAdjusted() == null) {
      return "Nothing claimed: %s / %s is %s in %s."
          .formatted(
              comparison.a(),
              comparison.b(),
              Numbers.significant(value(comparison.ratio())),
              comparison.note());
    }
    String seen =
        "No difference shown: %s / %s is %s (%s; %s)"
            .formatted(
                comparison.a(),
                comparison.b(),
                Numbers.significant(value(comparison.ratio())),
                interval(comparison, false),
                certainty(comparison));
    if (comparison.note() != null) {
      return seen + "; " + comparison.note() + ".";
    }
    return seen + "; " + smallestSeen(value(comparison.smallestEffectPercent()));
  }

  /// Above 100 % as a factor: a percentage of thousands says nothing to a reader.
  private static String smallestSeen(double percent) {
    if (percent <= 100) {
      return "less than %s %% could not have been seen.".formatted(Numbers.bound(percent));
    }
    double factor = 1 + percent / 100;
    return factor <= 10
        ? "less than a factor of %s could not have been seen.".formatted(Numbers.bound(factor))
        : "too noisy to see even a factor of 10.";
  }

  private static Finding several(
      Metric metric, String question, List<VariantSummary> variants, List<Comparison> own) {
    String best = bestMedian(metric, variants);
    List<String> beaten = new ArrayList<>();
    List<String> open = new ArrayList<>();
    for (Comparison comparison : own) {
      if (best != null && (comparison.a().equals(best) || comparison.b().equals(best))) {
        boolean first = comparison.a().equals(best);
        String other = first ? comparison.b() : comparison.a();
        if (best.equals(comparison.winner())) {
          beaten.add(other + " (" + times(comparison, first == metric.higherIsBetter()) + ")");
        } else {
          open.add(other);
        }
      }
    }
    boolean compared = own.stream().anyMatch(one -> one.verdict() != Verdict.NOT_COMPARED);
    return new Finding(
        metric,
        question,
        open.isEmpty() && !beaten.isEmpty() ? best : null,
        compared,
        best == null || !compared
            ? "Not compared: " + reasons(own) + "."
            : severalSentence(best, median(metric, variants), beaten, open));
  }

  /// Each reason once: those of two pairs may have a variant in common.
  private static String reasons(List<Comparison> own) {
    Set<String> reasons = new LinkedHashSet<>();
    for (Comparison comparison : own) {
      String note = comparison.note();
      if (note != null) {
        Collections.addAll(reasons, note.split("; ", -1));
      }
    }
    return String.join("; ", reasons);
  }

  private static String median(Metric metric, List<VariantSummary> variants) {
    String median = "median " + noun(metric);
    boolean all = variants.stream().noneMatch(variant -> isLeftOut(metric, variant));
    return all ? median : median + " of those that kept up";
  }

  private static String severalSentence(
      String best, String median, List<String> beaten, List<String> open) {
    if (beaten.isEmpty()) {
      return "No variant was shown to be better; %s has the best %s.".formatted(best, median);
    }
    String text =
        "%s has the best %s; shown better than %s"
            .formatted(best, median, String.join(", ", beaten));
    if (!open.isEmpty()) {
      text += "; no difference shown or not compared with " + String.join(", ", open);
    }
    return text + ".";
  }

  /// The interval as "x to y times", told so that it lies above 1.
  private static String times(Comparison comparison, boolean asIs) {
    double low = value(comparison.low());
    double high = value(comparison.high());
    return (asIs ? Numbers.interval(low, high) : Numbers.interval(1 / high, 1 / low)) + " times";
  }

  private static @Nullable String bestMedian(Metric metric, List<VariantSummary> variants) {
    String best = null;
    double bestValue = 0;
    for (VariantSummary variant : variants) {
      Spread spread = variant.spread(metric);
      if (spread != null && !isLeftOut(metric, variant)) {
        boolean better =
            best == null
                || (metric.higherIsBetter()
                    ? spread.median() > bestValue
                    : spread.median() < bestValue);
        if (better) {
          best = variant.name();
          bestValue = spread.median();
        }
      }
    }
    return best;
  }

  /// A saturated run makes its latencies meaningless.
  private static boolean isLeftOut(Metric metric, VariantSummary variant) {
    return metric.isLatency() && variant.saturated() > 0;
  }

  private static String noun(Metric metric) {
    return switch (metric) {
      case JOBS_PER_SECOND -> "jobs per second";
      case LOAD_MONITORS_PER_SECOND -> "monitors loaded per second";
      case LATENESS_P99 -> "p99 lateness";
      case RESPONSE_P99 -> "p99 response time";
      case CPU_US_PER_JOB -> "CPU time per job";
      case ALLOCATED_BYTES_PER_JOB -> "allocation per job";
      case BYTES_PER_MONITOR -> "memory per monitor";
      case RECOVERY_MS -> "recovery time";
      default -> metric.label();
    };
  }

  private static double value(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }
}
