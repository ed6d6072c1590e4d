package dev.cpra.manifest.kind;

import dev.cpra.manifest.InterventionConfig;

/// A unit of systemd to restart or start.
///
/// @param unit its name, with or without `.service`
/// @param operation `restart`, `start` or `reload-or-restart`
/// @param systemctl the absolute path of the program that does it
/// @param userManager whether the user's own manager is meant, not the system's
/// @param retries further tries within one attempt
public record SystemdConfig(
    String unit, String operation, String systemctl, boolean userManager, int retries)
    implements InterventionConfig {
  @Override
  public String type() {
    return "systemd";
  }
}
