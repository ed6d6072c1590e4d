package dev.cpra.probes;

import dev.cpra.probes.HttpRequests.Hop;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where one check was sent to so far, and whether it goes on.
final class Redirects {
  /// What follows a redirect.
  ///
  /// @param hop the next request, null if there is none
  /// @param refusal why there is none
  record Step(@Nullable Hop hop, String refusal) {}

  private final HttpProbe probe;
  private final Endpoint home;
  private final Set<String> seen = new HashSet<>();
  private int followed;

  Redirects(HttpProbe probe, Hop first) {
    this.probe = probe;
    this.home = first.endpoint();
    seen.add(key(first.method(), HttpRequests.uri(first.url())));
  }

  /// Whether a status sends one elsewhere (304 and 300 do not).
  static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  Step follow(Hop from, int status, String location) {
    if (++followed > probe.redirectsMax()) {
      return refused("more than " + probe.redirectsMax() + " redirects");
    }
    URI to;
    try {
      to = resolve(HttpRequests.uri(from.url()), location);
    } catch (IllegalArgumentException _) {
      return refused("the redirect's location is not a URL");
    }
    if (probe.spec().hasCredentials()
        && from.endpoint().tls()
        && !"https".equalsIgnoreCase(to.getScheme())) {
      return refused("a redirect from https to http would show credentials");
    }
    boolean toGet = status == 303 || (status <= 302 && from.method().equals("POST"));
    String method = toGet && !from.head() ? "GET" : from.method();
    if (!seen.add(key(method, to))) {
      return refused("the redirects form a loop");
    }
    byte[] body = method.equals(from.method()) ? probe.spec().body() : null;
    try {
      // Credentials are for the place they were given for: the first, not the one before.
      return new Step(HttpRequests.hop(probe.spec(), to.toString(), method, body, home), "");
    } catch (IllegalArgumentException _) {
      return refused("the redirect's location cannot be asked");
    }
  }

  /// RFC 3986, 5.2.2: a query alone keeps the path. `java.net.URI` follows RFC 2396, which cut it.
  private static URI resolve(URI from, String location) {
    String path = from.getRawPath();
    return from.resolve(location.startsWith("?") && path != null ? path + location : location);
  }

  private static String key(String method, URI uri) {
    return method + ' ' + uri;
  }

  private static Step refused(String why) {
    return new Step(null, why);
  }
}
