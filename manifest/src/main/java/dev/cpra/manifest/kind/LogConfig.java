package dev.cpra.manifest.kind;

import dev.cpra.manifest.NotifyConfig;

/// Alerts written to a file, one line each.
///
/// @param file a path, relative to the working directory unless absolute
public record LogConfig(String file) implements NotifyConfig {
  @Override
  public String type() {
    return "log";
  }
}
