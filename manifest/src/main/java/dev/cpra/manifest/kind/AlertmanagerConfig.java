package dev.cpra.manifest.kind;

import dev.cpra.manifest.NotifyConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Alerts sent to Prometheus' Alertmanager, version 2 of its interface.
///
/// @param url where `/api/v2/alerts` is found
/// @param headers sent with the request; their values are not printed
/// @param labels of every alert, beside `alertname` and `monitor` and below the monitor's own
/// @param expiresNanos how long an alert stays that is neither repeated nor ended
/// @param text the alert's summary ([AlertTexts]), or null for the implementation's own
public record AlertmanagerConfig(
    String url,
    List<Header> headers,
    Map<String, String> labels,
    long expiresNanos,
    @Nullable String text)
    implements NotifyConfig {
  @Override
  public String type() {
    return "alertmanager";
  }

  @Override
  public String toString() {
    return "AlertmanagerConfig[" + Redaction.origin(url) + ", headers=" + headers + "]";
  }
}
