package dev.cpra.probes;

import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import java.net.InetSocketAddress;

/// Name servers that are asked once more when each of them has been asked in vain: a lost packet
/// says nothing about a name.
record ServersTwice(DnsServerAddressStreamProvider servers)
    implements DnsServerAddressStreamProvider {
  @Override
  public DnsServerAddressStream nameServerAddressStream(String hostname) {
    return new Stream(servers.nameServerAddressStream(hostname));
  }

  private record Stream(DnsServerAddressStream once) implements DnsServerAddressStream {
    @Override
    public InetSocketAddress next() {
      return once.next(); // behind its last server comes its first
    }

    @Override
    public int size() {
      return 2 * once.size();
    }

    @Override
    public DnsServerAddressStream duplicate() {
      return new Stream(once.duplicate());
    }
  }
}
