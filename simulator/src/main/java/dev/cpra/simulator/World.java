package dev.cpra.simulator;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Ledger;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.manifest.load.Phase;
import dev.cpra.simulator.Streams.Stream;
import dev.cpra.simulator.check.Checker;
import dev.cpra.simulator.check.Violation;
import java.util.ArrayList;
import java.util.List;

/// One engine and all that surrounds it, in virtual time and on one thread: the clock, the driver,
/// the workers of the three lanes, targets, faults and restarts.
///
/// Time jumps from event to event: the engine's next wake-up, the next job that ends, the next
/// action of the [Timeline]. Nothing sleeps, reads a clock or depends on the order of a hash table,
/// so a scenario and an engine have one history.
///
/// Two times: **elapsed** nanoseconds since the start, which only go on, and the **engine's
/// clock**, which starts at [#START_NANOS] and may jump.
final class World implements AutoCloseable {
  /// What the engine's clock shows at the start: there is room to jump back.
  static final long START_NANOS = 1_000_000_000;

  /// Calls made between two ticks.
  static final int CHUNK = 8_192;

  private static final long DRAIN_SLACK_NANOS = 1_000_000_000;

  /// Steps without time going on after which a world is called stuck.
  private static final int STUCK = 1_000_000;

  private final Scenario scenario;
  private final Settings settings;
  private final Streams streams;
  private final Timeline timeline;
  private final EngineLimits limits;
  private final EngineMaker maker;
  private final CrewMaker crewMaker;
  private final Observers observers;
  private final Ledger earlier = new Ledger();
  private final WorldActions acts;
  private Monitors monitors = new Monitors();
  private Lanes lanes;
  private Engine engine;
  private Crew crew;
  private long elapsed;
  private long offset;
  private long lastNow;
  private long lastTick;
  private long ticks;
  private boolean open = true;
  private boolean called;
  private boolean ignoresStalls;
  private boolean calm;

  /// @param crewMaker makes the workers, once at the start and once after each restart
  World(
      Scenario scenario, EngineMaker maker, CrewMaker crewMaker, List<? extends Checker> checkers) {
    this.scenario = scenario;
    this.settings = Settings.of(scenario);
    this.streams = new Streams(scenario.seed());
    this.timeline = new Timeline(scenario);
    this.maker = maker;
    this.crewMaker = crewMaker;
    this.observers = new Observers(checkers);
    this.acts = new WorldActions(this, scenario, settings, streams, timeline, observers);
    this.limits = limits(scenario, settings, timeline);
    this.lanes = WorldLanes.of(settings);
    this.engine = maker.make(limits, lanes, observers);
    this.crew = crew();
  }

  /// The bounds of a world's engine.
  static EngineLimits limits(Scenario scenario, Settings settings, Timeline timeline) {
    int monitors = scenario.size() + timeline.additions();
    long rates = 1 + scenario.load().phases().stream().map(Phase::rate).distinct().count();
    boolean varied = scenario.load().simulation().variedRules();
    long rules = varied ? monitors : scenario.population().distinctRules().size();
    int maxRules = Math.toIntExact(rates * (rules + timeline.changes()) + 1);
    return new EngineLimits(monitors, maxRules, CHUNK, settings.tickNanos(), settings.graceNanos());
  }

  private Crew crew() {
    Crew made = crewMaker.make(scenario, settings, lanes, this::identity, this::rulesOf, observers);
    if (calm) {
      made.calm(); // a restart may come late: the one before it had to drain first
    }
    return made;
  }

  private int identity(int handle) {
    return monitors.identity(handle);
  }

  private MonitorRules rulesOf(int handle) {
    return monitors.rules(handle);
  }

  // --- what others may ask

  /// Nanoseconds since the start.
  long elapsedNanos() {
    return elapsed;
  }

  /// Ticks so far.
  long ticks() {
    return ticks;
  }

  /// The time on the engine's clock.
  long nowNanos() {
    return Math.max(0, START_NANOS + elapsed + offset);
  }

  Engine engine() {
    return engine;
  }

