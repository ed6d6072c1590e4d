package dev.cpra.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.engine.Batch;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneLimits;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Outcome;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/// One engine and all that surrounds it, in virtual time and on the test's own thread: the clock,
/// the workers, and a listener that keeps everything.
///
/// After every tick the ledger must balance, agree with what the listener was told, and the
/// [SoundnessChecker] must be content.
public final class EngineWorld implements AutoCloseable {
  /// One millisecond, the tick of a world unless told otherwise.
  public static final long MS = 1_000_000;

  /// One second.
  public static final long SECOND = 1_000 * MS;

  /// One hour.
  public static final long HOUR = 3_600 * SECOND;

  private final EngineLimits limits;
  private final Lanes lanes;
  private final Trace trace = new Trace();
  private final SoundnessChecker checker;
  private final Engine engine;
  private final Queue<Batch> outcomeBatches = new ArrayDeque<>();
  private boolean codesByHand;
  private long now;

  private EngineWorld(Builder builder) {
    limits = builder.limits;
    lanes = builder.lanes();
    engine = builder.engine(lanes, trace);
    checker = new SoundnessChecker(engine, trace);
  }

  /// Real bounded queues, as engines get them.
  private static final class BoundedQueues implements Lanes.Queues {
    @Override
    public Queue<Batch> jobs(Lane lane, int capacity) {
      return new SpscVarHandleArrayQueue<>(Math.max(4, capacity));
    }

    @Override
    public Queue<Batch> outcomes(Lane lane, int capacity) {
      return new MpscVarHandleArrayQueue<>(Math.max(2, capacity));
    }
  }

  /// How to make a world.
  public static final class Builder {
    private final EngineProvider provider;
    private final Map<String, String> options;
    private final EnumMap<Lane, LaneLimits> sizes = new EnumMap<>(Lane.class);
    private EngineLimits limits = new EngineLimits(1_024, 64, 4_096, MS, SECOND);

    Builder(EngineProvider provider, Map<String, String> options) {
      this.provider = provider;
      this.options = options;
    }

    /// The bounds of the engine.
    public Builder limits(EngineLimits other) {
      limits = other;
      return this;
    }

    /// Another tick.
    public Builder tick(long nanos) {
      return limits(limits.withTick(nanos));
    }

    /// Another grace.
    public Builder grace(long nanos) {
      return limits(limits.withGrace(nanos));
    }

    /// A lane's sizes.
    public Builder lane(Lane lane, LaneLimits laneLimits) {
      sizes.put(lane, laneLimits);
      return this;
    }

    /// A lane that holds so many jobs.
    public Builder lane(Lane lane, int queueJobs) {
      return lane(lane, LaneLimits.of(queueJobs));
    }

    private LaneLimits sizes(Lane lane) {
      return sizes.getOrDefault(lane, LaneLimits.of(1_024));
    }

    /// Lanes of these sizes.
    public Lanes lanes() {
      return Lanes.create(
          sizes(Lane.PULSE), sizes(Lane.INTERVENTION), sizes(Lane.CODE), new BoundedQueues());
    }

    /// The engine alone, with another listener, for who needs no world.
    public Engine engine(Lanes between, Transitions listener) {
      return provider.create(limits, options, between, listener);
    }

    /// The world.
    public EngineWorld build() {
      return new EngineWorld(this);
    }
  }

  /// A world around an engine of this kind, with a tick of 1 ms and a grace of 1 s.
  public static Builder of(EngineProvider provider, Map<String, String> options) {
    return new Builder(provider, options);
  }

  /// The engine.
  public Engine engine() {
    return engine;
  }

  /// Its lanes.
  public Lanes lanes() {
    return lanes;
  }

  /// Its account.
  public Ledger ledger() {
    return engine.ledger();
  }

  /// What it told.
  public Trace trace() {
    return trace;
  }

  /// The time of the last tick.
  public long now() {
    return now;
  }

  // --- time

  /// Ticks at the next multiple of the tick.
  public int tick() {
    return tickAt((now / limits.tickNanos() + 1) * limits.tickNanos());
  }

  /// Ticks at this time, and checks that the engine is sound.
  public int tickAt(long nanos) {
    now = Math.max(now, nanos);
    int work = engine.tick(nanos);
    checker.checkTick();
    if (!codesByHand) {
      take(Lane.CODE).forEach(job -> give(job, Outcome.OK));
    }
    return work;
  }

  /// From now on the test itself takes the alerts' deliveries. Until then each is delivered at
  /// once.
  public EngineWorld codesByHand() {
    codesByHand = true;
    return this;
  }

  /// Ticks again at the same time, so that outcomes just given are applied.
  public int tickAgain() {
    return tickAt(now);
  }

