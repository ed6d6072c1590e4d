package dev.cpra.harness.gate;

import dev.cpra.harness.paired.PairSlices;
import dev.cpra.harness.paired.Side;
import dev.cpra.harness.statistics.MedianInterval;
import dev.cpra.harness.statistics.Moments;
import dev.cpra.harness.statistics.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/// Two sides, what they are held to, and the pairs taken so far. One thread.
final class Contest {
  private static final double POWER = 0.9;
  private static final int MORE_MAX = 1_000;

  private final Side a;
  private final Side b;
  private final List<Held> limits;
  private final List<String> loads;
  private final SequentialRule rule;
  private final double alpha;
  private final int contests;
  private final List<Map<String, PairFigures>> pairs = new ArrayList<>();
  private boolean finished;
  private double backgroundShareMax;

  /// One limit of this contest.
  record Held(String load, Limit.Paired limit) {}

  Contest(Side a, Side b, List<Held> limits, double alpha, int contests) {
    this.a = a;
    this.b = b;
    this.limits = List.copyOf(limits);
    this.loads = limits.stream().map(Held::load).distinct().toList();
    this.rule = new SequentialRule(alpha, limits.size(), contests);
    this.alpha = alpha;
    this.contests = contests;
  }

  Side a() {
    return a;
  }

  Side b() {
    return b;
  }

  /// The loads that the next pair runs, in the order of their slices: those with a limit that is
  /// not decided yet. What a decided load would say no longer matters, and its slices take time.
  List<String> openLoads() {
    return loads.stream().filter(this::isOpen).toList();
  }

  private boolean isOpen(String load) {
    for (int limit = 0; limit < limits.size(); limit++) {
      if (limits.get(limit).load().equals(load) && rule.decision(limit) == Decision.INCONCLUSIVE) {
        return true;
      }
    }
    return false;
  }

  int pairs() {
    return pairs.size();
  }

  /// The most CPU time that a JVM used beside its slices, as a share of a core.
  double backgroundShareMax() {
    return backgroundShareMax;
  }

  /// Adds a pair that ran the open loads, and looks if it is time to.
  void add(PairSlices slices) {
    List<String> ran = openLoads();
    Map<String, PairFigures> figures = new HashMap<>();
    for (int load = 0; load < ran.size(); load++) {
      figures.put(ran.get(load), PairFigures.of(slices.loads().get(load)));
    }
    pairs.add(figures);
    backgroundShareMax =
        Math.max(
            backgroundShareMax, Math.max(slices.backgroundShareA(), slices.backgroundShareB()));
    if (SequentialRule.isLook(pairs.size())) {
      rule.look(excesses(), false);
    }
  }

  /// No more pairs will come.
  void finish() {
    if (!finished && !pairs.isEmpty()) {
      rule.look(excesses(), true);
    }
    finished = true;
  }

  /// Whether every limit is decided.
  boolean isClear() {
    return rule.isClear();
  }

  /// Whether a limit is known to be broken.
  boolean isBroken() {
    return rule.isBroken();
  }

  private List<double[]> excesses() {
    List<double[]> all = new ArrayList<>();
    for (Held held : limits) {
      all.add(excess(held));
    }
    return all;
  }

  /// By how much each pair is on the bad side of the bound; empty if a pair has no such figure:
  /// then nothing can be said.
  private double[] excess(Held held) {
    double[] effects = effects(held);
    PairedMetric metric = held.limit().metric();
    double bound = metric.byDifference() ? held.limit().bound() : Math.log(held.limit().bound());
    double[] excess = new double[effects.length];
    for (int i = 0; i < effects.length; i++) {
      excess[i] = metric.higherIsBetter() ? bound - effects[i] : effects[i] - bound;
    }
    return excess;
  }