  /// The lanes of the engine that lives now.
  Lanes lanes() {
    return lanes;
  }

  Monitors monitors() {
    return monitors;
  }

  Crew workers() {
    return crew;
  }

  Settings settings() {
    return settings;
  }

  /// The account of all engines so far.
  Ledger ledger() {
    Ledger total = earlier.copy();
    if (open) {
      total.add(engine.ledger());
    }
    return total;
  }

  // --- a life

  /// Adds the monitors, as a trial in real time does.
  void populate() {
    for (int i = 0; i < scenario.size(); i++) {
      int index = scenario.index(i);
      MonitorRules base = rules(index);
      long first = scenario.population().firstDueNanos(index) % base.intervalNanos();
      acts.add(index, base, START_NANOS + first);
    }
    tickAt(START_NANOS - 1);
  }

  private MonitorRules rules(int index) {
    MonitorRules given = scenario.population().rules(index);
    return scenario.load().simulation().variedRules()
        ? new VariedRules(streams, Stream.RULES).around(given, index)
        : given;
  }

  /// Lives until so much time has passed since the start.
  void runUntil(long elapsedNanos) {
    int stuck = 0;
    while (elapsed < elapsedNanos) {
      long before = elapsed;
      step(elapsedNanos);
      stuck = elapsed == before ? stuck + 1 : 0;
      if (stuck > STUCK) {
        throw new Violation(
            "progress", Violation.NO_MONITOR, lastNow, STUCK + " steps, and time stands still");
      }
    }
  }

  /// From now on every job ends well and every monitor runs.
  void calm() {
    calm = true;
    crew.calm();
    int[] handles = monitors.handles();
    for (int i = 0; i < handles.length; i++) {
      acts.pause(handles[i], false);
      if (i % CHUNK == CHUNK - 1) {
        tickNow();
      }
    }
    ignoresStalls = true;
  }

  /// Drains the engine, until nothing is in flight.
  ///
  /// @param boundNanos how long that may take
  void drain(long boundNanos) {
    for (Checker c : observers.all()) {
      c.draining(nowNanos());
    }
    boolean ignored = ignoresStalls;
    ignoresStalls = true;
    engine.drain(nowNanos());
    tickNow();
    long until = elapsed + boundNanos;
    boolean acting = acts.hold(true);
    while (engine.ledger().inFlight() > 0) {
      if (elapsed >= until) {
        throw new Violation(
            "drain",
            Violation.NO_MONITOR,
            lastNow,
            "%d jobs still in flight %d ms after draining began"
                .formatted(engine.ledger().inFlight(), boundNanos / 1_000_000));
      }
      step(until);
    }
    var _ = acts.hold(acting);
    ignoresStalls = ignored;
  }

  /// The engine ends.
  void end() {
    for (Checker c : observers.all()) {
      c.ended(engine, lastNow);
    }
    close();
  }

  /// Frees the engine, whatever state it is in; only [#ledger] may be asked after this.
  @Override
  public void close() {
    if (open) {
      open = false;
      earlier.add(engine.ledger());
      engine.close();
    }
  }

  /// Another engine goes on from the state of this one.
  void replaceEngine() {
    List<MonitorState> states = new ArrayList<>();
    int[] handles = monitors.handles();
    for (int handle : handles) {
      MonitorState state = new MonitorState();
      engine.read(handle, state);
      states.add(state);
    }
    end();
    Monitors old = monitors;
    lastNow = 0; // the new engine knows nothing of the time that the old one had reached
    monitors = new Monitors();
    lanes = WorldLanes.of(settings);
    engine = maker.make(limits, lanes, observers);
    open = true;
    crew = crew();
    acts.narrowLanes();
    for (int i = 0; i < handles.length; i++) {
      MonitorState state = states.get(i);
      int handle = engine.add(old.rules(handles[i]), state.nextSlotNanos);
      monitors.add(handle, old.identity(handles[i]), old.base(handles[i]), old.rules(handles[i]));
      for (Checker c : observers.all()) {
        c.added(handle, old.rules(handles[i]), state.nextSlotNanos);
        c.restored(handle, state);
      }
      engine.restore(handle, state);
    }
    tickNow(); // what is restored counts from the next tick, and is to be read only after it
  }

