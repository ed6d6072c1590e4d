package dev.cpra.manifest.kind;

import dev.cpra.manifest.PulseConfig;
import org.jspecify.annotations.Nullable;

/// A TCP check: the connection must open and, where asked, speak TLS and answer.
///
/// @param host a name or an address, IPv6 without brackets
/// @param port 1 to 65,535
/// @param send written once connected, or null
/// @param expect must be part of what comes back, or null
/// @param tls whether TLS is spoken
/// @param verifyTls whether the certificate must be trusted and for this host
/// @param certificateDays days the certificates must still be valid, 0 for any
/// @param retries further tries within one check
public record TcpConfig(
    String host,
    int port,
    @Nullable String send,
    @Nullable String expect,
    boolean tls,
    boolean verifyTls,
    int certificateDays,
    int retries)
    implements PulseConfig {

  /// Without TLS.
  public TcpConfig(
      String host, int port, @Nullable String send, @Nullable String expect, int retries) {
    this(host, port, send, expect, false, true, 0, retries);
  }

  /// A bare connect.
  public static TcpConfig connect(String host, int port) {
    return new TcpConfig(host, port, null, null, 0);
  }

  @Override
  public String type() {
    return "tcp";
  }
}
