package dev.cpra.harness.trial;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.result.StateChange;
import dev.cpra.harness.result.TargetCheck;
import dev.cpra.harness.targets.TargetHost;
import dev.cpra.harness.targets.TargetWatch;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.InterventionConfig;
import dev.cpra.manifest.MonitorSpec;
import dev.cpra.manifest.NotifyConfig;
import dev.cpra.manifest.PulseConfig;
import dev.cpra.manifest.kind.HttpConfig;
import dev.cpra.manifest.load.Load;
import dev.cpra.probes.CheckResult;
import dev.cpra.probes.JobContext;
import dev.cpra.probes.LaneRunner;
import dev.cpra.probes.Probe;
import dev.cpra.probes.ProbeKinds;
import dev.cpra.probes.ProbeLoops;
import dev.cpra.probes.ProbeOptions;
import dev.cpra.probes.ResultListener;
import dev.cpra.probes.RunnerStats;
import dev.cpra.simulator.Population;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The world of `wire` work: real probes, one event loop, and an account of every monitor's pulses.
final class WireWorld implements TrialWorld {
  private final List<MonitorSpec> specs;
  private final Population population;
  private final TrialClock clock = new TrialClock();
  private final TargetWatch targets;
  private final @Nullable String control;
  private final AtomicLongArray dispatched;
  private final AtomicLongArray executed;
  private final AtomicLongArray reached;

  private WireWorld(List<MonitorSpec> specs, TargetWatch targets, @Nullable String control) {
    this.control = control;
    this.specs = specs;
    this.targets = targets;
    this.population = Population.of(specs);
    this.dispatched = new AtomicLongArray(specs.size());
    this.executed = new AtomicLongArray(specs.size());
    this.reached = new AtomicLongArray(specs.size());
  }

  /// The world of a load.
  static WireWorld of(TrialSpec spec, Load load) {
    List<MonitorSpec> specs = LoadFiles.specs(load, spec.variables());
    return new WireWorld(
        specs,
        new TargetWatch(load, specs, spec.variables()),
        spec.variables().get(TargetHost.CONTROL));
  }

  @Override
  public Population population() {
    return population;
  }

  @Override
  public TrialClock clock() {
    return clock;
  }

  @Override
  public Crew crew(Load load, AtomicReference<Throwable> failure) {
    return new ProbeCrew(load);
  }

  @Override
  public Transitions watch(Transitions listener) {
    return Transitions.both(new PulseCounter(), listener);
  }

  @Override
  public List<TargetCheck> targetChecks(Map<String, List<StateChange>> journal) {
    return targets.checks(dispatched::get, executed::get, reached::get, journal);
  }

  private void pulseEnded(int monitor, CheckResult result) {
    executed.incrementAndGet(monitor);
    switch (result.reason()) {
      case DNS,
          DNS_TIMEOUT,
          REFUSED,
          UNREACHABLE,
          CONNECT,
          CONNECT_TIMEOUT,
          LOCAL_LIMIT,
          NO_ROOM -> {}
      default -> reached.incrementAndGet(monitor);
    }
  }

  /// Counts the pulses dispatched per monitor.
  private final class PulseCounter implements Transitions {
    @Override
    public void dispatched(
        Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
      if (lane == Lane.PULSE) {
        dispatched.setPlain(monitor, dispatched.getPlain(monitor) + 1);
      }
    }
  }

  /// Probes on one event loop, shared by all lanes.
  private final class ProbeCrew implements Crew {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final int WARM_UP_CHECKS = 1_000;
    private static final long WARM_UP_NANOS = 2_000_000_000;

    private final Load load;
    private final List<LaneRunner> runners = new ArrayList<>();
    private @Nullable ProbeLoops loops;

    ProbeCrew(Load load) {
      this.load = load;
    }

    @Override
    public int threads(Lane lane) {
      return 1;
    }

