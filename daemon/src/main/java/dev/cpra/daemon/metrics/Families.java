package dev.cpra.daemon.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The metrics of one scrape while they are put together: figures that are counted elsewhere are
/// taken over as they are. Used by one thread, once.
public final class Families {
  private record Family<T>(MetricMetadata about, List<T> points) {}

  private final Map<String, Family<CounterDataPointSnapshot>> counters = new LinkedHashMap<>();
  private final Map<String, Family<GaugeDataPointSnapshot>> gauges = new LinkedHashMap<>();
  private final List<MetricSnapshot> others = new ArrayList<>();

  /// Nothing yet.
  public Families() {}

  /// Adds a counter.
  ///
  /// @param name without the `_total` that it gets
  /// @param labels names and values in turn
  public Families counter(String name, String help, double value, String... labels) {
    family(counters, name, help)
        .points
        .add(new CounterDataPointSnapshot(value, Labels.of(labels), null, 0));
    return this;
  }

  /// Adds a counter of whole things.
  public Families counter(String name, String help, long value, String... labels) {
    return counter(name, help, (double) value, labels);
  }

  /// Adds a gauge of whole things.
  public Families gauge(String name, String help, long value, String... labels) {
    return gauge(name, help, (double) value, labels);
  }

  /// Adds a gauge.
  public Families gauge(String name, String help, double value, String... labels) {
    family(gauges, name, help)
        .points
        .add(new GaugeDataPointSnapshot(value, Labels.of(labels), null));
    return this;
  }

  /// Adds a histogram.
  ///
  /// @param bounds upper bounds, ascending, the last one infinite
  /// @param counts how many fell between each bound and the one before
  /// @param sum of everything that was counted
  public Families histogram(String name, String help, double[] bounds, long[] counts, double sum) {
    var point =
        new HistogramDataPointSnapshot(
            ClassicHistogramBuckets.of(bounds, counts), sum, Labels.EMPTY, Exemplars.EMPTY, 0);
    others.add(new HistogramSnapshot(new MetricMetadata(name, help), List.of(point)));
    return this;
  }

  /// Adds what is told by labels alone.
  ///
  /// @param name without the `_info` that it gets
  public Families info(String name, String help, String... labels) {
    var point = new InfoDataPointSnapshot(Labels.of(labels));
    others.add(new InfoSnapshot(new MetricMetadata(name, help), List.of(point)));
    return this;
  }

  /// All of them.
  public MetricSnapshots build() {
    List<MetricSnapshot> all = new ArrayList<>(others);
    counters.values().forEach(each -> all.add(new CounterSnapshot(each.about, each.points)));
    gauges.values().forEach(each -> all.add(new GaugeSnapshot(each.about, each.points)));
    return new MetricSnapshots(all);
  }

  private static <T> Family<T> family(Map<String, Family<T>> families, String name, String help) {
    return families.computeIfAbsent(
        name, _ -> new Family<>(new MetricMetadata(name, help), new ArrayList<>()));
  }
}
