package dev.cpra.manifest.kind;

import dev.cpra.manifest.InterventionConfig;

/// A container to restart.
///
/// @param container name or id
/// @param timeoutNanos how long it may take to stop before it is killed
/// @param retries further tries within one attempt
public record DockerTarget(String container, long timeoutNanos, int retries)
    implements InterventionConfig {
  @Override
  public String type() {
    return "docker";
  }
}
