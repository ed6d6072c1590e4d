package dev.cpra.probes;

import dev.cpra.manifest.kind.IcmpConfig;

/// A ping over an unprivileged echo socket.
final class IcmpProbe implements Probe {
  private final Endpoint endpoint;
  private final int count;
  private final int tries;
  private final long timeoutNanos;

  /// @throws IllegalArgumentException if the system forbids echo sockets, unless the configuration
  ///   says to try all the same; then each check says so
  IcmpProbe(IcmpConfig config, long timeoutNanos) {
    if (!config.ignorePrivilege()) {
      Pinger.requirePermitted();
    }
    // The port means nothing; an endpoint knows literal addresses.
    this.endpoint = Endpoint.of(config.host(), 1, false, false);
    this.count = config.count();
    this.tries = config.retries() + 1;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public ProbeRun newRun() {
    return new IcmpRun(endpoint, count, tries);
  }
}
