package dev.cpra.probes;

import io.netty.channel.EventLoop;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks names up without blocking. Made when the first name is asked for: literal addresses need
/// no resolver. Owned by its loop's thread.
class Names implements AutoCloseable {
  private static final long QUERY_TIMEOUT_MILLIS = 2_000;
  private static final int QUERIES_PER_NAME_MAX = 8;
  private static final int CONSOLIDATED_MAX = 1_024;

  private final EventLoop eventLoop;
  private final Transport transport;
  private final BoundedDnsCache cache;
  private final List<InetSocketAddress> servers;
  private @Nullable DnsNameResolver resolver;

  Names(EventLoop eventLoop, Transport transport, ProbeOptions options) {
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
    DnsNameResolverBuilder builder =
        new DnsNameResolverBuilder(eventLoop)
            .datagramChannelType(transport.datagramType())
            .socketChannelType(transport.socketType())
            .resolveCache(cache)
            // Netty's own have no bound.
            .cnameCache(NoopDnsCnameCache.INSTANCE)
            .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
            .consolidateCacheSize(CONSOLIDATED_MAX)
            .maxQueriesPerResolve(QUERIES_PER_NAME_MAX)
            .queryTimeoutMillis(QUERY_TIMEOUT_MILLIS);
    if (!servers.isEmpty()) {
      builder.nameServerProvider(new SequentialDnsServerAddressStreamProvider(servers));
    }
    return builder.build();
  }
}
