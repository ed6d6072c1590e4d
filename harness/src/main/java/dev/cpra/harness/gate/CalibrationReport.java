package dev.cpra.harness.gate;

import dev.cpra.harness.statistics.Moments;
import dev.cpra.harness.statistics.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/// What a calibration found, as `calibration.json` has it.
///
/// @param gate the gate's name
/// @param key of the gate file, its loads and the method
/// @param machines where runs were made
/// @param commits of the working trees
/// @param first when the first run was made
/// @param last when the last one was
/// @param secondsMedian how long a run took
/// @param secondsMax how long the longest took
/// @param summaries how often the gate was right
/// @param scatter what the pairs of the same build twice scattered by
record CalibrationReport(
    String gate,
    String key,
    List<String> machines,
    List<String> commits,
    String first,
    String last,
    double secondsMedian,
    double secondsMax,
    List<CalibrationSummary> summaries,
    List<Scatter> scatter) {

  private static final double PAIRED_ALPHA = 0.005;
  private static final double POWER = 0.9;

  /// What pairs of the same build twice scattered by, for one limit.
  ///
  /// @param limit load, engine and metric
  /// @param deviation the standard deviation of the pairs' log ratios, in percent, or of their
  ///   differences in ms per second
  /// @param robust the same by the middle half of them, which pairs that went wrong do not widen
  /// @param pairs how many
  /// @param pairsPerRun the median number of pairs in a run
  /// @param smallestEffect what so many pairs tell from nothing with alpha 0.005 and power 0.9:
  ///   (z(0.995) + z(0.9)) s / sqrt(pairsPerRun), s being robust, or deviation where that is 0
  record Scatter(
      String limit,
      double deviation,
      double robust,
      int pairs,
      double pairsPerRun,
      double smallestEffect) {}

  static CalibrationReport of(
      String gate, String key, List<CalibrationSummary> summaries, List<CalibrationRun> runs) {
    double[] seconds = runs.stream().mapToDouble(CalibrationRun::seconds).toArray();
    return new CalibrationReport(
        gate,
        key,
        runs.stream().map(CalibrationRun::machine).distinct().toList(),
        runs.stream().map(run -> String.valueOf(run.commit())).distinct().toList(),
        runs.stream().map(CalibrationRun::at).min(Comparator.naturalOrder()).orElse(""),
        runs.stream().map(CalibrationRun::at).max(Comparator.naturalOrder()).orElse(""),
        seconds.length == 0 ? 0 : Spread.median(seconds),
        runs.stream().mapToDouble(CalibrationRun::seconds).max().orElse(0),
        summaries,
        scatter(runs));
  }

  private static List<Scatter> scatter(List<CalibrationRun> runs) {
    TreeMap<String, List<Double>> effects = new TreeMap<>();
    TreeMap<String, List<Double>> sizes = new TreeMap<>();
    for (CalibrationRun run : runs) {
      if (run.scenario().equals(Scenario.AA.key())) {
        for (CalibrationRun.LimitRun limit : run.limits()) {
          effects.computeIfAbsent(limit.name(), _ -> new ArrayList<>()).addAll(limit.effects());
          sizes
              .computeIfAbsent(limit.name(), _ -> new ArrayList<>())
              .add((double) limit.effects().size());
        }
      }
    }
    List<Scatter> all = new ArrayList<>();
    effects.forEach((name, values) -> {
      double pairsPerRun = Spread.median(array(sizes.getOrDefault(name, values)));
      if (values.size() >= 3 && pairsPerRun > 0) {
        all.add(scatter(name, array(values), pairsPerRun));
      }
    });
    return all;
  }

  private static Scatter scatter(String name, double[] effects, double pairsPerRun) {
    double unit = name.endsWith(PairedMetric.STALLS.key()) ? 1 : 100;
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double quantiles =
        normal.inverseSurvivalProbability(PAIRED_ALPHA)
            + normal.inverseCumulativeProbability(POWER);
    return new Scatter(
        name,
        unit * Moments.deviation(effects),
        unit * Moments.robustDeviation(effects),
        effects.length,
        pairsPerRun,
        unit * quantiles * Moments.scatter(effects) / Math.sqrt(pairsPerRun));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /// The report for a reader.
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("# Calibration of the gate `").append(gate).append("`\n\n");
    text.append(
        "Each run is a whole gate run on builds of which it is known what is wrong with them."
            + " Planted costs are real ones, around the engine's own tick. Intervals are those of"
            + " Clopper and Pearson at 95 %.\n\n");
    text.append(
        "| planted | right answer | right | regression | inconclusive | runs | interval |\n");
    text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    for (CalibrationSummary s : summaries) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %d | %d | %d | %d | %.0f-%.0f %% |%n",
              s.planted(),
              s.wanted().name().toLowerCase(Locale.ROOT),
              s.right(),
              s.regressions(),
              s.inconclusive(),
              s.runs(),
              100 * s.low(),
              100 * s.high()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nA run took %.0f s (median), %.0f s at most. Key %s, commits %s, %s to %s, on %s.%n",
            secondsMedian,
            secondsMax,
            key,
            String.join(", ", commits),
            first,
            last,
            String.join("; ", machines)));
    if (!scatter.isEmpty()) {
      text.append(
          "\nWhat pairs of the same build twice scatter by, and the smallest effect that the pairs"
              + " of one run tell from nothing (alpha 0.005, power 0.9). Percent; stalls in ms per"
              + " second.\n\n");
      text.append("| limit | deviation | robust | pairs | pairs per run | smallest effect |\n");
      text.append("| --- | --- | --- | --- | --- | --- |\n");
      for (Scatter s : scatter) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f | %d | %.0f | %.2f |%n",
                s.limit(),
                s.deviation(),
                s.robust(),
                s.pairs(),
                s.pairsPerRun(),
                s.smallestEffect()));
      }
    }
    return text.toString();
  }
}
