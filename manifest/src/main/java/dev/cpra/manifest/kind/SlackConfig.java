package dev.cpra.manifest.kind;

import dev.cpra.manifest.NotifyConfig;
import org.jspecify.annotations.Nullable;

/// Alerts sent to a Slack channel.
///
/// @param hook the channel's incoming webhook, a secret
/// @param text what the message says ([AlertTexts]), or null for the implementation's own
public record SlackConfig(Secret hook, @Nullable String text) implements NotifyConfig {
  /// With the implementation's own text.
  public SlackConfig(Secret hook) {
    this(hook, null);
  }

  @Override
  public String type() {
    return "slack";
  }
}
