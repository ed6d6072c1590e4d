package dev.cpra.manifest.kind;

import dev.cpra.manifest.PulseConfig;
import org.jspecify.annotations.Nullable;

/// A TCP check: the connection must open and, where asked, answer.
///
/// @param host a name or an address, IPv6 without brackets
/// @param port 1 to 65,535
/// @param send written once connected, or null
/// @param expect must be part of what comes back, or null
/// @param retries further tries within one check
public record TcpConfig(
    String host, int port, @Nullable String send, @Nullable String expect, int retries)
    implements PulseConfig {

  /// A bare connect.
  public static TcpConfig connect(String host, int port) {
    return new TcpConfig(host, port, null, null, 0);
  }

  @Override
  public String type() {
    return "tcp";
  }
}
