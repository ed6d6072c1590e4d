package dev.cpra.harness.gate;

import dev.cpra.harness.paired.Floor;
import dev.cpra.harness.paired.PairSlices.LoadSlices;
import dev.cpra.harness.paired.SliceFigures;
import dev.cpra.harness.paired.TrimmedMean;
import dev.cpra.harness.statistics.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What one pair says of one load.
///
/// @param effect by metric: the trimmed mean over the rounds of ln(a / b); for
///   [PairedMetric#CPU_PER_JOB] ln of the ratio of the floors, for [PairedMetric#STALLS] their
///   difference; a metric without figures is absent
/// @param a by metric: the median over a's slices, or their floor, in the metric's unit
/// @param b by metric: the same over b's slices
record PairFigures(
    Map<PairedMetric, Double> effect, Map<PairedMetric, Double> a, Map<PairedMetric, Double> b) {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_US = 1e3;
  private static final double MS_PER_SECOND = 1e3;

  /// Of the slices of one load.
  static PairFigures of(LoadSlices slices) {
    Map<PairedMetric, Double> effect = new EnumMap<>(PairedMetric.class);
    Map<PairedMetric, Double> a = new EnumMap<>(PairedMetric.class);
    Map<PairedMetric, Double> b = new EnumMap<>(PairedMetric.class);
    for (PairedMetric metric : PairedMetric.values()) {
      List<Double> ofA = new ArrayList<>();
      List<Double> ofB = new ArrayList<>();
      for (int round = 0; round < slices.a().size(); round++) {
        double first = figure(metric, slices.a().get(round));
        double second = figure(metric, slices.b().get(round));
        boolean usable = metric.byDifference() || (first > 0 && second > 0);
        if (usable && Double.isFinite(first) && Double.isFinite(second)) {
          ofA.add(first);
          ofB.add(second);
        }
      }
      if (!ofA.isEmpty()) {
        effect.put(metric, effect(metric, ofA, ofB));
        a.put(metric, centre(metric, array(ofA)));
        b.put(metric, centre(metric, array(ofB)));
      }
    }
    return new PairFigures(effect, a, b);
  }

  private static double centre(PairedMetric metric, double[] slices) {
    double share = metric.floorShare();
    return share > 0 ? Floor.of(slices, share) : Spread.median(slices);
  }

  private static double effect(PairedMetric metric, List<Double> a, List<Double> b) {
    if (metric.floorShare() > 0) {
      double ofA = centre(metric, array(a));
      double ofB = centre(metric, array(b));
      return metric.byDifference() ? ofA - ofB : Math.log(ofA / ofB);
    }
    double[] each = new double[a.size()];
    for (int i = 0; i < each.length; i++) {
      each[i] = Math.log(a.get(i)) - Math.log(b.get(i));
    }
    return TrimmedMean.of(each);
  }

  private static double figure(PairedMetric metric, SliceFigures slice) {
    SliceFigures.Latency latency = slice.latency();
    if (metric.needsRealTime() && latency == null) {
      return Double.NaN;
    }
    return switch (metric) {
      case THROUGHPUT -> slice.jobs() * NANOS_PER_SECOND / slice.wallNanos();
      case CPU_PER_JOB -> (double) slice.cpuNanos() / slice.jobs();
      case LATENESS_P50 -> latency == null ? Double.NaN : latency.latenessP50() / NANOS_PER_US;
      case LATENESS_P90 -> latency == null ? Double.NaN : latency.latenessP90() / NANOS_PER_US;
      case RESPONSE_P50 -> latency == null ? Double.NaN : latency.responseP50() / NANOS_PER_US;
      case RESPONSE_P90 -> latency == null ? Double.NaN : latency.responseP90() / NANOS_PER_US;
      case STALLS ->
          latency == null ? Double.NaN : MS_PER_SECOND * latency.stalledNanos() / slice.wallNanos();
    };
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