    @Override
    public void start(Lanes lanes) {
      ProbeLoops opened = ProbeLoops.open(ProbeOptions.DEFAULT, clock);
      loops = opened;
      Prepared prepared = new Prepared(specs);
      warmUp(opened);
      ResultListener ended = (monitor, _, result) -> pulseEnded(monitor, result);
      for (Lane lane : Lane.values()) {
        runners.add(
            LaneRunner.start(
                lanes.lane(lane),
                opened,
                load.engine().lane(lane).workers(),
                (monitor, _, detail) -> prepared.probe(lane, monitor, detail),
                lane == Lane.PULSE ? ended : ResultListener.NONE));
      }
    }

    /// The first checks of a cold JVM take longer than many a timeout. These go to the server that
    /// heals, which counts nothing, so that the targets' counts stay those of the monitors.
    private void warmUp(ProbeLoops opened) {
      if (control == null) {
        return;
      }
      Probe probe =
          ProbeKinds.standard()
              .pulse(HttpConfig.get("http://" + control + "/warm-up"), WARM_UP_NANOS);
      long until = System.nanoTime() + WARM_UP_NANOS;
      for (int i = 0; i < WARM_UP_CHECKS && System.nanoTime() < until; i++) {
        var _ = opened.run(probe, i, 0).join();
      }
    }

    @Override
    public void stop() {
      for (LaneRunner runner : runners) {
        var _ = runner.close(GRACE);
      }
      if (loops != null) {
        loops.close();
      }
    }

    @Override
    public long discarded() {
      return runners.stream().mapToLong(runner -> runner.stats().discarded()).sum();
    }

    @Override
    public @Nullable Double wireBytesPerCheck() {
      RunnerStats pulses = runners.getFirst().stats();
      return pulses.started() == 0
          ? null
          : (double) (pulses.bytesRead() + pulses.bytesWritten()) / pulses.started();
    }
  }

  /// Every monitor's probes, made before the trial so that a wrong config stops it at once.
  private static final class Prepared {
    private final List<Probe> pulses = new ArrayList<>();
    private final Map<Integer, Probe> repairs = new HashMap<>();
    private final Map<Integer, Probe> alerts = new HashMap<>();

    Prepared(List<MonitorSpec> specs) {
      ProbeKinds kinds = ProbeKinds.standard();
      JobContext context = monitor -> specs.get(monitor).name();
      Map<List<Object>, Probe> shared = new HashMap<>();
      for (int monitor = 0; monitor < specs.size(); monitor++) {
        MonitorSpec spec = specs.get(monitor);
        try {
          prepare(monitor, spec, kinds, context, shared);
        } catch (IllegalArgumentException e) {
          throw new TrialFailure("monitor " + spec.name() + ": " + e.getMessage(), e);
        }
      }
    }

    private void prepare(
        int monitor,
        MonitorSpec spec,
        ProbeKinds kinds,
        JobContext context,
        Map<List<Object>, Probe> shared) {
      PulseConfig pulse = spec.pulse();
      long timeout = spec.rules().timeoutNanos();
      pulses.add(shared.computeIfAbsent(List.of(pulse, timeout), _ -> kinds.pulse(pulse, timeout)));
      InterventionConfig repair = spec.intervention();
      var rules = spec.rules().intervention();
      if (repair != null && rules != null) {
        repairs.put(monitor, kinds.intervention(repair, rules.timeoutNanos(), context));
      }
      for (Code code : Code.values()) {
        NotifyConfig notify = spec.notify(code);
        if (notify != null) {
          alerts.put(
              key(monitor, code.ordinal()),
              kinds.notifier(notify, spec.rules().alerts().timeoutNanos(), context));
        }
      }
    }

    private static int key(int monitor, int colour) {
      return monitor * Code.COUNT + colour;
    }

    @Nullable Probe probe(Lane lane, int monitor, int detail) {
      return switch (lane) {
        case PULSE -> pulses.get(monitor);
        case INTERVENTION -> repairs.get(monitor);
        case CODE -> alerts.get(key(monitor, detail));
      };
    }
  }
}
