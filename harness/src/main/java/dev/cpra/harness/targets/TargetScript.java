package dev.cpra.harness.targets;

import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.FaultKind;
import dev.cpra.manifest.load.Targets.State;
import dev.cpra.manifest.load.Targets.Step;
import dev.cpra.manifest.load.Targets.Target;
import dev.cpra.simulator.work.Mix;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What state a target is to be in when: its script, with the load's faults laid over it. Which
/// targets a fault with a rate hits is a pure function of the work's seed. Immutable.
final class TargetScript {
  private static final State DEFAULT = State.UP;

  private final List<Step> script;
  private final List<Fault> faults;

  private TargetScript(List<Step> script, List<Fault> faults) {
    this.script = script;
    this.faults = faults;
  }

  /// The script of one target.
  static TargetScript of(Target target, List<Fault> all, long seed) {
    List<Fault> mine = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Fault fault = all.get(i);
      if (fault.kind().aim() == FaultKind.Aim.TARGET
          && (fault.target() == null || target.name().equals(fault.target()))
          && Mix.unit(Mix.mix(Mix.mix(seed, i), Mix.hash(target.name()))) < fault.rate()) {
        mine.add(fault);
      }
    }
    return new TargetScript(target.script(), List.copyOf(mine));
  }

  /// The state that is demanded at a time since the start, in nanoseconds.
  State at(long nanos) {
    for (Fault fault : faults) {
      if (fault.isOn(nanos)) {
        boolean downHalf =
            fault.kind() != FaultKind.TARGET_FLAP
                || (nanos - fault.atNanos()) / fault.periodNanos() % 2 == 0;
        if (fault.kind() == FaultKind.TARGET_SLOW) {
          return State.SLOW;
        }
        if (downHalf) {
          return State.DOWN;
        }
      }
    }
    State state = DEFAULT;
    for (Step step : script) {
      if (step.atNanos() <= nanos) {
        state = step.state();
      }
    }
    return state;
  }

  /// How much later a slow target answers.
  long slowNanos() {
    for (Fault fault : faults) {
      if (fault.kind() == FaultKind.TARGET_SLOW) {
        return fault.delayNanos();
      }
    }
    return EmbeddedTarget.SLOW_NANOS;
  }

  /// Every state in order of time, from the start to `endNanos`, each with when it begins;
  /// neighbours differ.
  List<Step> steps(long endNanos) {
    TreeSet<Long> edges = new TreeSet<>(List.of(0L));
    script.forEach(step -> edges.add(step.atNanos()));
    for (Fault fault : faults) {
      edges.add(fault.atNanos());
      edges.add(fault.atNanos() + fault.forNanos());
      if (fault.kind() == FaultKind.TARGET_FLAP) {
        for (long t = 0; t < fault.forNanos(); t += fault.periodNanos()) {
          edges.add(fault.atNanos() + t);
        }
      }
    }
    List<Step> steps = new ArrayList<>();
    for (long edge : edges.headSet(endNanos)) {
      State state = at(edge);
      if (steps.isEmpty() || steps.getLast().state() != state) {
        steps.add(new Step(edge, state));
      }
    }
    return List.copyOf(steps);
  }

  /// Whether the target ever refuses connections.
  boolean everDown(long endNanos) {
    return steps(endNanos).stream().anyMatch(step -> step.state() == State.DOWN);
  }
}
