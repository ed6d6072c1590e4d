package dev.cpra.manifest.kind;

import dev.cpra.manifest.NotifyConfig;

/// Alerts sent to a Slack channel.
///
/// @param hook the channel's incoming webhook, a secret
public record SlackConfig(Secret hook) implements NotifyConfig {
  @Override
  public String type() {
    return "slack";
  }
}
