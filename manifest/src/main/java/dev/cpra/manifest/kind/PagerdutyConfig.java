package dev.cpra.manifest.kind;

import dev.cpra.manifest.NotifyConfig;

/// Alerts sent to PagerDuty's events interface.
///
/// @param url where events are posted
/// @param routingKey the integration's key, empty when the URL holds it
public record PagerdutyConfig(String url, Secret routingKey) implements NotifyConfig {
  @Override
  public String type() {
    return "pagerduty";
  }

  @Override
  public String toString() {
    return "PagerdutyConfig[" + Redaction.origin(url) + "]";
  }
}
