package dev.cpra.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Histogram;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;

/// What a scrape says, read by a parser that did not write it.
public final class Scrape {
  private final Map<String, MetricFamily> families = new HashMap<>();
  private final Map<String, Double> values = new TreeMap<>();

  private Scrape(List<MetricFamily> all) {
    for (MetricFamily family : all) {
      assertThat(families.put(family.getName(), family)).as(family.getName()).isNull();
      for (Metric metric : family.getMetrics()) {
        String key = metric.getName() + new TreeMap<>(metric.getLabels());
        Double value =
            switch (metric) {
              case Counter counter -> counter.getValue();
              case Gauge gauge -> gauge.getValue();
              case Histogram histogram -> (double) histogram.getSampleCount();
              default -> Double.NaN;
            };
        assertThat(values.put(key, value)).as(key).isNull();
      }
    }
  }

  /// Reads Prometheus's text format; fails on a series that is there twice.
  public static Scrape parse(String text) {
    CollectorPrometheusMetricsWalker walker = new CollectorPrometheusMetricsWalker();
    new TextPrometheusMetricsProcessor(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), walker)
        .walk();
    return new Scrape(walker.getAllMetricFamilies());
  }

  /// All families by name.
  public Map<String, MetricFamily> families() {
    return families;
  }

  /// All values by series, as `name{label=value, ...}`.
  public Map<String, Double> values() {
    return values;
  }

  /// The histogram of that name.
  Histogram histogram(String name) {
    MetricFamily family = families.get(name);
    assertThat(family).as(name).isNotNull();
    return (Histogram) Objects.requireNonNull(family).getMetrics().getFirst();
  }
}
