package dev.cpra.daemon.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Where the status server listens.
///
/// @param socket an address of this machine and a port, 0 for any that is free
public record ListenAddress(InetSocketAddress socket) {
  /// What holds when nothing is said: this machine only.
  public static final String DEFAULT = "127.0.0.1:9750";

  private static final String EXPECTED =
      "expected ADDRESS:PORT such as " + DEFAULT + " or [::1]:9750, found ";

  /// Reads `ADDRESS:PORT`. The address is an IP address or `localhost`, an IPv6 one in brackets;
  /// nothing is looked up. Without an address, as in `:9750`, it is 127.0.0.1.
  ///
  /// @throws IllegalArgumentException if it is not that
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0 || colon == text.length() - 1) {
      throw new IllegalArgumentException(EXPECTED + text);
    }
    return new ListenAddress(
        new InetSocketAddress(
            address(text, text.substring(0, colon)), port(text, text.substring(colon + 1))));
  }

  /// Whether only this machine can reach it.
  public boolean isLoopback() {
    return socket.getAddress().isLoopbackAddress();
  }

  /// As it is written, with the port that was bound.
  static String text(InetSocketAddress bound) {
    String host = bound.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + bound.getPort();
  }

  @Override
  public String toString() {
    return text(socket);
  }

  private static InetAddress address(String text, String host) {
    if (host.isEmpty() || host.equals("localhost")) {
      return InetAddress.ofLiteral("127.0.0.1");
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.contains(":") && !bracketed) {
      throw new IllegalArgumentException(EXPECTED + text);
    }
    try {
      return InetAddress.ofLiteral(bracketed ? host.substring(1, host.length() - 1) : host);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(EXPECTED + text, e);
    }
  }

  private static int port(String text, String digits) {
    int port = -1;
    if (digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      port = Integer.parseInt(digits);
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(EXPECTED + text);
    }
    return port;
  }
}
