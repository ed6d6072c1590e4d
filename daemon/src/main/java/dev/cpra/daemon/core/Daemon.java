package dev.cpra.daemon.core;

import dev.cpra.daemon.own.Everything;
import dev.cpra.daemon.own.Ownership;
import dev.cpra.daemon.own.SingleNode;
import dev.cpra.daemon.state.BatchedLog;
import dev.cpra.daemon.state.SqliteStorage;
import dev.cpra.daemon.state.StateException;
import dev.cpra.daemon.state.StateLog;
import dev.cpra.daemon.state.StateLogStats;
import dev.cpra.engine.EngineDriver;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import dev.cpra.probes.Heartbeats;
import dev.cpra.probes.LaneRunner;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.ProbeLoops;
import dev.cpra.probes.Rehearsal;
import dev.cpra.probes.ResultListener;
import dev.cpra.probes.RunnerStats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running daemon: the core on the engine's thread, workers for its lanes, and a log of what
/// outlives it.
///
/// Thread-safe but for [#stop] and [#close], which one thread calls.
public final class Daemon implements DaemonView, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);
  private static final int BATCH_JOBS = 64;
  private static final Duration RUNNERS_GRACE = Duration.ofMillis(500);

  private final DaemonSettings settings;
  private final DaemonClock clock;
  private final Heartbeats heartbeats;
  private final Ownership ownership;
  private final StateLog log;
  private final Core core;
  private final EngineDriver driver;
  private final ProbeLoops loops;
  private final Map<Lane, LaneRunner> runners = new EnumMap<>(Lane.class);
  private final @Nullable OffSwitch offSwitch;
  private volatile boolean running;
  private volatile boolean stopping;

  private Daemon(
      Configuration configuration, DaemonSettings settings, Ownership ownership, StateLog log) {
    this.settings = settings;
    this.ownership = ownership;
    this.log = log;
    EngineProvider provider = EngineProvider.named(settings.engine());
    Lanes lanes = Workers.lanes(provider.batchJobs(settings.engineOptions(), BATCH_JOBS));
    clock = DaemonClock.after(log.recovered().lastNanos());
    heartbeats = new Heartbeats(clock, log.recovered().heartbeats(), log::heard);
    core =
        new Core(
            configuration,
            Core.EngineMaker.of(provider, settings.engineOptions()),
            lanes,
            kinds(settings.rehearsal(), heartbeats),
            ownership,
            log,
            clock,
            InstantSource.system());
    heartbeats.retain(core.table().tokens());
    Path data = settings.data();
    offSwitch =
        data == null
            ? null
            : new OffSwitch(data, on -> core.safeguard().turn(on, clock.getAsLong()));
    loops = ProbeLoops.open(settings.probes(), clock);
    for (Lane lane : Lane.values()) {
      runners.put(
          lane,
          LaneRunner.start(
              lanes.lane(lane),
              loops,
              settings.workers().of(lane),
              core.targets(lane),
              lane == Lane.PULSE ? core.troubles() : ResultListener.NONE));
    }
    driver = new EngineDriver("cpra-engine", core.engine(), lanes, clock, 0, Core.TICK_NANOS);
  }

  private static ProbeKinds kinds(@Nullable Rehearsal rehearsal, Heartbeats heartbeats) {
    if (rehearsal == null) {
      return ProbeKinds.standard(heartbeats);
    }
    LOG.warn("a rehearsal: a script answers, no check, repair or alert leaves this process");
    return rehearsal.kinds();
  }

  /// Starts a daemon: what a former one left is recovered, every monitor is loaded, then the engine
  /// runs.
  ///
  /// @throws IllegalArgumentException if the engine is unknown or a monitor cannot be served;
  ///   nothing runs then
  /// @throws IOException if the data cannot be used; the message says why and what to do
  public static Daemon start(Configuration configuration, DaemonSettings settings)
      throws IOException {
    Path data = settings.data();
    Ownership ownership = data == null ? Everything.OWNED : SingleNode.take(data);
    @Nullable StateLog log = null;
    try {
      log = data == null ? BatchedLog.inMemory() : SqliteStorage.open(data);
      Daemon daemon = new Daemon(configuration, settings, ownership, log);
      if (daemon.offSwitch != null) {
        daemon.offSwitch.start();
      }
      daemon.driver.start();
      daemon.running = true;
      LOG.info("{} monitors on engine {}", daemon.monitors(), settings.engine());
      return daemon;
    } catch (StateException e) {
      ownership.close();
      throw new IOException(e.getMessage(), e);
    } catch (RuntimeException e) {
      if (log != null) {
        log.close();
      }
      ownership.close();
      throw e;
    }
  }

  /// Brings changes to what runs: what is not named goes on untouched, what is changed keeps its
  /// state. Returns when all is done; one reload at a time.
  ///
  /// @throws IllegalArgumentException if a monitor cannot be served or there is no room; nothing
  ///   has changed then
  /// @throws IllegalStateException if the engine stops meanwhile
  public synchronized void apply(Changes changes) throws InterruptedException {
    Reload reload = new Reload(driver, core.target());
    reload.apply(changes, core.preparation(), core.table().count(), core.monitorsMax());
    heartbeats.retain(reload.ask(_ -> core.table().tokens()));
  }

  /// Stops: nothing new is started, what is in flight may end within the settings' bound, then it
  /// is cut off.
  ///
  /// @return whether everything in flight had ended
  public boolean stop() throws InterruptedException {
    stopping = true;
    core.repairs().stop();
    boolean drained = driver.stop(settings.drain());
    close();
    return drained;
  }

  /// Stops at once, whatever is in flight.
  @Override
  public void close() {
    stopping = true;
    core.repairs().stop();
    if (offSwitch != null) {
      offSwitch.close();
    }
    driver.close();
    for (LaneRunner runner : runners.values()) {
      var _ = runner.close(RUNNERS_GRACE);
    }
    loops.close();
    if (running) {
      core.watch().take(core.engine(), clock.getAsLong()); // the account at the end, whole
    }
    log.close();
    core.close();
    ownership.close();
    running = false;
  }

  @Override
  public int monitors() {
    return core.table().count();
  }

  @Override
  public long nowNanos() {
    return clock.getAsLong();
  }

  @Override
  public long wallAheadNanos() {
    return core.wall().aheadNanos();
  }

  @Override
  public EngineSnapshot snapshot() {
    return core.watch().last();
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
  public StateLogStats stateLog() {
    return log.stats();
  }

  @Override
  public boolean isBreakerOpen() {
    return core.safeguard().isOpen();
  }

  @Override
  public long refusedInterventions() {
    return core.safeguard().refused();
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
    Watched monitor = core.table().get(handle);
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
    core.watch().wantEach();
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
