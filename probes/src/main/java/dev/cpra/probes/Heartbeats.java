package dev.cpra.probes;

import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.Secret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// When the jobs behind heartbeats were last heard of. Whoever listens for them calls [#beat]; the
/// checks only read. Thread-safe; as many entries as tokens were registered.
///
/// Tokens are kept and found by their digest, and the whole digest is compared in constant time, so
/// the time of an answer tells nothing about a token that is nearly right.
public final class Heartbeats {
  private static final int TOKEN_LENGTH_MAX = 128;

  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole, never shown
  private record Entry(byte[] digest, AtomicLong lastNanos) {}

  private final LongSupplier clock;
  private final Map<Long, Entry> entries = new ConcurrentHashMap<>();

  /// Nothing heard of yet.
  ///
  /// @param clock in nanoseconds, the one that checks run on
  public Heartbeats(LongSupplier clock) {
    this.clock = clock;
  }

  /// A job is alive.
  ///
  /// @param token what it called with, of any form
  /// @return whether a monitor waits for this token
  public boolean beat(String token) {
    Entry entry = find(token);
    if (entry == null) {
      return false;
    }
    long now = clock.getAsLong();
    entry.lastNanos.accumulateAndGet(now, (last, next) -> next - last > 0 ? next : last);
    return true;
  }

  /// Takes over when a job was heard of before a restart.
  ///
  /// @param nanosAgo how long before now
  public void restore(Secret token, long nanosAgo) {
    register(token).set(clock.getAsLong() - nanosAgo);
  }

  /// How long a job has been silent, in nanoseconds; -1 for a token that no monitor waits for.
  public long silentNanos(Secret token) {
    Entry entry = find(token.value());
    return entry == null ? -1 : clock.getAsLong() - entry.lastNanos.get();
  }

  /// Forgets a token whose monitor is gone.
  public void remove(Secret token) {
    byte[] digest = Sha256.of(token.value());
    entries.remove(key(digest));
  }

  /// The time a job was last heard of. A new one counts as heard of now: its grace begins.
  AtomicLong register(Secret token) {
    byte[] digest = Sha256.of(token.value());
    Entry entry =
        entries.computeIfAbsent(
            key(digest), _ -> new Entry(digest, new AtomicLong(clock.getAsLong())));
    if (!MessageDigest.isEqual(entry.digest, digest)) {
      throw new IllegalArgumentException("token: expected another one, it collides");
    }
    return entry.lastNanos;
  }

  /// The check of one monitor.
  Probe probe(HeartbeatConfig config, long timeoutNanos) {
    AtomicLong last = register(config.token());
    return new HeartbeatProbe(last, config.graceNanos(), timeoutNanos, clock);
  }

  private @Nullable Entry find(String token) {
    if (token.length() > TOKEN_LENGTH_MAX) {
      return null;
    }
    byte[] digest = Sha256.of(token);
    Entry entry = entries.get(key(digest));
    return entry != null && MessageDigest.isEqual(entry.digest, digest) ? entry : null;
  }

  private static long key(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }
}
