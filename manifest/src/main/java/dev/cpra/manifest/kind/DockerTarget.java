package dev.cpra.manifest.kind;

import dev.cpra.manifest.InterventionConfig;

/// A container to restart or start.
///
/// @param container name or id
/// @param operation `restart` or `start`
/// @param socket path of the Docker engine's Unix socket
/// @param timeoutNanos how long it may take to stop before it is killed
/// @param retries further tries within one attempt
public record DockerTarget(
    String container, String operation, String socket, long timeoutNanos, int retries)
    implements InterventionConfig {
  /// Restarted, by the engine at its usual place.
  public DockerTarget(String container, long timeoutNanos, int retries) {
    this(container, "restart", DockerConfig.SOCKET, timeoutNanos, retries);
  }

  @Override
  public String type() {
    return "docker";
  }
}
