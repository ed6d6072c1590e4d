package dev.cpra.daemon.core;

import dev.cpra.engine.Engine;
import dev.cpra.engine.EngineDriver;
import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.probes.Heartbeats;
import dev.cpra.probes.LaneRunner;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.ProbeLoops;
import dev.cpra.probes.ResultListener;
import dev.cpra.probes.RunnerStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running daemon: an engine on a thread of its own, workers for its lanes, and the monitors.
///
/// Thread-safe but for [#stop], which one thread calls.
public final class Daemon implements DaemonView, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /// Room for monitors that a reload adds, beside half as many again as there are.
  private static final int ROOM_LEAST = 1_024;

  private static final int BATCH_JOBS = 64;
  private static final Duration RUNNERS_GRACE = Duration.ofMillis(500);

  private final DaemonSettings settings;
  private final DaemonClock clock;
  private final Heartbeats heartbeats;
  private final ProbeKinds kinds;
  private final int roomMax;
  private final MonitorTable table;
  private final EngineWatch watch = new EngineWatch();
  private final EngineDriver driver;
  private final Engine engine;
  private final ProbeLoops loops;
  private final Map<Lane, LaneRunner> runners = new EnumMap<>(Lane.class);
  private volatile boolean running;
  private volatile boolean stopping;

  private Daemon(Configuration configuration, DaemonSettings settings, Heartbeats heartbeats) {
    this.heartbeats = heartbeats;
    kinds = ProbeKinds.standard(heartbeats);
    this.settings = settings;
    EngineProvider provider = EngineProvider.named(settings.engine());
    List<MonitorSpec> specs =
        configuration.monitors().stream().filter(MonitorSpec::enabled).toList();
    EngineLimits limits = EngineLimits.of(Math.max(ROOM_LEAST, specs.size() + specs.size() / 2));
    table = new MonitorTable(limits.maxMonitors());
    roomMax = limits.maxMonitors();
    Preparation preparation = preparation();
    List<Watched> monitors = new ArrayList<>(specs.size());
    for (MonitorSpec spec : specs) {
      monitors.add(preparation.prepare(spec));
    }
    Lanes lanes = Workers.lanes(provider.batchJobs(settings.engineOptions(), BATCH_JOBS));
    engine =
        new DaemonEngine(provider.create(limits, settings.engineOptions(), lanes, watch), watch);
    clock = DaemonClock.after(0);
    long now = clock.getAsLong();
    for (Watched monitor : monitors) {
      add(monitor, now);
    }
    loops = ProbeLoops.open(settings.probes(), clock);
    for (Lane lane : Lane.values()) {
      runners.put(
          lane,
          LaneRunner.start(
              lanes.lane(lane),
              loops,
              settings.workers().of(lane),
              (monitor, detail) -> probe(lane, monitor, detail),
              ResultListener.NONE));
    }
    driver = new EngineDriver("cpra-engine", engine, lanes, clock, 0);
  }

  /// Starts a daemon: every monitor is loaded, then the engine runs.
  ///
  /// @throws IllegalArgumentException if the engine is unknown or a monitor cannot be served;
  ///   nothing runs then
  public static Daemon start(Configuration configuration, DaemonSettings settings) {
    Daemon daemon = new Daemon(configuration, settings, new Heartbeats(System::nanoTime));
    daemon.driver.start();
    daemon.running = true;
    LOG.info("{} monitors on engine {}", daemon.monitors(), settings.engine());
    return daemon;
  }

  private Preparation preparation() {
    return new Preparation(kinds, table::name, UnaryOperator.identity(), UnaryOperator.identity());
  }

  private void add(Watched monitor, long nowNanos) {
    MonitorRules rules = monitor.spec().rules();
    int handle =
        engine.add(rules, Grid.firstDue(monitor.spec().name(), rules.intervalNanos(), nowNanos));
    table.put(handle, monitor);
  }

  private dev.cpra.probes.@Nullable Probe probe(Lane lane, int monitor, int detail) {
    Watched watched = table.get(monitor);
    return watched == null ? null : watched.probe(lane, detail);
  }

  /// Brings changes to what runs: what is not named goes on untouched, what is changed keeps its
  /// state. Returns when all is done; one reload at a time.
  ///
  /// @throws IllegalArgumentException if a monitor cannot be served or there is no room; nothing
  ///   has changed then
  /// @throws IllegalStateException if the engine stops meanwhile
  public synchronized void apply(Changes changes) throws InterruptedException {
    new Reload(driver, new OnEngine()).apply(changes, preparation(), table.count(), roomMax);
  }

  /// What a reload does on the engine's thread.
  private final class OnEngine implements Reload.Target {
    @Override
    public void policy(Changes changes) {}

    @Override
    public void remove(String monitor) {
      int handle = table.handle(monitor);
      engine.remove(handle);
      table.remove(handle);
    }

    @Override
    public void update(Watched monitor) {
      int handle = table.handle(monitor.spec().name());
      engine.update(handle, monitor.spec().rules());
      table.put(handle, monitor);
    }

    @Override
    public void add(Watched monitor) {
      Daemon.this.add(monitor, clock.getAsLong());
    }
  }

  /// Stops: nothing new is started, what is in flight may end within the settings' bound, then it
  /// is cut off.
  ///
  /// @return whether everything in flight had ended
  public boolean stop() throws InterruptedException {
    stopping = true;
    boolean drained = driver.stop(settings.drain());
    close();
    return drained;
  }

  /// Stops at once, whatever is in flight.
  @Override
  public void close() {
    stopping = true;
    driver.close();
    for (LaneRunner runner : runners.values()) {
      var _ = runner.close(RUNNERS_GRACE);
    }
    loops.close();
    if (running) {
      watch.take(engine, clock.getAsLong()); // the account at the end, whole
    }
    engine.close();
    running = false;
  }

  @Override
  public int monitors() {
    return table.count();
  }

  @Override
  public long nowNanos() {
    return clock.getAsLong();
  }

  @Override
  public EngineSnapshot snapshot() {
    return watch.last();
  }

  @Override
  public RunnerStats stats(Lane lane) {
    LaneRunner runner = runners.get(lane);
    if (runner == null) {
      throw new IllegalStateException("the lanes have no workers yet");
    }
    return runner.stats();
  }

  @Override
  public long contained() {
    return loops.contained();
  }

  @Override
  public String engine() {
    return settings.engine();
  }

  @Override
  public @Nullable String name(int handle) {
    Watched monitor = table.get(handle);
    return monitor == null ? null : monitor.spec().name();
  }

  /// A job that a heartbeat waits for is alive.
  ///
  /// @return whether a monitor waits for this token
  public boolean beat(String token) {
    return heartbeats.beat(token);
  }

  /// From now on snapshots tell the state of each monitor: a byte per monitor, four times a second.
  public void tellEachMonitor() {
    watch.wantEach();
  }

  @Override
  public String transportName() {
    return loops.transport().label();
  }

  @Override
  public String transport() {
    return loops.transportWhy();
  }

  @Override
  public boolean isRunning() {
    return running && !driver.isStopped();
  }

  @Override
  public boolean isStopping() {
    return stopping;
  }

  @Override
  public @Nullable Throwable failure() {
    return driver.failure();
  }
}
