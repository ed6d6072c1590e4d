package dev.cpra.probes;

import dev.cpra.manifest.kind.TcpConfig;
import dev.cpra.manifest.kind.TlsConfig;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A TCP check: the connection must open and, where asked, speak TLS and answer.
final class TcpProbe implements Probe {
  /// Most bytes read while the expected ones are awaited.
  static final int READ_MAX = 64 * 1024;

  private final Endpoint endpoint;
  private final byte @Nullable [] send;
  private final byte @Nullable [] expect;
  private final int certificateDays;
  private final int retries;
  private final long timeoutNanos;

  TcpProbe(TcpConfig config, long timeoutNanos) {
    this.endpoint =
        Endpoint.of(config.host(), config.port(), config.tls(), config.tls() && config.verifyTls());
    this.certificateDays = config.certificateDays();
    this.send = bytes(config.send());
    this.expect = bytes(config.expect());
    this.retries = config.retries();
    this.timeoutNanos = timeoutNanos;
  }

  /// The handshake alone.
  static TcpProbe tls(TlsConfig config, long timeoutNanos) {
    return new TcpProbe(
        new TcpConfig(
            config.host(),
            config.port(),
            null,
            null,
            true,
            config.verify(),
            config.certificateDays(),
            config.retries()),
        timeoutNanos);
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public ProbeRun newRun() {
    return new TcpRun(endpoint, send, expect, certificateDays, retries);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
