package dev.cpra.probes;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;

/// How [ProbeLoops] are set up.
///
/// @param threads event loops, 1 to 64
/// @param transport the fastest transport to try; slower ones follow if it does not work
/// @param nameServers where names are looked up; empty for the machine's own
/// @param trusted certificates trusted for TLS; empty for the JDK's
/// @param namesMax names cached per loop, as long as their TTL says
/// @param idleMax connections kept open per loop for checks that ask for keep-alive
/// @param idlePerTargetMax the same per target
/// @param blockingMax blocking jobs (files, programs, mails) of each lane at once, all loops
///   together; further ones wait within their time
public record ProbeOptions(
    int threads,
    TransportKind transport,
    List<InetSocketAddress> nameServers,
    List<X509Certificate> trusted,
    int namesMax,
    int idleMax,
    int idlePerTargetMax,
    int blockingMax) {

  /// One loop on the fastest transport, the machine's name servers, the JDK's trust.
  public static final ProbeOptions DEFAULT =
      new ProbeOptions(1, TransportKind.IO_URING, List.of(), List.of(), 65_536, 4_096, 4, 256);

  /// Checks the ranges.
  public ProbeOptions {
    range("threads", threads, 1, 64);
    range("names", namesMax, 1, 1 << 24);
    range("idle connections", idleMax, 0, 1 << 20);
    range("idle connections per target", idlePerTargetMax, 0, 1 << 10);
    range("blocking jobs", blockingMax, 1, 1 << 16);
    nameServers = List.copyOf(nameServers);
    trusted = List.copyOf(trusted);
  }

  /// The same with this many event loops.
  public ProbeOptions withThreads(int threads) {
    return new ProbeOptions(
        threads, transport, nameServers, trusted, namesMax, idleMax, idlePerTargetMax, blockingMax);
  }

  /// The same, starting with this transport.
  public ProbeOptions withTransport(TransportKind transport) {
    return new ProbeOptions(
        threads, transport, nameServers, trusted, namesMax, idleMax, idlePerTargetMax, blockingMax);
  }

  /// The same with these name servers.
  public ProbeOptions withNameServers(List<InetSocketAddress> nameServers) {
    return new ProbeOptions(
        threads, transport, nameServers, trusted, namesMax, idleMax, idlePerTargetMax, blockingMax);
  }

  /// The same, trusting these certificates and no others.
  public ProbeOptions withTrusted(List<X509Certificate> trusted) {
    return new ProbeOptions(
        threads, transport, nameServers, trusted, namesMax, idleMax, idlePerTargetMax, blockingMax);
  }

  /// The same with room for this many blocking jobs of each lane.
  public ProbeOptions withBlockingMax(int blockingMax) {
    return new ProbeOptions(
        threads, transport, nameServers, trusted, namesMax, idleMax, idlePerTargetMax, blockingMax);
  }

  static void range(String what, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + ": expected " + least + " to " + most + ", found " + value);
    }
  }
}
