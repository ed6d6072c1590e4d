package dev.cpra.manifest.kind;

import dev.cpra.manifest.PulseConfig;

/// A container that must run and be healthy.
///
/// @param container name or id
/// @param socket path of the Docker engine's Unix socket
/// @param requireHealth whether a container without a health check of its own fails
/// @param allowStarting whether a health check that has not spoken yet passes
/// @param retries further tries within one check
public record DockerConfig(
    String container, String socket, boolean requireHealth, boolean allowStarting, int retries)
    implements PulseConfig {
  /// Where the Docker engine listens unless told otherwise.
  public static final String SOCKET = "/var/run/docker.sock";

  @Override
  public String type() {
    return "docker";
  }
}
