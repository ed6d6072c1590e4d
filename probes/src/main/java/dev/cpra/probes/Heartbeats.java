package dev.cpra.probes;

import dev.cpra.manifest.kind.HeartbeatConfig;
import dev.cpra.manifest.kind.Secret;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// When the jobs behind heartbeats were last heard of. Whoever listens for them calls [#beat]; the
/// checks only read. Thread-safe; as many entries as tokens that monitors wait for.
///
/// A token is known from [Probe#attach] until [#retain] leaves it out. What was heard of it is
/// forgotten then: a monitor that waits for it later begins with its whole grace.
///
/// Whoever keeps what was heard over a restart is told of it as it happens, and gives it back when
/// the next one begins.
///
/// Tokens are kept and found by their whole digest, so the time of an answer tells nothing about a
/// token that is nearly right: its digest is quite another one.
public final class Heartbeats {
  private static final int TOKEN_LENGTH_MAX = 128;

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
  private final Heard heard;
  private final Map<String, AtomicLong> lastNanos = new ConcurrentHashMap<>();
  private volatile Map<String, Long> before;

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
    if (token.length() > TOKEN_LENGTH_MAX) {
      return false;
    }
    String id = id(token);
    AtomicLong entry = lastNanos.get(id);
    if (entry == null) {
      return false;
    }
    long now = clock.getAsLong();
    entry.accumulateAndGet(now, (last, next) -> next - last > 0 ? next : last);
    heard.heard(id, now);
    return true;
  }

  /// How long a job has been silent, in nanoseconds; -1 for a token that no monitor waits for.
  public long silentNanos(Secret token) {
    AtomicLong entry = lastNanos.get(id(token.value()));
    return entry == null ? -1 : clock.getAsLong() - entry.get();
  }

  /// Forgets every token but these, and what was heard before of others. To be called when the
  /// monitors that wait for these are attached, and nobody attaches more meanwhile.
  public void retain(Collection<Secret> tokens) {
    Set<String> ids = new HashSet<>();
    for (Secret token : tokens) {
      ids.add(id(token.value()));
    }
    lastNanos.keySet().retainAll(ids);
    before = Map.of();
  }

  /// The time a job was last heard of. One that never was counts as heard of now: its grace begins.
  AtomicLong register(String id) {
    return lastNanos.computeIfAbsent(id, this::begin);
  }

  /// The same without waiting for its calls.
  AtomicLong last(String id) {
    AtomicLong known = lastNanos.get(id);
    return known == null ? new AtomicLong(clock.getAsLong()) : known;
  }

  private AtomicLong begin(String id) {
    Long last = before.get(id);
    long since = last == null ? clock.getAsLong() : last;
    if (last == null) {
      heard.heard(id, since);
    }
    return new AtomicLong(since);
  }

  /// The check of one monitor.
  Probe probe(HeartbeatConfig config, long timeoutNanos) {
    return new HeartbeatProbe(
        this, id(config.token().value()), config.graceNanos(), timeoutNanos, clock);
  }

  private static String id(String token) {
    return HexFormat.of().formatHex(Sha256.of(token));
  }
}
