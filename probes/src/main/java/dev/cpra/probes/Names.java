package dev.cpra.probes;

import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks names up without blocking. Made when the first name is asked for: literal addresses need
/// no resolver. Each server is waited for a second, and all are asked twice, before a name does not
/// resolve; of the two kinds of addresses the preferred one is enough. Owned by its loop's thread.
class Names implements AutoCloseable {
  private static final long QUERY_TIMEOUT_MILLIS = 1_000;
  // Both kinds of addresses, twice from three servers, and aliases on the way.
  private static final int QUERIES_PER_NAME_MAX = 24;
  private static final int CONSOLIDATED_MAX = 1_024;

  private final EventLoop eventLoop;
  private final Transport transport;
  private final BoundedDnsCache cache;
  private final List<InetSocketAddress> servers;
  private final long queryTimeoutMillis;
  private @Nullable DnsNameResolver resolver;

  Names(EventLoop eventLoop, Transport transport, ProbeOptions options) {
    this(eventLoop, transport, options, QUERY_TIMEOUT_MILLIS);
  }

  /// @param queryTimeoutMillis how long one server is waited for
  Names(EventLoop eventLoop, Transport transport, ProbeOptions options, long queryTimeoutMillis) {
    this.queryTimeoutMillis = queryTimeoutMillis;
    this.eventLoop = eventLoop;
    this.transport = transport;
    this.servers = options.nameServers();
    this.cache = new BoundedDnsCache(options.namesMax(), System::nanoTime);
  }

  Future<InetAddress> resolve(String host) {
    DnsNameResolver ready = resolver;
    if (ready == null) {
      resolver = ready = open();
    }
    return ready.resolve(host);
  }

  @Override
  public void close() {
    if (resolver != null) {
      resolver.close();
    }
  }

  private DnsNameResolver open() {
    return new DnsNameResolverBuilder(eventLoop)
        .datagramChannelType(transport.datagramType())
        .socketChannelType(transport.socketType())
        .resolveCache(cache)
        // Netty's own have no bound.
        .cnameCache(NoopDnsCnameCache.INSTANCE)
        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
        .consolidateCacheSize(CONSOLIDATED_MAX)
        .maxQueriesPerResolve(QUERIES_PER_NAME_MAX)
        .queryTimeoutMillis(queryTimeoutMillis)
        // An answer to the other kind that was lost holds nobody up.
        .completeOncePreferredResolved(true)
        .nameServerProvider(
            new ServersTwice(
                servers.isEmpty()
                    ? DnsServerAddressStreamProviders.platformDefault()
                    : new SequentialDnsServerAddressStreamProvider(servers)))
        .build();
  }
}
