package dev.cpra.probes;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Where a connection goes. Value equality: kept connections are found by it.
///
/// @param host a name or a literal address, IPv6 without brackets
/// @param port 1 to 65,535
/// @param tls whether TLS is spoken
/// @param verify whether the certificate must be trusted
/// @param literal the address if the host is one: it never meets a resolver
/// @param unixPath path of a Unix socket that stands for host and port, or null
record Endpoint(
    String host,
    int port,
    boolean tls,
    boolean verify,
    @Nullable InetSocketAddress literal,
    @Nullable String unixPath) {

  /// A Unix socket.
  static Endpoint unix(String path) {
    return new Endpoint("localhost", 1, false, false, null, path);
  }

  static Endpoint of(String host, int port, boolean tls, boolean verify) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("host: expected a name or an address, found nothing");
    }
    ProbeOptions.range("port", port, 1, 65_535);
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    InetSocketAddress literal = null;
    if (address != null) {
      try {
        literal = new InetSocketAddress(InetAddress.getByAddress(address), port);
      } catch (UnknownHostException e) {
        throw new IllegalArgumentException("host: expected an IP address, found " + host, e);
      }
    }
    return new Endpoint(host, port, tls, verify, literal, null);
  }

  /// The host as a URL or a `Host` header writes it.
  String hostInUrl() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }
}
