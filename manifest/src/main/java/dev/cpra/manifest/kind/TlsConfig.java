package dev.cpra.manifest.kind;

import dev.cpra.manifest.PulseConfig;

/// A TLS check: the handshake must succeed and the certificates be valid for some days to come.
///
/// @param host a name or an address, IPv6 without brackets; also the name in the certificate
/// @param port 1 to 65,535
/// @param verify whether the certificate must be trusted and for this name
/// @param certificateDays days the certificates must still be valid, 0 for any
/// @param retries further tries within one check
public record TlsConfig(String host, int port, boolean verify, int certificateDays, int retries)
    implements PulseConfig {
  @Override
  public String type() {
    return "tls";
  }
}
