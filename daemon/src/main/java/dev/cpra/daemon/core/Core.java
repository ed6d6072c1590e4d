package dev.cpra.daemon.core;

import dev.cpra.daemon.own.Ownership;
import dev.cpra.daemon.state.AuditLine;
import dev.cpra.daemon.state.InterventionRecord;
import dev.cpra.daemon.state.InterventionRecord.End;
import dev.cpra.daemon.state.MonitorRecord;
import dev.cpra.daemon.state.RecoveredState;
import dev.cpra.daemon.state.StateLog;
import dev.cpra.engine.Code;
import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.LimitReachedException;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Transitions;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.probes.Probe;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.Surrounded;
import dev.cpra.probes.Targets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemon without its threads: the engine, its monitors, what hangs on both, and what a restart
/// brings back. Whoever owns it brings the time and the workers, so that the same core runs in
/// virtual time.
///
/// Owned by one thread; what workers use is thread-safe.
final class Core implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Core.class);

  /// Checks leave, and outcomes are applied, every five milliseconds at most: waking a thread for
  /// each of ten thousand a second costs a quarter of all that a check costs.
  static final long TICK_NANOS = 5_000_000;

  /// Room for monitors that a reload adds, beside half as many again as there are.
  private static final int ROOM_LEAST = 1_024;

  private final StateLog log;
  private final LongSupplier clock;
  private final WallClock wall;
  private final ProbeKinds kinds;
  private final Ownership ownership;
  private final int monitorsMax;
  private final MonitorTable table;
  private final Troubles troubles;
  private final Safeguard safeguard;
  private final StateTracker tracker;
  private final HeldAlerts held;
  private final Silences silences;
  private final EngineWatch watch = new EngineWatch();
  private final JobNumbers numbers = new JobNumbers();
  private final Repairs repairs;
  private final Deliveries deliveries;
  private final DaemonEngine engine;
  private final MonitorState scratch = new MonitorState();

  /// Loads everything; nothing runs yet.
  ///
  /// @param clock nanoseconds since 1970, after all that the log has written down
  /// @param wallClock the times of silences and windows
  /// @throws IllegalArgumentException if a monitor cannot be served
  Core(
      Configuration configuration,
      EngineMaker maker,
      Lanes lanes,
      ProbeKinds kinds,
      Ownership ownership,
      StateLog log,
      LongSupplier clock,
      InstantSource wallClock) {
    this.log = log;
    this.clock = clock;
    wall = new WallClock(wallClock, clock);
    this.kinds = kinds;
    this.ownership = ownership;
    List<MonitorSpec> specs =
        configuration.monitors().stream()
            .filter(spec -> spec.enabled() && ownership.owns(spec.name()))
            .toList();
    EngineLimits limits =
        EngineLimits.of(Math.max(ROOM_LEAST, specs.size() + specs.size() / 2)).withTick(TICK_NANOS);
    monitorsMax = limits.maxMonitors();
    table = new MonitorTable(monitorsMax);
    troubles = new Troubles(table, clock);
    safeguard = new Safeguard(configuration.policy(), limits.maxMonitors(), log, wall);
    tracker = new StateTracker(table, troubles, log, safeguard);
    held = new HeldAlerts(table, troubles, this::anew);
    silences = new Silences(configuration.policy().silences(), table, held, wall);
    repairs = new Repairs(table, troubles, log, safeguard, clock);
    var _ =
        kinds.pulse(
            BreakerMonitor.Check.class, (_, timeout) -> new BreakerProbe(safeguard, timeout));
    deliveries = new Deliveries(table, troubles, log);
    Preparation preparation = preparation();
    List<Watched> monitors = new ArrayList<>(specs.size());
    for (MonitorSpec spec : specs) {
      monitors.add(preparation.prepare(spec));
    }
    Transitions listener = Transitions.both(watch.listener(), Transitions.both(numbers, tracker));
    Engine made = maker.make(limits, lanes, listener);
    engine = new DaemonEngine(made, watch, tracker, safeguard, silences, held, wall);
    load(monitors);
  }

  /// Makes an engine.
  @FunctionalInterface
  interface EngineMaker {
    Engine make(EngineLimits limits, Lanes lanes, Transitions listener);

    /// That of a provider.
    static EngineMaker of(EngineProvider provider, Map<String, String> options) {
      return (limits, lanes, listener) -> provider.create(limits, options, lanes, listener);
    }
  }

  /// Makes the probes of monitors ready, for one configuration. On any thread.
  Preparation preparation() {
    return new Preparation(
        kinds,
        troubles,
        probe -> new Surrounded(probe, repairs),
        probe -> new Surrounded(probe, deliveries));
  }

  private void load(List<Watched> monitors) {
    long now = clock.getAsLong();
    RecoveredState found = log.recovered();
    Map<String, InterventionRecord> last = new HashMap<>();
    for (InterventionRecord done : found.interventions()) {
      last.put(done.intent().monitor(), done);
    }
    recall(monitors, found.interventions());
    Set<String> unknown = new HashSet<>(found.monitors().keySet());
    unknown.addAll(last.keySet());
    int open = 0;
    List<Safeguard.Failing> failing = new ArrayList<>();
    long loaded = Grid.loadedNanos(monitors.size(), now);
    SlowStart start = SlowStart.of(monitors.stream().map(Watched::spec));
    for (Watched monitor : monitors) {
      String name = monitor.spec().name();
      unknown.remove(name);
      MonitorRecord record = found.monitors().get(name);
      // Trouble does not wait.
      long first = record == null ? loaded + start.delayNanos(name) : loaded;
      add(monitor, record, last.get(name), now, first, failing);
      open += record != null && record.hasIncident() ? 1 : 0;
    }
    safeguard.replay(failing, now);
    unknown.forEach(log::removed);
    if (!found.monitors().isEmpty()) {
      LOG.info(
          "recovered {} states, {} open incidents", found.monitors().size() - unknown.size(), open);
    }
    for (InterventionRecord done : found.interventions()) {
      if (done.end() == End.OPEN) {
        log.ended(done.id(), End.UNKNOWN, now, "not known to have ended when the daemon started");
        log.audit(
            new AuditLine(
                now,
                done.intent().monitor(),
                "unknown",
                "attempt "
                    + done.intent().attempt()
                    + ": it is not known how it ended; it is not repeated, the next checks decide"));
      }
    }
  }

  /// Budgets go on: what was done before counts.
  private void recall(List<Watched> monitors, List<InterventionRecord> interventions) {
    Map<String, MonitorSpec> specs = new HashMap<>();
    Set<String> names = new HashSet<>();
    interventions.forEach(done -> names.add(done.intent().monitor()));
    for (Watched monitor : monitors) {
      if (names.contains(monitor.spec().name())) {
        specs.put(monitor.spec().name(), monitor.spec());
      }
    }
    for (InterventionRecord done : interventions) {
      MonitorSpec spec = specs.get(done.intent().monitor());
      if (spec != null) {
        safeguard.recall(spec, done.intent().begunNanos());
      }
    }
  }

  private void add(
      Watched monitor,
      @Nullable MonitorRecord record,
      @Nullable InterventionRecord last,
      long nowNanos,
      long firstNanos,
      List<Safeguard.Failing> failing) {
    MonitorSpec spec = monitor.spec();
    boolean silent = silences.isSilent(spec);
    MonitorRules rules = Silences.rules(spec, silent);
    int handle = engine.add(rules, Grid.firstDue(spec.name(), rules.intervalNanos(), firstNanos));
    silences.added(handle, silent);
    MonitorState state = Recovery.state(rules, record, last, nowNanos);
    if (state == null) {
      know(handle, monitor, 0);
      safeguard.observe(handle, false, 0);
      return;
    }
    boolean untold = Recovery.isUntold(state, record, rules, spec.rules());
    boolean told = HeldAlerts.tell(state, rules, untold, nowNanos) && untold;
    know(handle, monitor, state.vitals);
    // Well to the breaker, which is told of those that fail when all are there.
    safeguard.observe(handle, false, 0);
    engine.restore(handle, state);
    long since = record == null || record.sinceNanos() == 0 ? nowNanos : record.sinceNanos();
    if (StateTracker.isFailing(state.vitals) && !BreakerMonitor.is(spec)) {
      failing.add(new Safeguard.Failing(handle, since));
    }
    tracker.restored(
        handle,
        MonitorRecord.of(
            spec.name(),
            nowNanos,
            state,
            state.vitals == 0 ? 0 : since,
            record == null ? 0 : record.incidentNanos(),
            record == null ? "" : record.reason(),
            untold && !told));
    if (told) {
      raisedRed(handle, nowNanos);
    }
  }

  /// The engine has just given this handle away, and nothing of it was restored yet.
  private void know(int handle, Watched monitor, long vitals) {
    monitor.pulse().attach();
    if (handle < table.handlesEnd()) {
      engine.read(handle, scratch);
      table.reuse(handle, monitor, scratch.pulseNumber, numbers.intervention(), numbers.code());
    } else {
      table.put(handle, monitor);
    }
    if (BreakerMonitor.is(monitor.spec())) {
      safeguard.exempt(handle);
    }
    tracker.added(handle, vitals);
  }

  /// A red that no check raised. It is sent after the next tick's states are on disk: its own is
  /// among them.
  private void raisedRed(int handle, long nowNanos) {
    troubles.of(handle).raised(Code.RED, nowNanos + 1);
  }

  /// A monitor goes on with another state, under another handle: an engine takes a state only for
  /// one that was just added. Nothing of it is in flight.
  ///
  /// @return false if there is no room now
  private boolean anew(int handle, MonitorState state, boolean red, long nowNanos) {
    Watched monitor = table.get(handle);
    Trouble trouble = troubles.of(handle);
    if (monitor == null) {
      return true;
    }
    int fresh;
    try {
      fresh = engine.add(monitor.spec().rules(), state.nextSlotNanos);
    } catch (LimitReachedException _) {
      return false; // the next tick frees the places of others
    }
    silences.added(fresh, false); // its silence is over
    know(fresh, monitor, state.vitals);
    safeguard.moved(handle, fresh);
    table.remove(handle);
    engine.remove(handle);
    engine.restore(fresh, state);
    tracker.restored(
        fresh,
        MonitorRecord.of(
            monitor.spec().name(),
            nowNanos,
            state,
            trouble.sinceNanos,
            trouble.incidentNanos,
            trouble.reason,
            false));
    troubles.of(fresh).attempts = trouble.attempts;
    if (red) {
      raisedRed(fresh, nowNanos);
    }
    return true;
  }

  /// How many monitors there is room for.
  int monitorsMax() {
    return monitorsMax;
  }

  /// What a reload does, on the engine's thread.
  Reload.Target target() {
    return new Live();
  }

  private final class Live implements Reload.Target {
    @Override
    public void policy(Changes changes) {
      safeguard.policy(changes.policy(), clock.getAsLong());
      silences.set(changes.policy().silences());
    }

    @Override
    public void remove(String monitor) {
      int handle = table.handle(monitor);
      if (handle >= 0) {
        engine.remove(handle);
        table.remove(handle);
        log.removed(monitor);
      }
    }

    /// Also what a reload that ended in the middle has done already.
    @Override
    public void put(Watched monitor) {
      if (!ownership.owns(monitor.spec().name())) {
        return;
      }
      long now = clock.getAsLong();
      int handle = table.handle(monitor.spec().name());
      if (handle < 0) {
        add(monitor, null, null, now, now, new ArrayList<>());
        return;
      }
      monitor.pulse().attach();
      table.put(handle, monitor);
      boolean silent = silences.isSilent(monitor.spec());
      silences.changed(handle, silent);
      engine.update(handle, Silences.rules(monitor.spec(), silent));
    }
  }

  /// What the jobs of a lane are to do.
  Targets targets(Lane lane) {
    return (monitor, number, detail) -> probe(lane, monitor, number, detail);
  }

  private @Nullable Probe probe(Lane lane, int monitor, int number, int detail) {
    Watched owner = table.owner(lane, monitor, number);
    Probe probe = owner == null ? null : owner.probe(lane, detail);
    if (probe == null && lane == Lane.INTERVENTION) {
      repairs.notBegun(owner);
    }
    return probe;
  }

  /// The engine, with what hangs on it.
  Engine engine() {
    return engine;
  }

  MonitorTable table() {
    return table;
  }

  WallClock wall() {
    return wall;
  }

  Troubles troubles() {
    return troubles;
  }

  Safeguard safeguard() {
    return safeguard;
  }

  EngineWatch watch() {
    return watch;
  }

  /// What is done around interventions.
  Repairs repairs() {
    return repairs;
  }

  /// What is done around deliveries.
  Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public void close() {
    engine.close();
  }
}
