package dev.cpra.manifest.kind;

import dev.cpra.manifest.PulseConfig;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An HTTP check.
///
/// @param url `http` or `https`, absolute, without user information
/// @param method in capitals
/// @param headers sent with every request, in this order
/// @param auth how the check proves who it is, or null
/// @param body sent with the request, or null
/// @param expect what the response must look like
/// @param followRedirects whether up to [#REDIRECTS_MAX] redirects are followed
/// @param keepAlive whether the connection may be used again by a later check
/// @param maxResponseBytes how much of the body is read at most; more fails the check
/// @param verifyTls whether the server's certificate must be trusted
/// @param retries further tries within one check
public record HttpConfig(
    String url,
    String method,
    List<Header> headers,
    @Nullable Auth auth,
    @Nullable String body,
    Expect expect,
    boolean followRedirects,
    boolean keepAlive,
    int maxResponseBytes,
    boolean verifyTls,
    int retries)
    implements PulseConfig {

  /// Most redirects one check follows.
  public static final int REDIRECTS_MAX = 5;

  /// How much of a body is read when a manifest does not say.
  public static final int MAX_RESPONSE_BYTES_DEFAULT = 64 * 1024;

  /// What a response must look like.
  ///
  /// @param statuses accepted status codes, at least one range
  /// @param bodyContains must be part of the body, or null
  /// @param bodyRegex a regular expression that must be found in the body, or null; [Regexes]
  ///   compiles it
  /// @param headers what headers must look like, all of them
  /// @param json what must be found in a JSON body, all of it
  /// @param latencyNanos longest time from the start of a try until its answer is whole, 0 for any
  /// @param certificateDays days the server's certificates must still be valid, 0 for any
  public record Expect(
      List<StatusRange> statuses,
      @Nullable String bodyContains,
      @Nullable String bodyRegex,
      List<HeaderMatch> headers,
      List<JsonMatch> json,
      long latencyNanos,
      int certificateDays) {
    /// Largest body in which JSON is looked for, in bytes.
    public static final int JSON_BYTES_MAX = 1 << 20;

    /// Expects a status and a body.
    public Expect(
        List<StatusRange> statuses, @Nullable String bodyContains, @Nullable String bodyRegex) {
      this(statuses, bodyContains, bodyRegex, List.of(), List.of(), 0, 0);
    }

    /// Any 2xx, whatever the body.
    public static final Expect DEFAULT = new Expect(List.of(StatusRange.SUCCESS), null, null);

    /// Whether this status is accepted.
    public boolean accepts(int status) {
      for (int i = 0; i < statuses.size(); i++) {
        if (statuses.get(i).contains(status)) {
          return true;
        }
      }
      return false;
    }
  }

  /// A GET that expects any 2xx, the rest at its defaults.
  public static HttpConfig get(String url) {
    return new HttpConfig(
        url,
        "GET",
        List.of(),
        null,
        null,
        Expect.DEFAULT,
        false,
        false,
        MAX_RESPONSE_BYTES_DEFAULT,
        true,
        0);
  }

  /// The URL, parsed.
  public URI uri() {
    return URI.create(url);
  }

  @Override
  public String type() {
    return "http";
  }

  /// Without the body and without what follows the path: either may hold a secret.
  @Override
  public String toString() {
    return "HttpConfig["
        + method
        + " "
        + Redaction.url(url)
        + ", headers="
        + headers
        + ", auth="
        + auth
        + ", expect="
        + expect
        + ", retries="
        + retries
        + "]";
  }
}
