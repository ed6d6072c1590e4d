package dev.cpra.daemon.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Everything that is scraped, and the forms it is written in. Thread-safe.
public final class Exposition {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  /// With the metrics of the JVM and its process.
  public Exposition() {
    JvmMetrics.builder().register(registry);
  }

  /// Adds what a part of the daemon tells of itself.
  public Exposition add(MultiCollector source) {
    registry.register(source);
    return this;
  }

  /// The content type of what [#write] writes.
  ///
  /// @param accept what the client accepts, null for anything
  public String contentType(@Nullable String accept) {
    return writer(accept).getContentType();
  }

  /// Scrapes and writes.
  public void write(@Nullable String accept, OutputStream out) throws IOException {
    writer(accept).write(out, registry.scrape());
  }

  private ExpositionFormatWriter writer(@Nullable String accept) {
    return formats.findWriter(accept == null ? "" : accept);
  }
}
