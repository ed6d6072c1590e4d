package dev.cpra.daemon.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cpra.daemon.own.Everything;
import dev.cpra.daemon.state.BatchedLog;
import dev.cpra.daemon.state.MemoryStorage;
import dev.cpra.daemon.state.StateException;
import dev.cpra.engine.Batch;
import dev.cpra.engine.Code;
import dev.cpra.engine.EngineProvider;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Outcome;
import dev.cpra.probes.Probe;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.Surrounded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The daemon's core on one thread in virtual time, with targets that are up or down as a test
/// says, receivers that take everything, and a disk. Every step is on disk before its alerts are
/// sent.
final class LittleWorld {
  static final long SECOND = 1_000_000_000;
  private static final long STEP = SECOND / 10;

  /// What was told over all lives, as `monitor COLOUR`.
  final List<String> told = new ArrayList<>();

  /// The targets that are down.
  final Set<String> down = new HashSet<>();

  /// How far the wall's clock is ahead of the daemon's.
  long ahead;

  private final String engine;
  private final Configuration configuration;
  private final MemoryStorage storage = new MemoryStorage();
  private final long start;
  private long now;
  private BatchedLog log;
  private Lanes lanes;
  private Core core;

  LittleWorld(String engine, Configuration configuration, long start) {
    this.engine = engine;
    this.configuration = configuration;
    this.start = start;
    this.now = start;
    open();
  }

  private void open() {
    try {
      log = BatchedLog.onCallersThread(storage);
    } catch (StateException e) {
      throw new AssertionError(e);
    }
    lanes = Workers.lanes(4);
    core =
        new Core(
            configuration,
            Core.EngineMaker.of(EngineProvider.named(engine), Map.of()),
            lanes,
            ProbeKinds.standard(),
            Everything.OWNED,
            log,
            () -> now,
            () -> DaemonClock.instant(now + ahead));
  }

  Core core() {
    return core;
  }

  /// Ends at once; the next life begins some seconds later.
  void kill(long seconds) {
    now += seconds * SECOND;
    open();
  }

  /// Lives until so many seconds after the start.
  void until(long seconds) {
    while (now < start + seconds * SECOND) {
      step();
    }
    assertThat(core.engine().ledger().balanced()).isTrue();
  }

  void step() {
    now += STEP;
    core.engine().tick(now);
    assertThat(log.write()).isTrue();
    for (Lane lane : Lane.values()) {
      LaneQueue queue = lanes.lane(lane);
      for (Batch batch = queue.take(); batch != null; batch = queue.take()) {
        Batch outcomes = new Batch(batch.size());
        for (int i = 0; i < batch.size(); i++) {
          boolean ok = does(lane, batch.monitor(i), batch.detail(i));
          outcomes.addOutcome(
              batch.monitor(i),
              batch.number(i),
              batch.dueNanos(i),
              ok ? Outcome.OK : Outcome.FAILED);
        }
        batch.clear();
        queue.give(batch);
        assertThat(queue.give(outcomes)).isTrue();
      }
    }
  }

  private boolean does(Lane lane, int monitor, int detail) {
    Watched watched = core.table().get(monitor);
    if (watched == null) {
      throw new AssertionError("a job of a monitor that is gone: " + monitor);
    }
    String name = watched.spec().name();
    return switch (lane) {
      case PULSE ->
          BreakerMonitor.is(watched.spec()) ? !core.safeguard().isOpen() : !down.contains(name);
      case INTERVENTION -> false;
      case CODE -> {
        Probe delivery = watched.probe(lane, detail);
        int said = delivery instanceof Surrounded(Probe act, _) ? act.detail(detail) : detail;
        told.add(name + " " + Code.of(said));
        yield true;
      }
    };
  }
}