  private double[] effects(Held held) {
    List<Double> effects = new ArrayList<>();
    for (Map<String, PairFigures> pair : pairs) {
      PairFigures its = pair.get(held.load());
      if (its == null) {
        continue; // decided before that pair was taken
      }
      Double effect = its.effect().get(held.limit().metric());
      if (effect == null) {
        return new double[0];
      }
      effects.add(effect);
    }
    return effects.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// How many limits are decided, in words.
  String standing() {
    int open = 0;
    for (int limit = 0; limit < limits.size(); limit++) {
      open += rule.decision(limit) == Decision.INCONCLUSIVE ? 1 : 0;
    }
    return limits.size() - open + " of " + limits.size() + " limits decided";
  }

  /// What is known of every limit.
  List<PairedVerdict> verdicts() {
    List<PairedVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < limits.size(); i++) {
      verdicts.add(verdict(limits.get(i), rule.decision(i)));
    }
    return verdicts;
  }

  private PairedVerdict verdict(Held held, Decision decision) {
    double[] effects = effects(held);
    PairedMetric metric = held.limit().metric();
    if (effects.length == 0) {
      return PairedVerdict.without(
          held.load(), held.limit(), a.name(), b.name(), pairs.size(), decision);
    }
    MedianInterval interval = MedianInterval.of(effects, seed(held));
    boolean difference = metric.byDifference();
    return new PairedVerdict(
        held.load(),
        held.limit(),
        a.name(),
        b.name(),
        shown(interval.median(), difference),
        effects.length == 1 ? null : shown(interval.low(), difference),
        effects.length == 1 ? null : shown(interval.high(), difference),
        median(held, true),
        median(held, false),
        effects.length,
        Arrays.stream(effects).boxed().toList(),
        smallestEffect(effects, difference),
        decision == Decision.INCONCLUSIVE ? morePairs(held) : null,
        decision);
  }

  /// The same in every JVM, as the hash of an enum constant is not: the same pairs always give the
  /// same interval.
  static long seed(Held held) {
    return (held.load() + " " + held.limit().metric().key()).hashCode();
  }

  private static double shown(double effect, boolean difference) {
    return difference ? effect : Math.exp(effect);
  }

  private @Nullable Double median(Held held, boolean ofA) {
    List<Double> figures = new ArrayList<>();
    for (Map<String, PairFigures> pair : pairs) {
      PairFigures its = pair.get(held.load());
      Double figure = its == null ? null : (ofA ? its.a() : its.b()).get(held.limit().metric());
      if (figure != null) {
        figures.add(figure);
      }
    }
    return figures.isEmpty()
        ? null
        : Double.valueOf(
            Spread.median(figures.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  /// How far from its bound a figure must be to be told from it with a power of 0.9 at so many
  /// pairs: (z(alpha / (contests * limits)) + z(0.9)) s / sqrt(n), s being the scatter of the pairs
  /// by their middle half. In percent, or ms per second.
  private @Nullable Double smallestEffect(double[] effects, boolean difference) {
    if (effects.length < 3) {
      return null;
    }
    double reach = reach(effects) / Math.sqrt(effects.length);
    return difference ? reach : 100 * Math.expm1(reach);
  }

  private double reach(double[] effects) {
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double quantiles =
        normal.inverseSurvivalProbability(alpha / Math.max(1, contests * limits.size()))
            + normal.inverseCumulativeProbability(POWER);
    return quantiles * Moments.scatter(effects);
  }

  /// How many pairs more would probably decide, going by what is seen; null if no number of them
  /// that anybody would take.
  private @Nullable Integer morePairs(Held held) {
    double[] excess = excess(held);
    if (excess.length < 3) {
      return SequentialRule.LOOKS.getFirst() - excess.length;
    }
    double away = Math.abs(Spread.median(excess));
    double root = reach(excess) / Math.max(away, 1e-12);
    double more = Math.ceil(root * root) - excess.length;
    return more > MORE_MAX ? null : Integer.valueOf((int) Math.max(1, more));
  }

  /// For the history: medians over the pairs of every metric of every load, of one side.
  Map<String, Double> figures(boolean ofA) {
    Map<String, Double> all = new HashMap<>();
    for (String load : loads) {
      for (PairedMetric metric : PairedMetric.values()) {
        Double median = median(new Held(load, new Limit.Paired(metric, null, null, 1)), ofA);
        if (median != null) {
          all.put(load + " " + metric.key(), median);
        }
      }
    }
    return all;
  }
}
