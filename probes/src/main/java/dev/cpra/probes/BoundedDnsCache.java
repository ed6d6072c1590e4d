package dev.cpra.probes;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Addresses of the names asked for lately: at most so many names, each as long as its TTL says,
/// the one unused the longest goes first. Failures are not kept: a check that asks again means it.
/// Owned by the resolver's loop (Netty's own cache has no bound).
final class BoundedDnsCache implements DnsCache {
  private static final int ADDRESSES_MAX = 16;
  private static final long TTL_SECONDS_MAX = 86_400;

  private record Address(InetAddress address, long expiresNanos) implements DnsCacheEntry {
    @Override
    public @Nullable Throwable cause() {
      return null;
    }
  }

  private record Failure(Throwable cause) implements DnsCacheEntry {
    @Override
    public @Nullable InetAddress address() {
      return null;
    }
  }

  private final LongSupplier clock;
  private final Map<String, List<Address>> names;

  BoundedDnsCache(int namesMax, LongSupplier clock) {
    this.clock = clock;
    this.names =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, List<Address>> eldest) {
            return size() > namesMax;
          }
        };
  }

  int size() {
    return names.size();
  }

  @Override
  public void clear() {
    names.clear();
  }

  @Override
  public boolean clear(String hostname) {
    return names.remove(key(hostname)) != null;
  }

  @Override
  public @Nullable List<? extends DnsCacheEntry> get(
      String hostname, DnsRecord @Nullable [] additionals) {
    if (hasAny(additionals)) {
      return null;
    }
    String key = key(hostname);
    List<Address> known = names.get(key);
    if (known == null) {
      return null;
    }
    long now = clock.getAsLong();
    known.removeIf(address -> address.expiresNanos - now <= 0);
    if (known.isEmpty()) {
      names.remove(key);
      return null;
    }
    return List.copyOf(known);
  }

  @Override
  public DnsCacheEntry cache(
      String hostname,
      DnsRecord @Nullable [] additionals,
      InetAddress address,
      long ttlSeconds,
      EventLoop loop) {
    long ttl = TimeUnit.SECONDS.toNanos(Math.clamp(ttlSeconds, 0, TTL_SECONDS_MAX));
    Address entry = new Address(address, clock.getAsLong() + ttl);
    if (ttl > 0 && !hasAny(additionals)) {
      List<Address> known = names.computeIfAbsent(key(hostname), _ -> new ArrayList<>(2));
      known.removeIf(old -> old.address.equals(address));
      if (known.size() < ADDRESSES_MAX) {
        known.add(entry);
      }
    }
    return entry;
  }

  @Override
  public DnsCacheEntry cache(
      String hostname, DnsRecord @Nullable [] additionals, Throwable cause, EventLoop loop) {
    return new Failure(cause);
  }

  private static boolean hasAny(DnsRecord @Nullable [] additionals) {
    return additionals != null && additionals.length > 0;
  }

  private static String key(String hostname) {
    String lower = hostname.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
