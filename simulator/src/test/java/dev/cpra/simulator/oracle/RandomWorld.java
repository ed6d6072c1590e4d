package dev.cpra.simulator.oracle;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.simulator.check.Checker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/// A small world of random calls, outcomes and times around one engine, watched by one checker.
final class RandomWorld implements AutoCloseable {
  private static final int MONITORS = 24;
  private static final long MILLISECOND = 1_000_000;

  /// An outcome on its way back.
  private record Pending(
      long at, int order, Lane lane, int monitor, int number, long due, byte outcome) {}

  private static final class Queues implements Lanes.Queues {
    @Override
    public Queue<Batch> jobs(Lane lane, int capacity) {
      return new ArrayDeque<>();
    }

    @Override
    public Queue<Batch> outcomes(Lane lane, int capacity) {
      return new ArrayDeque<>();
    }
  }

  private final SplittableRandom random;
  private final RandomRules rules;
  private final EngineLimits limits;
  private final EngineProvider provider;
  private final Checker checker;
  private final MonitorRules[] rulesOf = new MonitorRules[MONITORS];
  private final List<Integer> live = new ArrayList<>();
  private final PriorityQueue<Pending> pending =
      new PriorityQueue<>(
          (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Integer.compare(a.order, b.order));
  private final double failing;
  private Lanes lanes;
  private Engine engine;
  private long now;
  private int order;
  private boolean draining;
  private boolean ticked;
  private int used;

  /// How much later than the engine asks it is ticked, unknown to the checker.
  long oversleepNanos;

  RandomWorld(String engineName, long seed, long tickNanos) {
    this(engineName, seed, tickNanos, UnaryOperator.identity());
  }

  RandomWorld(String engineName, long seed, long tickNanos, UnaryOperator<Checker> mutant) {
    random = new SplittableRandom(seed);
    rules = new RandomRules(random);
    long grace = random.nextInt(4) * 100L * MILLISECOND;
    limits = new EngineLimits(MONITORS, 4 * MONITORS, 10_000, tickNanos, grace);
    provider = EngineProvider.named(engineName);
    checker = mutant.apply(new OracleChecker(limits, 1, 1));
    failing = random.nextDouble();
    now = random.nextInt(1_000) * MILLISECOND;
    lanes = lanes();
    engine = provider.create(limits, lanes, checker);
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  private void step() {
    work();
    if (!draining) {
      for (int calls = random.nextInt(4) == 0 ? random.nextInt(1, 4) : 0; calls > 0; calls--) {
        call();
      }
      if (random.nextInt(400) == 0) {
        checker.draining(now);
        engine.drain(now);
        draining = true;
      }
    }
    long given = nextTime();
    give(given);
    tick(given);
    if ((draining && engine.ledger().inFlight() == 0) || random.nextInt(1_000) == 0) {
      restart();
    }
  }

  private long nextTime() {
    long wake = Math.max(now, engine.nextWakeupNanos());
    if (!pending.isEmpty()) {
      wake = Math.max(now, Math.min(wake, pending.element().at));
    }
    long patience = now + random.nextLong(3_000 * MILLISECOND);
    return switch (random.nextInt(16)) {
      case 0 -> now + random.nextLong(limits.tickNanos() + 1);
      case 1 -> Math.min(wake, patience) + random.nextLong(5_000 * MILLISECOND);
      case 2 -> !ticked ? now : Math.max(0, now - random.nextLong(10 * MILLISECOND));
      case 3, 4, 5 -> Math.min(wake, patience) + random.nextLong(3 * limits.tickNanos());
      default -> Math.min(wake, patience) + oversleepNanos;
    };
  }

  private void tick(long given) {
    long wake = Math.max(now, engine.nextWakeupNanos());
    now = Math.max(now, given);
    checker.tickBegins(now, Math.max(0, now - oversleepNanos - wake));
    engine.tick(given);
    ticked = true;
    used = live.size();
    checker.tickEnded(engine, now);
    if (!engine.ledger().balanced()) {
      throw new IllegalStateException("unbalanced: " + engine.ledger().imbalance());
    }
    if (random.nextInt(20) == 0) {
      for (Lane lane : Lane.values()) {
        int jobs = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 64);
        lanes.lane(lane).narrow(jobs);
      }
    }
  }

  // --- calls

  private void call() {
    if (used < MONITORS && (live.isEmpty() || random.nextInt(5) == 0)) {
      add();
      return;
    }
    if (live.isEmpty()) {
      return;
    }
    int at = random.nextInt(live.size());
    int monitor = live.get(at);
    switch (random.nextInt(9)) {
      case 0, 1, 2 -> {
        MonitorRules changed = rules.change(rulesOf[monitor]);
        rulesOf[monitor] = changed;
        checker.updated(monitor, changed);
        engine.update(monitor, changed);
      }
      case 3 -> {
        if (live.size() > MONITORS / 2) {
          live.remove(Integer.valueOf(monitor));
          checker.removing(monitor);
          engine.remove(monitor);
        }
      }
      case 4, 5 -> {
        boolean paused = random.nextInt(5) < 2;
        checker.pausing(monitor, paused);
        engine.pause(monitor, paused);
      }
      default -> {
        long asked = now + (random.nextBoolean() ? 0 : random.nextLong(2 * limits.tickNanos()));
        checker.runningNow(monitor, asked);
        engine.runNow(monitor, asked);
      }
    }
  }

  private void add() {
    MonitorRules added = rules.next();
    long first = Math.max(0, now + random.nextLong(2_000 * MILLISECOND) - 200 * MILLISECOND);
    int monitor = engine.add(added, first);
    rulesOf[monitor] = added;
    checker.added(monitor, added, first);
    if (!live.isEmpty() && random.nextInt(3) == 0) {
      MonitorState state = new MonitorState();
      engine.read(live.get(random.nextInt(live.size())), state);
      if (random.nextInt(4) == 0) {
        state.nextSlotNanos = 0;
      }
      restore(monitor, state);
    }
    live.add(monitor);
    used++;
  }

  private void restore(int monitor, MonitorState state) {
    checker.restored(monitor, state);
    engine.restore(monitor, state);
  }

  /// A new engine gets the states of the old one, which may not have been drained.
  private void restart() {
    List<MonitorState> states = new ArrayList<>();
    for (int monitor : live) {
      MonitorState state = new MonitorState();
      engine.read(monitor, state);
      states.add(state);
    }
    List<MonitorRules> restarted = live.stream().map(monitor -> rulesOf[monitor]).toList();
    checker.ended(engine, now);
    engine.close();
    pending.clear();
    live.clear();
    draining = false;
    lanes = lanes();
    engine = provider.create(limits, lanes, checker);
    ticked = false;
    used = 0;
    for (int i = 0; i < restarted.size(); i++) {
      int monitor = engine.add(restarted.get(i), now);
      rulesOf[monitor] = restarted.get(i);
      checker.added(monitor, restarted.get(i), now);
      restore(monitor, states.get(i));
      live.add(monitor);
      used++;
    }
  }

  private Lanes lanes() {
    LaneLimits sizes = new LaneLimits(64, random.nextInt(1, 6), 1_024);
    return Lanes.create(sizes, sizes, sizes, new Queues());
  }

  // --- workers

  private void work() {
    for (Lane lane : Lane.values()) {
      if (random.nextInt(4) == 0) {
        continue;
      }
      LaneQueue queue = lanes.lane(lane);
      for (Batch batch = queue.take(); batch != null; batch = queue.take()) {
        for (int i = 0; i < batch.size(); i++) {
          checker.taken(
              lane,
              batch.monitor(i),
              batch.number(i),
              batch.detail(i),
              batch.dueNanos(i),
              batch.deadlineNanos(i));
          work(lane, batch, i);
        }
        batch.clear();
        queue.give(batch);
      }
    }
  }

  private void work(Lane lane, Batch batch, int i) {
    byte outcome = random.nextDouble() < failing ? Outcome.FAILED : Outcome.OK;
    long at = now + random.nextLong(random.nextBoolean() ? 20 * MILLISECOND : 400 * MILLISECOND);
    int number = batch.number(i);
    switch (random.nextInt(24)) {
      case 0, 1 -> {
        return;
      }
      case 2 -> outcome = Outcome.DISCARDED;
      case 3 -> at += 4_000 * MILLISECOND;
      case 4 ->
          add(at + random.nextLong(100 * MILLISECOND), lane, batch, i, number, Outcome.FAILED);
      case 5 -> number -= random.nextInt(1, 4);
      case 6 -> at = batch.deadlineNanos(i);
      default -> {}
    }
    add(at, lane, batch, i, number, outcome);
    if (random.nextInt(200) == 0) {
      pending.add(
          new Pending(
              at, order++, lane, random.nextInt(MONITORS), -number, batch.dueNanos(i), outcome));
    }
  }

  private void add(long at, Lane lane, Batch batch, int i, int number, byte outcome) {
    pending.add(
        new Pending(at, order++, lane, batch.monitor(i), number, batch.dueNanos(i), outcome));
  }

  private void give(long until) {
    while (!pending.isEmpty() && pending.element().at <= until) {
      Pending p = pending.remove();
      Batch batch = new Batch(1);
      batch.addOutcome(p.monitor, p.number, p.due, p.outcome);
      checker.given(p.lane, p.monitor, p.number, p.outcome);
      lanes.lane(p.lane).give(batch);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
