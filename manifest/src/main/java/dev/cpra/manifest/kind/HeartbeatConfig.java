package dev.cpra.manifest.kind;

import dev.cpra.manifest.PulseConfig;

/// A passive check: a job calls a URL that holds the token, and silence is the failure.
///
/// @param token part of the URL, a secret
/// @param graceNanos how long it may be silent
public record HeartbeatConfig(Secret token, long graceNanos) implements PulseConfig {
  @Override
  public String type() {
    return "heartbeat";
  }
}
