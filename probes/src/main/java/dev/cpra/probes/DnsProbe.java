package dev.cpra.probes;

import dev.cpra.manifest.kind.DnsConfig;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import org.jspecify.annotations.Nullable;

/// A question to a DNS server and what its answer must look like.
final class DnsProbe implements Probe {
  private final DnsQuestion question;
  private final @Nullable Endpoint server;
  private final boolean tcp;
  private final DnsExpectation expectation;
  private final int tries;
  private final long timeoutNanos;

  DnsProbe(DnsConfig config, long timeoutNanos) {
    String name = config.name().endsWith(".") ? config.name() : config.name() + ".";
    this.question = new DefaultDnsQuestion(name, DnsRecordType.valueOf(config.record()));
    String host = config.server();
    this.server = host == null ? null : Endpoint.of(host, config.port(), false, false);
    this.tcp = config.tcp();
    this.expectation = new DnsExpectation(config.expect(), config.record());
    this.tries = config.retries() + 1;
    this.timeoutNanos = timeoutNanos;
  }

  @Override
  public long timeoutNanos() {
    return timeoutNanos;
  }

  @Override
  public ProbeRun newRun() {
    return new DnsRun(this, tries);
  }

  DnsQuestion question() {
    return question;
  }

  /// Who is asked, null for the machine's own server.
  @Nullable Endpoint server() {
    return server;
  }

  boolean tcp() {
    return tcp;
  }

  DnsExpectation expectation() {
    return expectation;
  }
}
