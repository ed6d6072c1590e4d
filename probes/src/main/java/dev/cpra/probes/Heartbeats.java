package dev.cpra.probes;

import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.Secret;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// When the jobs behind heartbeats were last heard of. Whoever listens for them calls [#beat]; the
/// checks only read. Thread-safe; as many entries as tokens were registered.
///
/// Whoever keeps what was heard over a restart is told of it as it happens, and gives it back when
/// the next one begins.
///
/// Tokens are kept and found by their digest, and the whole digest is compared in constant time, so
/// the time of an answer tells nothing about a token that is nearly right.
public final class Heartbeats {
  private static final int TOKEN_LENGTH_MAX = 128;

  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole, never shown
  private record Entry(byte[] digest, String id, AtomicLong lastNanos) {}

  /// Who is told of what was heard. Called by any thread; must not block.
  @FunctionalInterface
  public interface Heard {
    /// A job was heard of, or is waited for from now on.
    ///
    /// @param id of its token, which the token cannot be told from
    /// @param nanos when, on the clock
    void heard(String id, long nanos);
  }

  private final LongSupplier clock;
  private final Map<String, Long> before;
  private final Heard heard;
  private final Map<Long, Entry> entries = new ConcurrentHashMap<>();

  /// Nothing heard of yet, and nothing kept.
  ///
  /// @param clock in nanoseconds
  public Heartbeats(LongSupplier clock) {
    this(clock, Map.of(), (_, _) -> {});
  }

  /// Goes on from what was heard before.
  ///
  /// @param clock in nanoseconds, going on over restarts
  /// @param before when each job was heard of last, by the id of its token
  /// @param heard told of what is heard from now on
  public Heartbeats(LongSupplier clock, Map<String, Long> before, Heard heard) {
    this.clock = clock;
    this.before = Map.copyOf(before);
    this.heard = heard;
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
    heard.heard(entry.id, now);
    return true;
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

  /// The time a job was last heard of. One that never was counts as heard of now: its grace begins.
  AtomicLong register(Secret token) {
    byte[] digest = Sha256.of(token.value());
    Entry entry = entries.computeIfAbsent(key(digest), _ -> entry(digest));
    if (!MessageDigest.isEqual(entry.digest, digest)) {
      throw new IllegalArgumentException("token: expected another one, it collides");
    }
    return entry.lastNanos;
  }

  private Entry entry(byte[] digest) {
    String id = HexFormat.of().formatHex(digest);
    Long last = before.get(id);
    long since = last == null ? clock.getAsLong() : last;
    if (last == null) {
      heard.heard(id, since);
    }
    return new Entry(digest, id, new AtomicLong(since));
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
