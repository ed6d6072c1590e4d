package dev.cpra.harness.statistics;

import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.result.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Compares variants metric by metric, by the trials that ran in the same round.
///
/// The rules, none of which favours anybody: a trial that is not complete or whose ledger does not
/// balance is left out; one saturated trial of either variant leaves the latencies of the two
/// uncompared, because dropping just that pair would favour the one that failed, and so does one
/// that was never back on schedule after a fault with recovery; where the offered rate climbs each
/// variant ends at a rate of its own, and neither latencies nor CPU per job are compared, nor
/// allocation if one trial did not keep up even there; fewer than three pairs support no claim. A
/// claim needs a test at 5 % after Holm's correction over the metrics, an interval that leaves out
/// 1, and an effect of at least 1 %.
public final class Comparisons {

  /// The chance of a false claim, over all metrics of two variants.
  public static final double ALPHA = 0.05;

  /// Smaller effects are not worth a claim, however exactly they repeat.
  public static final double RELEVANT_EFFECT = 0.01;

  private final List<Variant> variants;
  private final List<TrialFigures> trials;
  private final boolean ramp;
  private final long seed;

  private Comparisons(List<Variant> variants, List<TrialFigures> trials, boolean ramp, long seed) {
    this.variants = variants;
    this.trials = trials;
    this.ramp = ramp;
    this.seed = seed;
  }

  /// Every pair of variants, in the order given, on every metric that is compared and that either
  /// has.
  ///
  /// @param ramp whether the offered rate climbed to the highest that each variant kept
  /// @param seed of the bootstrap
  public static List<Comparison> of(
      List<Variant> variants, List<TrialFigures> trials, boolean ramp, long seed) {
    return new Comparisons(variants, trials, ramp, seed).all();
  }

  private List<Comparison> all() {
    List<Comparison> found = new ArrayList<>();
    for (int a = 0; a < variants.size(); a++) {
      for (int b = a + 1; b < variants.size(); b++) {
        found.addAll(pair(variants.get(a), variants.get(b)));
      }
    }
    return found;
  }

  private List<Comparison> pair(Variant a, Variant b) {
    List<Comparison> done = new ArrayList<>();
    List<Pairing> testable = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      if (!metric.compared() || !(anyHas(a, metric) || anyHas(b, metric))) {
        continue;
      }
      String obstacle = obstacle(metric, a, b);
      Pairing pairing = Pairing.of(metric, a.name(), b.name(), trials);
      if (obstacle != null) {
        done.add(pairing.notCompared(obstacle));
      } else if (pairing.pairs() == 0) {
        done.add(pairing.notCompared("no round in which both have a valid figure"));
      } else if (pairing.pairs() < PairedRatio.PAIRS_FOR_CLAIM) {
        done.add(pairing.withoutClaim(seed));
      } else {
        testable.add(pairing);
      }
    }
    done.addAll(claims(testable));
    done.sort(Comparator.comparing(Comparison::metric));
    return done;
  }

  private List<Comparison> claims(List<Pairing> pairings) {
    double alphaEach = ALPHA / Math.max(1, pairings.size());
    List<PairedRatio> ratios = new ArrayList<>();
    List<PairedTest> tests = new ArrayList<>();
    double[] p = new double[pairings.size()];
    for (Pairing pairing : pairings) {
      PairedRatio ratio = pairing.ratio(seed);
      PairedTest test = PairedTest.forPairs(ratio.pairs(), alphaEach);
      p[ratios.size()] = test.p(ratio.logs());
      ratios.add(ratio);
      tests.add(test);
    }
    double[] adjusted = Holm.adjust(p);
    List<Comparison> claims = new ArrayList<>();
    for (int index = 0; index < p.length; index++) {
      claims.add(
          pairings
              .get(index)
              .claim(ratios.get(index), tests.get(index), adjusted[index], alphaEach));
    }
    return claims;
  }

  private boolean anyHas(Variant variant, Metric metric) {
    return trials.stream()
        .anyMatch(figures ->
            figures.trial().variant().equals(variant.name()) && figures.get(metric) != null);
  }

  private @Nullable String obstacle(Metric metric, Variant a, Variant b) {
    if (ramp && metric.dependsOnRate()) {
      return "each ran at the highest rate that it kept";
    }
    if (metric == Metric.RECOVERY_MS) {
      return both(unrecovered(a), unrecovered(b));
    }
    // Beside latencies: a ramp's costs are meant to be those of a schedule that is kept.
    boolean ofTheSchedule =
        metric.isLatency() || (ramp && metric == Metric.ALLOCATED_BYTES_PER_JOB);
    return ofTheSchedule ? both(saturation(a), saturation(b)) : null;
  }

  private static @Nullable String both(@Nullable String first, @Nullable String second) {
    if (first == null) {
      return second;
    }
    return second == null ? first : first + "; " + second;
  }

  private @Nullable String saturation(Variant variant) {
    return inSome(variant, TrialResult::saturated, "%s was saturated in %d of %d trials");
  }

  private @Nullable String unrecovered(Variant variant) {
    return inSome(
        variant,
        trial -> trial.faults().stream().anyMatch(fault -> fault.recoveryMs() == null),
        "%s was not seen back on schedule after a fault in %d of %d trials");
  }

  private @Nullable String inSome(Variant variant, Predicate<TrialResult> is, String text) {
    List<TrialResult> own =
        trials.stream()
            .map(TrialFigures::trial)
            .filter(trial -> trial.variant().equals(variant.name()))
            .filter(TrialResult::comparable)
            .toList();
    long found = own.stream().filter(is).count();
    return found == 0 ? null : text.formatted(variant.name(), found, own.size());
  }
}
