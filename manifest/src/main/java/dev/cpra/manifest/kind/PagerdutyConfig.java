package dev.cpra.manifest.kind;

import dev.cpra.manifest.NotifyConfig;
import org.jspecify.annotations.Nullable;

/// Alerts sent to PagerDuty's events interface, version 2.
///
/// @param url where events are posted
/// @param routingKey the integration's key, empty when whoever listens at the URL needs none
/// @param text the event's summary ([AlertTexts]), or null for the implementation's own
public record PagerdutyConfig(String url, Secret routingKey, @Nullable String text)
    implements NotifyConfig {
  /// With the implementation's own text.
  public PagerdutyConfig(String url, Secret routingKey) {
    this(url, routingKey, null);
  }

  @Override
  public String type() {
    return "pagerduty";
  }

  @Override
  public String toString() {
    return "PagerdutyConfig[" + Redaction.origin(url) + "]";
  }
}
