package dev.cpra.probes;

import dev.cpra.manifest.kind.DockerConfig;
import dev.cpra.manifest.kind.DockerTarget;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.StatusRange;
import dev.cpra.manifest.kind.WebhookConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An HTTP request and what its answer must look like: a check, a webhook that repairs or one that
/// tells somebody.
final class HttpProbe implements Probe {
  /// Makes the body of a request out of its job.
  interface Body {
    byte[] of(int monitor, int detail);
  }

  private static final Expectation OPERATED =
      new Expectation(
          new HttpConfig.Expect(
              List.of(StatusRange.SUCCESS, new StatusRange(304, 304)), null, null),
          HttpConfig.MAX_RESPONSE_BYTES_DEFAULT);

  private final HttpRequests.Spec spec;
  private final String url;
  private final HttpRequests.@Nullable Hop first;
  private final @Nullable Body body;
  private final Expectation expectation;
  private final int redirectsMax;
  private final int retries;
  private final long timeoutNanos;

  private HttpProbe(
      HttpRequests.Spec spec,
      String url,
      @Nullable Body body,
      Expectation expectation,
      int redirectsMax,
      int retries,
      long timeoutNanos) {
    // Made in any case: what cannot be sent is refused here, and not at every check.
    this(
        spec,
        url,
        HttpRequests.first(spec, url),
        body,
        expectation,
        redirectsMax,
        retries,
        timeoutNanos);
  }

  private HttpProbe(
      HttpRequests.Spec spec,
      String url,
      HttpRequests.Hop first,
      @Nullable Body body,
      Expectation expectation,
      int redirectsMax,
      int retries,
      long timeoutNanos) {
    this.spec = spec;
    this.url = url;
    this.body = body;
    this.expectation = expectation;
    this.redirectsMax = redirectsMax;
    this.retries = retries;
    this.timeoutNanos = timeoutNanos;
    this.first = body == null ? first : null;
  }

  static HttpProbe check(HttpConfig config, long timeoutNanos) {
    HttpRequests.Spec spec =
        new HttpRequests.Spec(
            config.method(),
            config.headers(),
            HttpRequests.authorization(config.auth()),
            config.body() == null ? null : config.body().getBytes(StandardCharsets.UTF_8),
            config.verifyTls(),
            config.keepAlive());
    return new HttpProbe(
        spec,
        config.url(),
        null,
        Expectation.of(config.expect(), config.maxResponseBytes()),
        config.followRedirects() ? HttpConfig.REDIRECTS_MAX : 0,
        config.retries(),
        timeoutNanos);
  }

  /// Asks the Docker engine about a container.
  static HttpProbe container(DockerConfig config, long timeoutNanos) {
    HttpRequests.Spec spec = new HttpRequests.Spec("GET", List.of(), null, null, false, false);
    String url = "http://docker/containers/" + config.container() + "/json";
    return new HttpProbe(
        spec,
        url,
        HttpRequests.first(spec, url).over(Endpoint.unix(config.socket())),
        null,
        new ContainerExpectation(config),
        0,
        config.retries(),
        timeoutNanos);
  }

  /// Asks the Docker engine to restart or start a container. That it runs already is no failure.
  static HttpProbe operate(DockerTarget target, long timeoutNanos) {
    HttpRequests.Spec spec = new HttpRequests.Spec("POST", List.of(), null, null, false, false);
    String url = "http://docker/containers/" + target.container() + "/" + target.operation();
    if (target.operation().equals("restart")) {
      // Whole seconds, at least one: 0 would kill at once.
      url += "?t=" + Math.max(1, (target.timeoutNanos() + 999_999_999L) / 1_000_000_000L);
    }
    return new HttpProbe(
        spec,
        url,
        HttpRequests.first(spec, url).over(Endpoint.unix(target.socket())),
        null,
        OPERATED,
        0,
        target.retries(),
        timeoutNanos);
  }

  static HttpProbe webhook(WebhookConfig config, Body body, long timeoutNanos) {
    HttpRequests.Spec spec =
        new HttpRequests.Spec(
            config.method(),
            Bodies.withContentType(config.headers(), config.body() == null),
            null,
            null,
            true,
            false);
    return new HttpProbe(
        spec, config.url(), body, Expectation.SUCCESS, 0, config.retries(), timeoutNanos);
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public ProbeRun newRun() {
    return new HttpRun(this, retries);
  }

  HttpRequests.Spec spec() {
    return spec;
  }

  Expectation expectation() {
    return expectation;
  }

  /// Whether this is a webhook, of an alert or a repair: a receiver that asks for patience gets it.
  boolean isPatient() {
    return body != null;
  }

  int redirectsMax() {
    return redirectsMax;
  }

  /// The request a job starts with.
  HttpRequests.Hop firstHop(int monitor, int detail) {
    HttpRequests.Hop ready = first;
    if (ready != null) {
      return ready;
    }
    return HttpRequests.first(body == null ? spec : spec.withBody(body.of(monitor, detail)), url);
  }
}
