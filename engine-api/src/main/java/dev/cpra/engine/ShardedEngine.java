package dev.cpra.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Spreads monitors over several engines of equal kind that share nothing, by the hash of a key.
///
/// A handle here is `local handle * shards + shard`, so a handle alone tells its shard. As an
/// [Engine] it is passive and single-threaded like any other and ticks its shards one after the
/// other; to use more cores, give each [#shard] and its own lanes a driver of its own and route
/// calls with [#shardOf] and [#localHandle].
public final class ShardedEngine implements Engine {
  private final Engine[] shards;
  private int nextShard;

  /// Takes the engines over.
  public ShardedEngine(List<? extends Engine> engines) {
    if (engines.isEmpty()) {
      throw new IllegalArgumentException("shards: expected at least 1, found 0");
    }
    this.shards = engines.toArray(Engine[]::new);
  }

  /// How many engines there are.
  public int shards() {
    return shards.length;
  }

  /// One of the engines.
  public Engine shard(int shard) {
    return shards[shard];
  }

  /// The shard for a key, such as the hash of a monitor's name: a finalising mix, then the high
  /// bits.
  public static int shardFor(long key, int shards) {
    long mixed = (key ^ key >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (int) Math.unsignedMultiplyHigh(mixed ^ mixed >>> 33, shards);
  }

  /// The shard that a handle belongs to.
  public int shardOf(int monitor) {
    return Math.floorMod(monitor, shards.length);
  }

  /// The handle within its shard.
  public int localHandle(int monitor) {
    return Math.floorDiv(monitor, shards.length);
  }

  /// Adds a monitor to the shard of its key.
  public int add(long key, MonitorRules rules, long firstDueNanos) {
    return addTo(shardFor(key, shards.length), rules, firstDueNanos);
  }

  /// Adds a monitor without a key: the shards take turns.
  @Override
  public int add(MonitorRules rules, long firstDueNanos) {
    int shard = nextShard;
    nextShard = (shard + 1) % shards.length;
    return addTo(shard, rules, firstDueNanos);
  }

  private int addTo(int shard, MonitorRules rules, long firstDueNanos) {
    return shards[shard].add(rules, firstDueNanos) * shards.length + shard;
  }

  @Override
  public void update(int monitor, MonitorRules rules) {
    call(monitor, (shard, local) -> shard.update(local, rules));
  }

  @Override
  public void remove(int monitor) {
    call(monitor, Engine::remove);
  }

  @Override
  public void pause(int monitor, boolean paused) {
    call(monitor, (shard, local) -> shard.pause(local, paused));
  }

  @Override
  public void runNow(int monitor, long nowNanos) {
    call(monitor, (shard, local) -> shard.runNow(local, nowNanos));
  }

  @Override
  public int tick(long nowNanos) {
    int work = 0;
    for (Engine engine : shards) {
      work += engine.tick(nowNanos);
    }
    return work;
  }

  @Override
  public void onWakeup(Runnable listener) {
    for (Engine shard : shards) {
      shard.onWakeup(listener);
    }
  }

  @Override
  public long nextWakeupNanos() {
    long next = Long.MAX_VALUE;
    for (Engine engine : shards) {
      next = Math.min(next, engine.nextWakeupNanos());
    }
    return next;
  }

  @Override
  public void drain(long nowNanos) {
    for (Engine engine : shards) {
      engine.drain(nowNanos);
    }
  }

  @Override
  public void read(int monitor, MonitorState into) {
    call(monitor, (shard, local) -> shard.read(local, into));
  }

  @Override
  public void restore(int monitor, MonitorState from) {
    call(monitor, (shard, local) -> shard.restore(local, from));
  }

  @Override
  public int audit(int from, int count) {
    int broken = 0;
    long start = Math.max(from, 0);
    long end = (long) from + count;
    for (int shard = 0; shard < shards.length; shard++) {
      long first = Math.ceilDiv(start - shard, shards.length);
      long handles = Math.ceilDiv(end - shard, shards.length) - first;
      if (handles > 0) {
        broken += shards[shard].audit((int) first, (int) Math.min(handles, Integer.MAX_VALUE));
      }
    }
    return broken;
  }

  /// The sum of the shards' accounts, a copy.
  @Override
  public Ledger ledger() {
    Ledger sum = new Ledger();
    for (Engine engine : shards) {
      sum.add(engine.ledger());
    }
    return sum;
  }

  /// The shards' counts, added up.
  @Override
  public Map<String, Long> operations() {
    Map<String, Long> sum = new HashMap<>();
    for (Engine shard : shards) {
      shard.operations().forEach((name, count) -> sum.merge(name, count, Long::sum));
    }
    return sum;
  }

  @Override
  public void close() {
    for (Engine engine : shards) {
      engine.close();
    }
  }

  /// Calls the monitor's shard. What a shard refuses names its own handle, which says nothing to
  /// the caller: the one given is named before it.
  private void call(int monitor, Call call) {
    int shard = shardOf(monitor);
    try {
      call.on(shards[shard], localHandle(monitor));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "monitor " + monitor + ", in shard " + shard + ": " + e.getMessage(), e);
    }
  }

  private interface Call {
    void on(Engine shard, int localHandle);
  }
}
