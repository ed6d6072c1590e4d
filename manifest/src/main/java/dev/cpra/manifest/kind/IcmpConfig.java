package dev.cpra.manifest.kind;

import dev.cpra.manifest.PulseConfig;

/// A ping.
///
/// @param host a name or an address
/// @param count echo requests of one try; one answer is enough
/// @param retries further tries within one check
/// @param ignorePrivilege whether to try even where the system seems to forbid echo sockets
public record IcmpConfig(String host, int count, int retries, boolean ignorePrivilege)
    implements PulseConfig {
  @Override
  public String type() {
    return "icmp";
  }
}
