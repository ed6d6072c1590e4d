package dev.cpra.daemon.http;

import dev.cpra.daemon.metrics.Families;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// What the status server has done. Thread-safe; as many entries as there are pages and statuses.
public final class HttpCounts implements MultiCollector {
  private record Key(Answer.Page page, int status) {}

  private final Map<Key, LongAdder> answers = new ConcurrentHashMap<>();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong timedOut = new AtomicLong();

  /// Nothing done yet.
  public HttpCounts() {}

  void answered(Answer.Page page, int status) {
    answers.computeIfAbsent(new Key(page, status), _ -> new LongAdder()).increment();
  }

  void refused() {
    refused.incrementAndGet();
  }

  void timedOut() {
    timedOut.incrementAndGet();
  }

  @Override
  public MetricSnapshots collect() {
    Families families = new Families();
    answers.forEach((key, count) ->
        families.counter(
            "cpra_http_requests",
            "Requests answered, by page and status.",
            count.sum(),
            "page",
            key.page.name().toLowerCase(Locale.ROOT),
            "status",
            Integer.toString(key.status)));
    return families
        .counter(
            "cpra_http_connections_refused",
            "Connections beyond the most there may be.",
            refused.get())
        .counter(
            "cpra_http_connections_timed_out",
            "Connections closed because their time was over.",
            timedOut.get())
        .build();
  }
}
