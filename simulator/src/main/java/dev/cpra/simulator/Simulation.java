package dev.cpra.simulator;

import dev.cpra.engine.EngineLimits;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.load.Fault;
import dev.cpra.simulator.check.AlertsChecker;
import dev.cpra.simulator.check.AuditChecker;
import dev.cpra.simulator.check.Checker;
import dev.cpra.simulator.check.DeadlineChecker;
import dev.cpra.simulator.check.DeliveryChecker;
import dev.cpra.simulator.check.GridChecker;
import dev.cpra.simulator.check.InFlightChecker;
import dev.cpra.simulator.check.LedgerChecker;
import dev.cpra.simulator.check.LivenessChecker;
import dev.cpra.simulator.check.QuietChecker;
import dev.cpra.simulator.check.Violation;
import dev.cpra.simulator.oracle.OracleChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One engine through one scenario, with every checker: the load with its faults, then a recovery
/// in which everything goes well, then a graceful end. Used once, by one thread.
final class Simulation {
  /// Told how far a run is.
  @FunctionalInterface
  interface Progress {
    /// Hears nothing.
    Progress NONE = (_, _) -> {};

    /// So much of the virtual time has passed.
    void at(long elapsedNanos, long wallNanos);
  }

  private static final long STRETCH_NANOS = 100_000_000;
  private static final int STRETCHES = 50_000;

  /// Monitors that the oracle follows at least, if there are as many.
  private static final int FOLLOWED = 10_000;

  private static final int LOOKS = 20;
  private static final long SLACK_NANOS = 1_000_000_000;

  private final Scenario scenario;
  private final String name;
  private final EngineMaker maker;
  private final CrewMaker crewMaker;
  private final List<Checker> checkers;
  private final LivenessChecker liveness = new LivenessChecker();
  private final TraceDigest digest;

  /// @param name of the variant
  /// @param more checkers beside all the usual ones
  Simulation(
      Scenario scenario,
      String name,
      EngineMaker maker,
      CrewMaker crewMaker,
      List<? extends Checker> more) {
    this(scenario, name, maker, crewMaker, _ -> true, more);
  }

  private Simulation(
      Scenario scenario,
      String name,
      EngineMaker maker,
      CrewMaker crewMaker,
      Predicate<Checker> asked,
      List<? extends Checker> more) {
    this.scenario = scenario;
    this.name = name;
    this.maker = maker;
    this.crewMaker = crewMaker;
    this.digest = new TraceDigest(Math.max(STRETCH_NANOS, scenario.durationNanos() / STRETCHES));
    this.checkers = new ArrayList<>(checkers(scenario).stream().filter(asked).toList());
    checkers.add(liveness);
    checkers.add(digest);
    checkers.addAll(more);
  }

  Simulation(Scenario scenario, String name, EngineMaker maker, List<? extends Checker> more) {
    this(scenario, name, maker, Crew::scripted, more);
  }

  /// A simulation that asks only the usual checker of this name, if there is one, beside what holds
  /// whoever is asked: that time goes on, and in the end liveness, draining and delivery.
  static Simulation asking(
      String checker, Scenario scenario, String name, EngineMaker maker, CrewMaker crewMaker) {
    return new Simulation(
        scenario, name, maker, crewMaker, c -> c.name().equals(checker), List.of());
  }

  private static List<Checker> checkers(Scenario scenario) {
    Settings settings = Settings.of(scenario);
    EngineLimits limits = World.limits(scenario, settings, new Timeline(scenario));
    return List.of(
        new OracleChecker(limits, followsEvery(scenario)),
        new LedgerChecker(),
        new InFlightChecker(),
        new DeadlineChecker(settings.graceNanos()),
        new GridChecker(settings.tickNanos()),
        new AlertsChecker(),
        new QuietChecker(),
        new DeliveryChecker(
            settings.lane(Lane.PULSE).queueJobs(),
            settings.lane(Lane.INTERVENTION).queueJobs(),
            settings.lane(Lane.CODE).queueJobs()),
        new AuditChecker(limits.maxMonitors()));
  }

