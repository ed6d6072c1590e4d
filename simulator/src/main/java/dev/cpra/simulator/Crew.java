package dev.cpra.simulator;

import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.LaneQueue;
import dev.cpra.engine.Lanes;
import dev.cpra.engine.MonitorRules;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.Work;
import dev.cpra.simulator.work.JobTimeouts;
import dev.cpra.simulator.work.LaneFaults;
import dev.cpra.simulator.work.LaneListener;
import dev.cpra.simulator.work.Script;
import dev.cpra.simulator.work.ScriptedLane;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The workers of all three lanes of a world.
final class Crew {
  private final ScriptedLane[] lanes = new ScriptedLane[Lane.COUNT];

  /// Makes one lane's workers.
  @FunctionalInterface
  interface LaneMaker {
    ScriptedLane make(
        LaneQueue queue,
        Script script,
        IntUnaryOperator identity,
        JobTimeouts timeouts,
        int workers,
        LaneFaults faults,
        long stepNanos,
        @Nullable LaneListener listener);
  }

  /// The workers that a load asks for.
  static Crew scripted(
      Scenario scenario,
      Settings settings,
      Lanes lanes,
      IntUnaryOperator identity,
      IntFunction<MonitorRules> rules,
      LaneListener listener) {
    return new Crew(ScriptedLane::new, scenario, settings, lanes, identity, rules, listener);
  }

  Crew(
      LaneMaker maker,
      Scenario scenario,
      Settings settings,
      Lanes queues,
      IntUnaryOperator identity,
      IntFunction<MonitorRules> rules,
      LaneListener listener) {
    Work work = scenario.load().work();
    Script script =
        new Script(
            scenario.seed(), work.failure(), work.latency().p50Nanos(), work.latency().p99Nanos());
    List<Fault> faults =
        scenario.allFaults().stream().map(f -> f.until(scenario.durationNanos())).toList();
    for (Lane lane : Lane.values()) {
      lanes[lane.ordinal()] =
          maker.make(
              queues.lane(lane),
              script,
              identity,
              timeouts(lane, rules),
              settings.workers(lane),
              LaneFaults.of(
                  faults,
                  f -> scenario.keepsFault(f) && faults.get(f).atNanos() < scenario.durationNanos(),
                  lane,
                  scenario.seed()),
              settings.stepNanos(),
              listener);
    }
  }

  private static JobTimeouts timeouts(Lane lane, IntFunction<MonitorRules> rules) {
    return switch (lane) {
      case PULSE -> monitor -> rules.apply(monitor).timeoutNanos();
      case CODE -> monitor -> rules.apply(monitor).alerts().timeoutNanos();
      case INTERVENTION ->
          monitor -> {
            InterventionRules repair = rules.apply(monitor).intervention();
            return repair == null ? Long.MAX_VALUE : repair.timeoutNanos();
          };
    };
  }

  /// All lanes do what is to be done now; returns how many jobs began or ended.
  int pass(long nowNanos, long elapsedNanos) {
    int work = 0;
    for (ScriptedLane lane : lanes) {
      work += lane.pass(nowNanos, elapsedNanos);
    }
    return work;
  }

  /// When the next job ends, on the engine's clock.
  long nextEndNanos() {
    long next = Long.MAX_VALUE;
    for (ScriptedLane lane : lanes) {
      next = Math.min(next, lane.nextEndNanos());
    }
    return next;
  }

  /// From now on every job ends well.
  void calm() {
    for (ScriptedLane lane : lanes) {
      lane.calm();
    }
  }

  ScriptedLane lane(Lane lane) {
    return lanes[lane.ordinal()];
  }
}
