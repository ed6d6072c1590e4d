package dev.cpra.probes;

import dev.cpra.manifest.kind.Auth;
import dev.cpra.manifest.kind.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns what a monitor says of its request into a [Hop]: the endpoint and the request's bytes.
/// Done once per target, so a check only copies bytes.
final class HttpRequests {
  private static final String AGENT = "cpra";
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  /// What a request may say to whom it was not meant for, in small letters.
  private static final Set<String> PLAIN_HEADERS =
      Set.of(
          "accept",
          "accept-charset",
          "accept-encoding",
          "accept-language",
          "cache-control",
          "content-language",
          "content-type",
          "pragma",
          "user-agent");

  private static final Encoder ENCODER = new Encoder();

  /// Netty's encoder without a pipeline around it. It keeps no state between calls of these
  /// methods.
  private static final class Encoder extends HttpRequestEncoder {
    void encode(HttpRequest request, ByteBuf into) throws Exception {
      encodeInitialLine(into, request);
      encodeHeaders(request.headers(), into);
      into.writeShort(('\r' << 8) | '\n');
    }
  }

  /// A request as its monitor describes it.
  ///
  /// @param method in capitals
  /// @param headers in order
  /// @param auth the value of the `Authorization` header, or null
  /// @param body the bytes to send, or null
  /// @param verify whether the certificate must be trusted
  /// @param keepAlive whether the connection is used again
  @SuppressWarnings("ArrayRecordComponent") // never compared, never shown
  record Spec(
      String method,
      List<Header> headers,
      @Nullable String auth,
      byte @Nullable [] body,
      boolean verify,
      boolean keepAlive) {

    /// Whether the request shows who we are: then it never leaves https for http.
    boolean hasCredentials() {
      return auth != null || headers.stream().anyMatch(HttpRequests::isCredential);
    }

    /// The same with another body.
    Spec withBody(byte[] other) {
      return new Spec(method, headers, auth, other, verify, keepAlive);
    }
  }

  /// One request to one place.
  ///
  /// @param url what is asked, kept for redirects; a string, as a parsed one weighs far more
  /// @param method in capitals
  /// @param bytes the request on the wire
  @SuppressWarnings("ArrayRecordComponent") // never compared, never shown
  record Hop(Endpoint endpoint, String url, String method, byte[] bytes) {
    boolean head() {
      return method.equals("HEAD");
    }

    /// The same request, sent elsewhere.
    Hop over(Endpoint other) {
      return new Hop(other, url, method, bytes);
    }
  }

  private HttpRequests() {}

  /// The value of the header that proves who we are.
  static @Nullable String authorization(@Nullable Auth auth) {
    return switch (auth) {
      case null -> null;
      case Auth.Basic(String user, var password) -> basic(user + ":" + password.value());
      case Auth.Bearer(var token) -> "Bearer " + token.value();
    };
  }

  /// The first request of a check.
  ///
  /// @throws IllegalArgumentException if the URL or a header cannot be sent; the message holds
  ///   neither
  static Hop first(Spec spec, String url) {
    return hop(spec, url, spec.method(), spec.body(), null);
  }

  /// A request to another place.
  ///
  /// @param home where the check was sent first, null if this is the first request. Elsewhere goes
  ///   only what tells nothing: no credentials, and no header that may be one under another name
  static Hop hop(
      Spec spec, String url, String method, byte @Nullable [] body, @Nullable Endpoint home) {
    URI uri = uri(url);
    Endpoint endpoint = endpoint(uri, spec.verify());
    boolean trusted = home == null || home.equals(endpoint);
    DefaultHttpRequest request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), path(uri));
    HttpHeaders headers = request.headers();
    headers.set(HttpHeaderNames.HOST, hostHeader(endpoint));
    headers.set(HttpHeaderNames.USER_AGENT, AGENT);
    headers.set(HttpHeaderNames.ACCEPT, "*/*");
    for (Header header : spec.headers()) {
      if (trusted || PLAIN_HEADERS.contains(header.name().toLowerCase(Locale.ROOT))) {
        headers.set(header.name(), header.value());
      }
    }
    if (trusted && spec.auth() != null) {
      headers.set(HttpHeaderNames.AUTHORIZATION, spec.auth());
    }
    if (!spec.keepAlive()) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    if (body != null) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
    } else if (method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, 0);
    } else {
      headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    }
    headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
    return new Hop(endpoint, url, method, bytes(request, body));
  }

  /// Parses a URL without ever repeating it in an error.
  static URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException _) {
      // The cause's message holds the URL, which may hold a secret.
      throw new IllegalArgumentException(
          "url: expected http://host[:port]/path or https://..., found something else");
    }
  }

  private static byte[] bytes(HttpRequest request, byte @Nullable [] body) {
    ByteBuf out = Unpooled.buffer(256);
    try {
      ENCODER.encode(request, out);
    } catch (Exception e) {
      throw new IllegalArgumentException("the request cannot be encoded", e);
    }
    if (body != null) {
      out.writeBytes(body);
    }
    return ByteBufUtil.getBytes(out);
  }

  private static Endpoint endpoint(URI uri, boolean verify) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (!tls && !scheme.equals("http")) {
      throw new IllegalArgumentException("url: expected the scheme http or https");
    }
    String host = uri.getHost();
    int port = uri.getPort();
    if (host == null) {
      // java.net.URI takes no underscore in a host, container networks do.
      String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      authority = authority.substring(authority.lastIndexOf('@') + 1);
      int colon = authority.lastIndexOf(':');
      host = colon < 0 ? authority : authority.substring(0, colon);
      port = colon < 0 ? -1 : portOf(authority.substring(colon + 1));
    } else if (host.startsWith("[")) {
      host = host.substring(1, host.length() - 1);
    }
    return Endpoint.of(host, port < 0 ? (tls ? HTTPS_PORT : HTTP_PORT) : port, tls, verify);
  }

  private static int portOf(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("url: expected a port from 1 to 65535 after the colon");
    }
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    String query = uri.getRawQuery();
    String asked = path == null || path.isEmpty() ? "/" : path;
    return query == null ? asked : asked + "?" + query;
  }

  private static String hostHeader(Endpoint endpoint) {
    int usual = endpoint.tls() ? HTTPS_PORT : HTTP_PORT;
    return endpoint.port() == usual
        ? endpoint.hostInUrl()
        : endpoint.hostInUrl() + ":" + endpoint.port();
  }

  private static boolean isCredential(Header header) {
    String name = header.name();
    return name.equalsIgnoreCase("Authorization")
        || name.equalsIgnoreCase("Cookie")
        || name.equalsIgnoreCase("Proxy-Authorization")
        || name.toLowerCase(Locale.ROOT).contains("token")
        || name.toLowerCase(Locale.ROOT).contains("key");
  }

  private static String basic(String userAndPassword) {
    return "Basic "
        + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }
}