  /// Of very many monitors the oracle follows some.
  private static int followsEvery(Scenario scenario) {
    return Math.max(1, scenario.size() / FOLLOWED);
  }

  /// Runs it.
  Run run(Progress progress) {
    long began = System.nanoTime();
    try (World world = new World(scenario, maker, crewMaker, checkers)) {
      Failure failure = live(world, progress, began);
      return new Run(
          name,
          failure,
          world.ledger(),
          world.elapsedNanos(),
          System.nanoTime() - began,
          world.ticks(),
          digest.events(),
          Math.ceilDiv(scenario.size(), followsEvery(scenario)),
          digest.summary());
    }
  }

  private @Nullable Failure live(World world, Progress progress, long began) {
    try {
      live(world, began, progress);
      return null;
    } catch (Violation v) {
      return new Failure(List.of(name), v.checker(), v.monitor(), world.elapsedNanos(), v.what());
    } catch (RuntimeException e) {
      StackTraceElement[] stack = e.getStackTrace();
      return new Failure(
          List.of(name),
          "engine",
          Violation.NO_MONITOR,
          world.elapsedNanos(),
          "threw " + e + (stack.length == 0 ? "" : " at " + stack[0]));
    }
  }

  private void live(World world, long began, Progress progress) {
    world.populate();
    long duration = scenario.durationNanos();
    int looks = Math.clamp(duration / SLACK_NANOS, 1, 1_000);
    for (int i = 1; i <= looks; i++) {
      world.runUntil(duration / looks * i);
      progress.at(world.elapsedNanos(), System.nanoTime() - began);
    }
    world.runUntil(duration);
    if (scenario.recovers()) {
      world.calm();
      recover(world);
    }
    world.drain(world.drainBoundNanos());
    allGiven(world);
    world.end();
  }

  private void recover(World world) {
    long since = Math.max(0, world.nowNanos());
    long from = world.elapsedNanos();
    long bound = recoveryBoundNanos(world);
    for (int look = 1; look <= LOOKS; look++) {
      world.runUntil(from + bound / LOOKS * look);
      String found = firstUnwell(world, since, look == LOOKS);
      if (found == null) {
        return;
      }
    }
  }

  private @Nullable String firstUnwell(World world, long since, boolean last) {
    Monitors monitors = world.monitors();
    for (int i = 0; i < monitors.size(); i++) {
      int monitor = monitors.handle(i);
      String found = liveness.unwell(world.engine(), monitor, since);
      if (found != null) {
        if (last) {
          throw new Violation(liveness.name(), monitor, world.nowNanos(), found);
        }
        return found;
      }
    }
    return null;
  }

  private long recoveryBoundNanos(World world) {
    Settings settings = world.settings();
    long delay = 0;
    for (Fault fault : scenario.allFaults()) {
      delay = Math.max(delay, fault.delayNanos());
    }
    long busy = SLACK_NANOS + delay + settings.tickNanos() + 2 * settings.wakeJitterNanos();
    long longest = 0;
    Monitors monitors = world.monitors();
    for (int i = 0; i < monitors.size(); i++) {
      MonitorRules rules = monitors.rules(monitors.handle(i));
      longest = Math.max(longest, Bounds.recoveryNanos(rules, settings.graceNanos(), busy));
    }
    return longest + world.clockBehindNanos();
  }

  /// Workers lost no outcome that they had made.
  private static void allGiven(World world) {
    for (Lane lane : Lane.values()) {
      long made = world.workers().lane(lane).produced();
      long held = world.workers().lane(lane).held();
      long counted = world.engine().ledger().lane(lane).outcomes;
      if (made - held != counted) {
        throw new Violation(
            "delivery",
            Violation.NO_MONITOR,
            world.nowNanos(),
            "workers of the %s lane made %d outcomes and hold %d, %d are counted"
                .formatted(lane, made, held, counted));
      }
    }
  }
}
