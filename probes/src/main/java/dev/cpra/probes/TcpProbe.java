package dev.cpra.probes;

import dev.cpra.manifest.kind.TcpConfig;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A TCP check: the connection must open and, where asked, answer.
final class TcpProbe implements Probe {
  /// Most bytes read while the expected ones are awaited.
  static final int READ_MAX = 64 * 1024;

  private final Endpoint endpoint;
  private final byte @Nullable [] send;
  private final byte @Nullable [] expect;
  private final int retries;
  private final long timeoutNanos;

  TcpProbe(TcpConfig config, long timeoutNanos) {
    this.endpoint = Endpoint.of(config.host(), config.port(), false, false);
    this.send = bytes(config.send());
    this.expect = bytes(config.expect());
    this.retries = config.retries();
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public ProbeRun newRun() {
    return new TcpRun(endpoint, send, expect, retries);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
