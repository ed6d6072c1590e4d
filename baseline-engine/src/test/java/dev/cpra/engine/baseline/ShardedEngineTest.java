package dev.cpra.engine.baseline;

import static dev.cpra.engine.contract.EngineWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.ForwardingEngine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.ShardedEngine;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sharding on real engines: handles find their shard, and the account is the sum.
final class ShardedEngineTest {
  private static final int SHARDS = 3;
  private static final MonitorRules RULES = MonitorRules.of(10 * SECOND, SECOND);

  private final List<Lanes> lanes = new ArrayList<>();
  private final ShardedEngine engine = sharded();

  private ShardedEngine sharded() {
    List<Engine> engines = new ArrayList<>();
    for (int i = 0; i < SHARDS; i++) {
      LaneLimits limits = new LaneLimits(64, 8, 64);
      Lanes own = Lanes.create(limits, limits, limits, new BoundedQueues());
      lanes.add(own);
      engines.add(new BaselineEngineProvider().create(EngineLimits.of(100), own, Transitions.NONE));
    }
    return new ShardedEngine(engines);
  }

  @AfterEach
  void closesEveryShard() {
    engine.close();
    for (int i = 0; i < SHARDS; i++) {
      Engine shard = engine.shard(i);
      assertThatThrownBy(() -> shard.tick(0)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void handlesAreDifferentAndTellTheirShard() {
    Set<Integer> handles = new HashSet<>();
    for (long key = 0; key < 60; key++) {
      int handle = engine.add(key, RULES, 0);
      handles.add(handle);
      assertThat(engine.shardOf(handle)).isEqualTo(ShardedEngine.shardFor(key, SHARDS));
    }

    assertThat(handles).hasSize(60);
    assertThat(handles).extracting(engine::shardOf).contains(0, 1, 2);
  }

  @Test
  void keysSpreadEvenly() {
    int[] perShard = new int[SHARDS];
    for (long key = 0; key < 30_000; key++) {
      perShard[ShardedEngine.shardFor(key, SHARDS)]++;
    }

    for (int count : perShard) {
      assertThat(count).isBetween(9_700, 10_300);
    }
  }

  @Test
  void jobsLeaveThroughTheirOwnShardAndTheLedgerIsTheSum() {
    for (int i = 0; i < 6; i++) {
      engine.add(RULES, 0);
    }
    assertThat(engine.nextWakeupNanos()).isZero();
    engine.tick(0);

    for (Lanes own : lanes) {
      Batch batch = Objects.requireNonNull(own.pulse().take(), "a batch from every shard");
      assertThat(batch.size()).isEqualTo(2);
      batch.outcome(0, Outcome.OK);
      batch.outcome(1, Outcome.FAILED);
      assertThat(own.pulse().give(batch)).isTrue();
    }
    engine.tick(1);

    assertThat(engine.ledger().pulse.ok).isEqualTo(SHARDS);
    assertThat(engine.ledger().pulse.failed).isEqualTo(SHARDS);
    assertThat(engine.ledger().imbalance()).isNull();
  }

  @Test
  void callsReachTheMonitorTheyName() {
    int[] handles = {engine.add(RULES, 0), engine.add(RULES, 0), engine.add(RULES, 0)};
    engine.tick(0);
    engine.pause(handles[1], true);
    engine.update(handles[2], RULES.withInterval(30 * SECOND));
    engine.remove(handles[0]);
    engine.tick(1);

    assertThat(Vitals.has(state(handles[1]).vitals, Vitals.PAUSED)).isTrue();
    assertThat(Vitals.has(state(handles[2]).vitals, Vitals.PAUSED)).isFalse();
    assertThat(state(handles[2]).nextSlotNanos).isEqualTo(30 * SECOND);
    assertThatThrownBy(() -> state(handles[0])).isInstanceOf(IllegalArgumentException.class);
    assertThat(engine.audit(0, 3 * SHARDS)).isZero();
  }

  @Test
  void anAuditOfEverythingIsOneOfEveryShard() {
    int[] audited = new int[2];
    List<Engine> counting = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      int shard = i;
      counting.add(
          new ForwardingEngine(engine.shard(i)) {
            @Override
            public int audit(int from, int count) {
              audited[shard] = count;
              return 1 + from;
            }
          });
    }
    ShardedEngine two = new ShardedEngine(counting);

    assertThat(two.audit(0, Integer.MAX_VALUE)).isEqualTo(2);
    assertThat(audited).containsExactly(1 << 30, (1 << 30) - 1);
    assertThat(two.audit(1, Integer.MAX_VALUE))
        .as("1 and up in one, 0 and up in the other")
        .isEqualTo(3);
    assertThat(two.audit(-5, 8)).isEqualTo(2);
    assertThat(audited).containsExactly(2, 1);
    assertThat(two.audit(3, 1)).isEqualTo(2);
    assertThat(two.audit(3, 0)).isZero();
    assertThat(new ShardedEngine(List.of(counting.get(0))).audit(5, Integer.MAX_VALUE))
        .isEqualTo(6);
  }

  @Test
  void whatIsRefusedNamesTheHandleThatWasGiven() {
    assertThatThrownBy(() -> state(7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("monitor 7, in shard 1: ")
        .hasMessageContaining("found 2");
  }

  @Test
  void drainingDrainsEveryShard() {
    engine.add(RULES, 0);
    engine.add(RULES, 0);
    engine.tick(0);
    engine.drain(1);
    engine.tick(SECOND);
    engine.tick(20 * SECOND);

    assertThat(engine.ledger().pulse.expired).isEqualTo(2);
    assertThat(engine.ledger().pulse.due).isEqualTo(2);
    assertThat(engine.ledger().inFlight()).isZero();
  }

  private MonitorState state(int monitor) {
    MonitorState state = new MonitorState();
    engine.read(monitor, state);
    return state;
  }

  private static final class BoundedQueues implements Lanes.Queues {
    @Override
    public Queue<Batch> jobs(Lane lane, int capacity) {
      return new ArrayBlockingQueue<>(capacity);
    }

    @Override
    public Queue<Batch> outcomes(Lane lane, int capacity) {
      return new ArrayBlockingQueue<>(capacity);
    }
  }
}
