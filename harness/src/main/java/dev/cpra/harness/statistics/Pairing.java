package dev.cpra.harness.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One metric of two variants, paired by round.
///
/// @param metric what is compared
/// @param a the first variant's name
/// @param b the second variant's name
/// @param ofA a's figures, one per pair
/// @param ofB b's figures, in the same order
record Pairing(Metric metric, String a, String b, List<Double> ofA, List<Double> ofB) {

  static Pairing of(Metric metric, String a, String b, List<TrialFigures> trials) {
    Map<Integer, Double> roundsOfA = byRound(metric, a, trials);
    Map<Integer, Double> roundsOfB = byRound(metric, b, trials);
    List<Integer> rounds = new ArrayList<>(roundsOfA.keySet());
    rounds.retainAll(roundsOfB.keySet());
    return new Pairing(
        metric,
        a,
        b,
        rounds.stream().map(roundsOfA::get).toList(),
        rounds.stream().map(roundsOfB::get).toList());
  }

  int pairs() {
    return ofA.size();
  }

  PairedRatio ratio(long seed) {
    return PairedRatio.of(floored(ofA), floored(ofB), seed ^ metric.key().hashCode());
  }

  Comparison notCompared(String reason) {
    return new Comparison(
        metric, a, b, null, null, null, pairs(), null, null, null, Verdict.NOT_COMPARED, reason);
  }

  Comparison withoutClaim(long seed) {
    PairedRatio ratio = ratio(seed);
    String note =
        pairs() == 1
            ? "one pair; a claim needs three"
            : "two pairs; a claim needs three, and the interval is their range";
    return new Comparison(
        metric,
        a,
        b,
        ratio.ratio(),
        ratio.low(),
        ratio.high(),
        pairs(),
        null,
        null,
        null,
        Verdict.NO_DIFFERENCE_SHOWN,
        note);
  }

  Comparison claim(PairedRatio ratio, PairedTest test, double pAdjusted, double alphaEach) {
    Verdict verdict = verdict(ratio, pAdjusted);
    boolean tiny =
        verdict == Verdict.NO_DIFFERENCE_SHOWN
            && pAdjusted <= Comparisons.ALPHA
            && !relevant(ratio);
    return new Comparison(
        metric,
        a,
        b,
        ratio.ratio(),
        ratio.low(),
        ratio.high(),
        ratio.pairs(),
        test,
        pAdjusted,
        smallestEffectPercent(ratio, alphaEach),
        verdict,
        tiny ? "less than 1 % apart" : floorNote());
  }

  /// An effect below the relevant one is never claimed, however little the pairs scatter.
  private static @Nullable Double smallestEffectPercent(PairedRatio ratio, double alpha) {
    Double seen = ratio.smallestEffectPercent(alpha);
    return seen == null ? null : Double.valueOf(Math.max(100 * Comparisons.RELEVANT_EFFECT, seen));
  }

  private Verdict verdict(PairedRatio ratio, double pAdjusted) {
    Double low = ratio.low();
    Double high = ratio.high();
    if (low == null || high == null || pAdjusted > Comparisons.ALPHA || !relevant(ratio)) {
      return Verdict.NO_DIFFERENCE_SHOWN;
    }
    if (low > 1) {
      return metric.higherIsBetter() ? Verdict.A_BETTER : Verdict.B_BETTER;
    }
    if (high < 1) {
      return metric.higherIsBetter() ? Verdict.B_BETTER : Verdict.A_BETTER;
    }
    return Verdict.NO_DIFFERENCE_SHOWN;
  }

  private static boolean relevant(PairedRatio ratio) {
    return Math.abs(Math.log(ratio.ratio())) >= Math.log1p(Comparisons.RELEVANT_EFFECT);
  }

  /// Said wherever it matters: the true ratio is then larger than the one shown.
  private @Nullable String floorNote() {
    for (int pair = 0; pair < ofA.size(); pair++) {
      if (Math.min(ofA.get(pair), ofB.get(pair)) < metric.floor()) {
        return "below " + metric.floor() + " " + metric.unit() + " counts as " + metric.floor();
      }
    }
    return null;
  }

  private double[] floored(List<Double> values) {
    return values.stream().mapToDouble(value -> Math.max(metric.floor(), value)).toArray();
  }

  private static Map<Integer, Double> byRound(
      Metric metric, String variant, List<TrialFigures> trials) {
    Map<Integer, Double> found = new TreeMap<>();
    for (TrialFigures figures : trials) {
      Double value = figures.get(metric);
      if (value != null
          && figures.trial().variant().equals(variant)
          && figures.trial().comparable()) {
        found.put(figures.trial().round(), value);
      }
    }
    return found;
  }
}