  // --- time

  /// Goes on to the next event, at most to the given time.
  private void step(long untilNanos) {
    long now = elapsed;
    long stalled = ignoresStalls ? now : timeline.stalledUntil(now);
    long next = Math.min(untilNanos, acts.nextNanos());
    next = Math.min(next, timeline.nextLookNanos(now));
    next = Math.min(next, sinceStart(crew.nextEndNanos()));
    if (stalled > now) {
      next = Math.min(next, stalled);
    } else {
      next = called || lanes.hasOutcomes() ? now : Math.min(next, wakeUp());
    }
    elapsed = Math.max(now, next);
    acts.until(elapsed);
    crew.pass(nowNanos(), elapsed);
    if (!ignoresStalls && timeline.stalledUntil(elapsed) > elapsed) {
      return;
    }
    if (called || lanes.hasOutcomes() || wakeUp() <= elapsed) {
      tickNow();
    }
  }

  /// The engine was called: the driver comes at once.
  void called() {
    called = true;
  }

  /// The engine's clock jumps.
  void jump(long byNanos) {
    offset += byNanos;
  }

  private long sinceStart(long engineNanos) {
    return engineNanos == Long.MAX_VALUE ? engineNanos : engineNanos - START_NANOS - offset;
  }

  /// When the driver comes next, unless something wakes it: at the first of the world's own
  /// instants at or after the time that the engine asks for. These are the multiples of the tick,
  /// or irregular ones, and the same for every engine: one that asks too early gains nothing by it.
  /// As long as a job waits for its lane the driver comes at each of them: there may be room by
  /// now.
  private long wakeUp() {
    long asked = sinceStart(engine.nextWakeupNanos());
    if (jobsWait()) {
      asked = Math.min(asked, lastTick + 1);
    }
    if (asked == Long.MAX_VALUE) {
      return asked;
    }
    long jitter = settings.wakeJitterNanos();
    if (jitter == 0) {
      return Math.ceilDiv(asked, settings.tickNanos()) * settings.tickNanos();
    }
    for (long cell = Math.floorDiv(asked, jitter); ; cell++) {
      long instant = cell * jitter + streams.between(Stream.WAKE_UP, cell, 0, jitter - 1);
      if (instant >= asked) {
        return instant;
      }
    }
  }

  private boolean jobsWait() {
    Ledger ledger = engine.ledger();
    return ledger.pulse.waiting + ledger.intervention.waiting + ledger.code.waiting > 0;
  }

  /// A tick, after which the workers look: there are jobs, and room for outcomes.
  void tickNow() {
    tickAt(nowNanos());
    crew.pass(nowNanos(), elapsed);
  }

  private void tickAt(long nanos) {
    long now = Math.max(lastNow, nanos);
    long late = Math.max(0, now - engine.nextWakeupNanos());
    for (Checker c : observers.all()) {
      c.tickBegins(now, late);
    }
    engine.tick(nanos);
    lastNow = now;
    lastTick = elapsed;
    called = false;
    ticks++;
    for (Checker c : observers.all()) {
      c.tickEnded(engine, now);
    }
    LaneRoom.check(engine, lanes, now);
  }

  /// How long draining may take: no job lives longer than its timeout and the grace, and the clock
  /// may have been put back.
  long drainBoundNanos() {
    long longest = 0;
    for (int i = 0; i < monitors.size(); i++) {
      longest = Math.max(longest, Bounds.longestTimeoutNanos(monitors.rules(monitors.handle(i))));
    }
    return 2 * (longest + settings.graceNanos()) + clockBehindNanos() + DRAIN_SLACK_NANOS;
  }

  /// How long the engine's clock will take to catch up with itself after a jump back.
  long clockBehindNanos() {
    return Math.max(0, lastNow - nowNanos());
  }
}