  /// Every tick up to and including this time.
  public void tickUntil(long nanos) {
    while (now + limits.tickNanos() <= nanos) {
      tick();
    }
    if (now < nanos) {
      tickAt(nanos);
    }
  }

  // --- monitors

  /// Adds a monitor.
  public int add(MonitorRules rules, long firstDueNanos) {
    return engine.add(rules, firstDueNanos);
  }

  /// A copy of a monitor's state.
  public MonitorState state(int monitor) {
    MonitorState state = new MonitorState();
    engine.read(monitor, state);
    return state;
  }

  /// A monitor's vitals.
  public long vitals(int monitor) {
    return state(monitor).vitals;
  }

  /// A monitor's vitals in words.
  public String words(int monitor) {
    return Vitals.describe(vitals(monitor));
  }

  // --- workers

  /// Takes every job that a lane published.
  public List<Job> take(Lane lane) {
    return take(lane, Integer.MAX_VALUE);
  }

  /// Takes at most so many batches of a lane; the emptied batches go back at once.
  public List<Job> take(Lane lane, int batches) {
    List<Job> jobs = new ArrayList<>();
    LaneQueue queue = lanes.lane(lane);
    for (int n = 0; n < batches; n++) {
      Batch batch = queue.take();
      if (batch == null) {
        break;
      }
      for (int i = 0; i < batch.size(); i++) {
        jobs.add(
            new Job(
                lane,
                batch.monitor(i),
                batch.number(i),
                batch.dueNanos(i),
                batch.deadlineNanos(i),
                batch.detail(i)));
      }
      batch.clear();
      assertThat(queue.give(batch)).as("room for an empty batch").isTrue();
    }
    return jobs;
  }

  /// Takes the one job that a lane published.
  public Job takeOne(Lane lane) {
    List<Job> jobs = take(lane);
    assertThat(jobs).as("jobs of the %s lane at %d", lane, now).hasSize(1);
    return jobs.getFirst();
  }

  /// A lane published nothing.
  public void takeNone(Lane lane) {
    assertThat(take(lane)).as("jobs of the %s lane at %d", lane, now).isEmpty();
  }

  /// Gives an outcome back; the next tick applies it.
  public void give(Job job, byte outcome) {
    give(job.lane(), job.monitor(), job.number(), job.due(), outcome);
  }

  /// Gives any outcome back.
  public void give(Lane lane, int monitor, int number, long due, byte outcome) {
    Batch batch = outcomeBatches.poll();
    if (batch == null) {
      batch = new Batch(1, outcomeBatches);
    }
    batch.clear();
    batch.addOutcome(monitor, number, due, outcome);
    assertThat(lanes.lane(lane).give(batch)).as("room for an outcome").isTrue();
  }

  /// Gives an outcome back and ticks again at the same time.
  public void apply(Job job, byte outcome) {
    give(job, outcome);
    tickAgain();
  }

  // --- one monitor's life

  /// Ticks from slot to slot until the monitor is pulsed, and takes that job, which must be the
  /// only one of the lane.
  public Job nextPulse(int monitor) {
    long tick = limits.tickNanos();
    for (int tries = 0; tries < 100 && !lanes.pulse().hasJobs(); tries++) {
      tickAt(Math.max(now, (state(monitor).nextSlotNanos + tick - 1) / tick * tick));
    }
    Job job = takeOne(Lane.PULSE);
    assertThat(job.monitor()).isEqualTo(monitor);
    return job;
  }

  /// The monitor's next pulses all end like this.
  public void pulses(int monitor, byte outcome, int count) {
    for (int i = 0; i < count; i++) {
      apply(nextPulse(monitor), outcome);
    }
  }

  /// The monitor's next pulses pass.
  public void pass(int monitor, int count) {
    pulses(monitor, Outcome.OK, count);
  }

  /// The monitor's next pulses fail.
  public void fail(int monitor, int count) {
    pulses(monitor, Outcome.FAILED, count);
  }

  /// The monitor's next pulses expire.
  public void expire(int monitor, int count) {
    for (int i = 0; i < count; i++) {
      tickAt(nextPulse(monitor).deadline());
      take(Lane.PULSE); // a slot of the same instant
    }
  }

  /// Ends the world: its ledger balances, its engine finds nothing to repair.
  @Override
  public void close() {
    try {
      checker.checkTick();
      assertThat(engine.audit(0, limits.maxMonitors())).as("repairs of an audit").isZero();
      assertThat(engine.ledger().auditRepairs).as("audit repairs").isZero();
    } catch (IllegalStateException _) {
      // closed by the test
    } finally {
      engine.close();
    }
  }
}
