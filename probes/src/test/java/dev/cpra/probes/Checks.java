package dev.cpra.probes;

import dev.cpra.manifest.kind.Auth;
import dev.cpra.manifest.kind.Header;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.kind.StatusRange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Configurations and single checks for tests.
final class Checks {
  /// Long enough never to pass in a test that does not mean it.
  static final Duration AMPLE = Duration.ofSeconds(20);

  /// Short enough to wait for.
  static final Duration SHORT = Duration.ofMillis(250);

  private Checks() {}

  static CheckResult run(ProbeLoops loops, Probe probe) {
    return run(loops, probe, 0, 0);
  }

  static CheckResult run(ProbeLoops loops, Probe probe, int monitor, int detail) {
    try {
      return loops.run(probe, monitor, detail).get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the check did not end", e);
    }
  }

  static CheckResult http(ProbeLoops loops, HttpConfig config) {
    return run(loops, HttpProbe.check(config, AMPLE.toNanos()));
  }

  static CheckResult http(ProbeLoops loops, HttpConfig config, Duration timeout) {
    return run(loops, HttpProbe.check(config, timeout.toNanos()));
  }

  static Builder get(String url) {
    return new Builder(url);
  }

  /// An [HttpConfig], piece by piece.
  static final class Builder {
    private final String url;
    private String method = "GET";
    private List<Header> headers = List.of();
    private @Nullable Auth auth;
    private @Nullable String body;
    private List<StatusRange> statuses = List.of(StatusRange.SUCCESS);
    private @Nullable String contains;
    private @Nullable String regex;
    private boolean followRedirects;
    private boolean keepAlive;
    private int maxBytes = 64 * 1024;
    private boolean verify = true;
    private int retries;
    private HttpConfig.@Nullable Expect expect;

    private Builder(String url) {
      this.url = url;
    }

    Builder method(String value) {
      method = value;
      return this;
    }

    Builder header(String name, String value) {
      headers = List.of(new Header(name, value));
      return this;
    }

    Builder auth(Auth value) {
      auth = value;
      return this;
    }

    Builder body(String value) {
      body = value;
      return this;
    }

    Builder status(int value) {
      statuses = List.of(new StatusRange(value, value));
      return this;
    }

    Builder contains(String value) {
      contains = value;
      return this;
    }

    Builder regex(String value) {
      regex = value;
      return this;
    }

    Builder followRedirects() {
      followRedirects = true;
      return this;
    }

    Builder keepAlive() {
      keepAlive = true;
      return this;
    }

    Builder maxBytes(int value) {
      maxBytes = value;
      return this;
    }

    Builder trustAnyone() {
      verify = false;
      return this;
    }

    Builder retries(int value) {
      retries = value;
      return this;
    }

    /// Expects this and nothing else.
    Builder expect(HttpConfig.Expect value) {
      expect = value;
      return this;
    }

    HttpConfig build() {
      return new HttpConfig(
          url,
          method,
          headers,
          auth,
          body,
          expect == null ? new HttpConfig.Expect(statuses, contains, regex) : expect,
          followRedirects,
          keepAlive,
          maxBytes,
          verify,
          retries);
    }
  }
}
