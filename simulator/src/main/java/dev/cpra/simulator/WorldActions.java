package dev.cpra.simulator;

import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.load.Phase;
import dev.cpra.simulator.Streams.Stream;
import dev.cpra.simulator.check.Checker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/// Does to a [World] what its [Timeline] says, when its time has come: phases, what operators do to
/// monitors, narrowed lanes, jumps of the clock, restarts. Checkers are told before the engine is.
/// Belongs to its world's thread.
final class WorldActions {
  private static final int ALL_ROOM = 1_000;

  private final World world;
  private final Scenario scenario;
  private final Settings settings;
  private final Streams streams;
  private final List<Action> actions;
  private final Observers observers;
  private final VariedRules changedRules;
  private final int[] roomLeft = {ALL_ROOM, ALL_ROOM, ALL_ROOM};
  private final Map<Integer, List<Integer>> pausedBy = new HashMap<>();
  private int identities;
  private int next;
  private boolean held;
  private double rate = 1;

  WorldActions(
      World world,
      Scenario scenario,
      Settings settings,
      Streams streams,
      Timeline timeline,
      Observers observers) {
    this.world = world;
    this.scenario = scenario;
    this.settings = settings;
    this.streams = streams;
    this.actions = timeline.actions();
    this.observers = observers;
    this.changedRules = new VariedRules(streams, Stream.ACTION_RULES);
    this.identities = scenario.population().size();
  }

  /// When the next action is due, in elapsed nanoseconds; never while held or when all are done.
  long nextNanos() {
    return held || next == actions.size() ? Long.MAX_VALUE : actions.get(next).atNanos();
  }

  /// Does all that is due.
  void until(long elapsedNanos) {
    while (nextNanos() <= elapsedNanos) {
      act(actions.get(next++));
    }
  }

  /// Whether actions wait, though their time comes: while an engine drains.
  ///
  /// @return whether they did before
  boolean hold(boolean hold) {
    boolean before = held;
    held = hold;
    return before;
  }

  /// Adds a monitor, at the rate of now.
  void add(int identity, MonitorRules base, long firstDueNanos) {
    MonitorRules rules = atRate(base);
    int handle = world.engine().add(rules, firstDueNanos);
    world.monitors().add(handle, identity, base, rules);
    for (Checker c : observers.all()) {
      c.added(handle, rules, firstDueNanos);
    }
  }

  /// Pauses a monitor, or lets it go on.
  void pause(int handle, boolean paused) {
    for (Checker c : observers.all()) {
      c.pausing(handle, paused);
    }
    world.engine().pause(handle, paused);
    world.called();
  }

  /// Gives new lanes the room that the old ones had.
  void narrowLanes() {
    for (Lane lane : Lane.values()) {
      narrow(lane);
    }
  }

  private MonitorRules atRate(MonitorRules base) {
    return rate == 1
        ? base
        : base.withInterval(Math.max(1, Math.round(base.intervalNanos() / rate)));
  }

  private void act(Action action) {
    switch (action.kind()) {
      case PHASE -> phase(scenario.load().phases().get(action.index()));
      case NARROW -> {
        Lane lane = action.lane();
        if (lane != null) {
          roomLeft[lane.ordinal()] = (int) action.value();
          narrow(lane);
        }
      }
      case JUMP -> {
        world.tickNow(); // the engine's clock stands still from here, not from its own last tick
        world.jump(action.value());
      }
      case ADD -> addAnother(action);
      case RESTART -> {
        world.drain(world.drainBoundNanos());
        world.replaceEngine();
      }
      case CRASH -> world.replaceEngine();
      case RESUME_PAUSED -> resume(action.fault());
      default -> actOnMonitor(action);
    }
  }

  private void addAnother(Action action) {
    int like =
        (int)
            streams.between(
                Stream.ACTION_MONITOR,
                action.fault(),
                action.index(),
                0,
                scenario.population().size() - 1);
    MonitorRules base = changedRules.around(scenario.population().rules(like), key(action));
    long first =
        streams.between(
            Stream.ACTION_TIME, action.fault(), ~action.index(), 0, base.intervalNanos() - 1);
    add(identities++, base, world.nowNanos() + first);
    world.called();
  }

  private static long key(Action action) {
    return ((long) action.fault() << 32) | action.index();
  }

  private void narrow(Lane lane) {
    int queue = settings.lane(lane).queueJobs();
    int room = (int) Math.round(queue * (roomLeft[lane.ordinal()] / (double) ALL_ROOM));
    world.lanes().lane(lane).narrow(room);
  }

  private void actOnMonitor(Action action) {
    Monitors monitors = world.monitors();
    if (monitors.size() == 0) {
      return;
    }
    int handle =
        monitors.handle(
            (int)
                streams.between(
                    Stream.ACTION_MONITOR, action.fault(), action.index(), 0, monitors.size() - 1));
    world.called();
    switch (action.kind()) {
      case REMOVE -> {
        for (Checker c : observers.all()) {
          c.removing(handle);
        }
        world.engine().remove(handle);
        monitors.remove(handle);
      }
      case CHANGE -> update(handle, changedRules.around(monitors.base(handle), key(action)));
      case PAUSE -> {
        pausedBy
            .computeIfAbsent(action.fault(), _ -> new ArrayList<>())
            .add(monitors.identity(handle));
        pause(handle, true);
      }
      case RUN_NOW -> runNow(handle);
      default -> throw new IllegalStateException("not about a monitor: " + action);
    }
  }

  private void update(int handle, MonitorRules base) {
    MonitorRules rules = atRate(base);
    for (Checker c : observers.all()) {
      c.updated(handle, rules);
    }
    world.engine().update(handle, rules);
    world.monitors().rules(handle, base, rules);
  }

  private void runNow(int handle) {
    long now = world.nowNanos();
    for (Checker c : observers.all()) {
      c.runningNow(handle, now);
    }
    world.engine().runNow(handle, now);
  }

  private void resume(int fault) {
    for (int identity : pausedBy.getOrDefault(fault, List.of())) {
      int handle = world.monitors().handleOf(identity);
      if (handle >= 0) {
        pause(handle, false);
      }
    }
    pausedBy.remove(fault);
  }

  /// As a trial in real time begins a phase: calls in chunks, with ticks between.
  private void phase(Phase phase) {
    if (phase.rate() != rate) {
      rate = phase.rate();
      inChunks(handle -> update(handle, world.monitors().base(handle)));
    }
    if (phase.dueAll()) {
      inChunks(this::runNow);
    }
  }

  private void inChunks(IntConsumer call) {
    int[] handles = world.monitors().handles();
    for (int i = 0; i < handles.length; i++) {
      call.accept(handles[i]);
      if (i % World.CHUNK == World.CHUNK - 1 || i == handles.length - 1) {
        world.tickNow();
      }
    }
  }
}
