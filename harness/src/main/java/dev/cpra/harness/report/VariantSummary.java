package dev.cpra.harness.report;

import dev.cpra.harness.result.Cpu;
import dev.cpra.harness.result.LedgerCounts;
import dev.cpra.harness.result.Throughput;
import dev.cpra.harness.result.TrialResult;
import dev.cpra.harness.result.Variant;
import dev.cpra.harness.statistics.Metric;
import dev.cpra.harness.statistics.Spread;
import dev.cpra.harness.statistics.TrialFigures;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// All trials of one variant, summed up.
///
/// @param variant what ran
/// @param color its colour in every chart, its place among the variants
/// @param trials all its trials, in the order they ran
/// @param spreads over the comparable trials, by metric; a metric that does not apply is absent
/// @param ledger the sum over all trials that left one
/// @param balanced whether every trial left a ledger that balances
/// @param cpuUsPerJob medians per thread group; empty where not known
/// @param lateness the pulse lane's, over all comparable trials; null if nothing was recorded
/// @param response likewise
record VariantSummary(
    Variant variant,
    int color,
    List<TrialFigures> trials,
    Map<Metric, Spread> spreads,
    LedgerCounts ledger,
    boolean balanced,
    Map<String, Double> cpuUsPerJob,
    @Nullable Histogram lateness,
    @Nullable Histogram response) {

  static VariantSummary of(Variant variant, int color, List<TrialFigures> all) {
    List<TrialFigures> own =
        all.stream().filter(one -> one.trial().variant().equals(variant.name())).toList();
    List<TrialFigures> comparable = comparable(own);
    LedgerCounts ledger = LedgerCounts.NONE;
    for (TrialFigures figures : own) {
      LedgerCounts counts = figures.trial().ledger();
      ledger = counts == null ? ledger : ledger.plus(counts);
    }
    return new VariantSummary(
        variant,
        color,
        own,
        spreads(comparable),
        ledger,
        !own.isEmpty() && own.stream().allMatch(figures -> figures.trial().balanced()),
        cpuUsPerJob(comparable),
        merged(comparable, TrialFigures::lateness),
        merged(comparable, TrialFigures::response));
  }

  String name() {
    return variant.name();
  }

  /// What `report.json` says: the median over trials, but the worst over trials of what is a
  /// maximum.
  @Nullable Double value(Metric metric) {
    Spread spread = spreads.get(metric);
    if (spread == null) {
      return null;
    }
    return isMaximum(metric) ? maximum(metric) : Double.valueOf(spread.median());
  }

  /// Whether it has trials, and each ran to its end with an account that adds up.
  boolean isSound() {
    return !trials.isEmpty() && trials.stream().allMatch(figures -> figures.trial().comparable());
  }

  @Nullable Spread spread(Metric metric) {
    return spreads.get(metric);
  }

  List<TrialFigures> comparable() {
    return comparable(trials);
  }

  long saturated() {
    return comparable().stream().filter(figures -> figures.trial().saturated()).count();
  }

  @Nullable Double offeredJobsPerSecond() {
    Spread offered =
        Spread.of(
            comparable().stream()
                .map(figures -> figures.trial().throughput())
                .filter(Objects::nonNull)
                .map(Throughput::offeredJobsPerSecond)
                .filter(Objects::nonNull)
                .toList());
    return offered == null ? null : offered.median();
  }

  /// The trial whose throughput is in the middle: the one that the charts over time show in full.
  @Nullable TrialResult representative() {
    List<TrialFigures> candidates = comparable().isEmpty() ? trials : comparable();
    List<TrialResult> ordered =
        candidates.stream()
            .filter(figures -> !figures.trial().samples().isEmpty())
            .sorted(
                Comparator.comparingDouble(
                    figures -> figures.values().getOrDefault(Metric.JOBS_PER_SECOND, 0.0)))
            .map(TrialFigures::trial)
            .toList();
    return ordered.isEmpty() ? null : ordered.get(ordered.size() / 2);
  }

  static boolean isMaximum(Metric metric) {
    return metric == Metric.LATENESS_MAX
        || metric == Metric.RESPONSE_MAX
        || metric == Metric.FLOOR_MAX
        || metric == Metric.GC_PAUSE_MS_MAX;
  }

  private @Nullable Double maximum(Metric metric) {
    return comparable().stream()
        .map(figures -> figures.get(metric))
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static List<TrialFigures> comparable(List<TrialFigures> trials) {
    return trials.stream().filter(figures -> figures.trial().comparable()).toList();
  }

  private static Map<Metric, Spread> spreads(List<TrialFigures> trials) {
    Map<Metric, Spread> spreads = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      Spread spread =
          Spread.of(
              trials.stream()
                  .map(figures -> figures.get(metric))
                  .filter(Objects::nonNull)
                  .toList());
      if (spread != null) {
        spreads.put(metric, spread);
      }
    }
    return spreads;
  }

  private static Map<String, Double> cpuUsPerJob(List<TrialFigures> trials) {
    Map<String, Double> medians = new LinkedHashMap<>();
    for (int group = 0; group < Cpu.GROUPS.size(); group++) {
      int index = group;
      Spread spread =
          Spread.of(
              trials.stream()
                  .map(figures -> cpuUsPerJob(figures.trial(), index))
                  .filter(Objects::nonNull)
                  .toList());
      if (spread != null) {
        medians.put(Cpu.GROUPS.get(group), spread.median());
      }
    }
    return medians;
  }

  private static @Nullable Double cpuUsPerJob(TrialResult trial, int group) {
    Cpu cpu = trial.cpu();
    Throughput throughput = trial.throughput();
    if (cpu == null || throughput == null || throughput.measuredJobs() <= 0) {
      return null;
    }
    double us =
        switch (group) {
          case 0 -> cpu.engineUs();
          case 1 -> cpu.workersUs();
          case 2 -> cpu.gcUs();
          case 3 -> cpu.compilerUs();
          default -> cpu.otherUs();
        };
    return us / throughput.measuredJobs();
  }

  private static @Nullable Histogram merged(
      List<TrialFigures> trials, Function<TrialFigures, @Nullable Histogram> which) {
    Histogram sum = null;
    for (TrialFigures figures : trials) {
      Histogram one = which.apply(figures);
      if (one != null) {
        sum = sum == null ? new Histogram(one.getNumberOfSignificantValueDigits()) : sum;
        sum.setAutoResize(true);
        sum.add(one);
      }
    }
    return sum;
  }
}
