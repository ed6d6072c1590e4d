package dev.cpra.simulator;

import dev.cpra.engine.Lane;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.FaultKind;
import dev.cpra.manifest.load.Phase;
import dev.cpra.simulator.Streams.Stream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// All actions of a scenario in the order of their times, and when the engine is stalled.
final class Timeline {
  private final Scenario scenario;
  private final Streams streams;
  private final List<Fault> faults;
  private final List<Action> actions = new ArrayList<>();
  private final List<Fault> stalls = new ArrayList<>();
  private final TreeSet<Long> looks = new TreeSet<>();

  Timeline(Scenario scenario) {
    this.scenario = scenario;
    this.streams = new Streams(scenario.seed());
    this.faults = scenario.allFaults();
    phases();
    for (int f = 0; f < faults.size(); f++) {
      if (scenario.keepsFault(f)) {
        fault(f, faults.get(f));
      }
    }
    actions.removeIf(a -> a.atNanos() >= scenario.durationNanos());
    closeFaults();
    actions.sort(Comparator.comparingLong(Action::atNanos)); // stable: then by phase and fault
  }

  /// In the order of time.
  List<Action> actions() {
    return actions;
  }

  /// How many monitors are added in all.
  int additions() {
    return (int) actions.stream().filter(a -> a.kind() == Action.Kind.ADD).count();
  }

  /// How many changes of rules there are.
  int changes() {
    return (int) actions.stream().filter(a -> a.kind() == Action.Kind.CHANGE).count();
  }

  /// Until when the engine is not called, if it is not now; else `nowNanos`.
  long stalledUntil(long nowNanos) {
    long until = nowNanos;
    for (int i = 0; i < stalls.size(); i++) {
      Fault stall = stalls.get(i);
      if (stall.isOn(nowNanos)) {
        until = Math.max(until, Math.min(stall.endNanos(), scenario.durationNanos()));
      }
    }
    return until;
  }

  private void phases() {
    long at = 0;
    List<Phase> phases = scenario.load().phases();
    for (int p = 0; p < phases.size(); p++) {
      actions.add(new Action(Action.Kind.PHASE, at, -1, p, null, p));
      at += phases.get(p).forNanos();
    }
  }

  private void fault(int f, Fault fault) {
    switch (fault.kind()) {
      case QUEUE_FULL -> {
        for (Lane lane : Lane.values()) {
          if (fault.hits(lane)) {
            long left = Math.round(1_000 * (1 - fault.rate()));
            actions.add(new Action(Action.Kind.NARROW, fault.atNanos(), f, 0, lane, left));
            actions.add(new Action(Action.Kind.NARROW, fault.endNanos(), f, 1, lane, 1_000));
          }
        }
      }
      case CLOCK_JUMP ->
          actions.add(new Action(Action.Kind.JUMP, fault.atNanos(), f, 0, null, fault.byNanos()));
      case RESTART -> actions.add(new Action(Action.Kind.RESTART, fault.atNanos(), f, 0, null, 0));
      case CRASH -> actions.add(new Action(Action.Kind.CRASH, fault.atNanos(), f, 0, null, 0));
      case ENGINE_STALL -> stalls.add(fault);
      case MONITORS_ADD -> churn(f, fault, Action.Kind.ADD);
      case MONITORS_REMOVE -> churn(f, fault, Action.Kind.REMOVE);
      case MONITORS_CHANGE -> churn(f, fault, Action.Kind.CHANGE);
      case MONITORS_RUN_NOW -> churn(f, fault, Action.Kind.RUN_NOW);
      case MONITORS_PAUSE -> {
        churn(f, fault, Action.Kind.PAUSE);
        actions.add(
            new Action(Action.Kind.RESUME_PAUSED, fault.endNanos(), f, 0, null, fault.endNanos()));
      }
      default -> {
        looks.add(fault.atNanos());
        looks.add(Math.min(fault.endNanos(), scenario.durationNanos()));
      }
    }
  }

  /// The first time after this one at which a fault of the workers begins or ends.
  long nextLookNanos(long nowNanos) {
    Long next = looks.higher(nowNanos);
    return next == null ? Long.MAX_VALUE : next;
  }

  /// One action for each monitor hit, at any time while the fault is on. The number follows from
  /// the monitors left, the times from the fault alone.
  private void churn(int f, Fault fault, Action.Kind kind) {
    long count = Math.max(1, Math.round(fault.rate() * scenario.size()));
    for (int i = 0; i < count; i++) {
      long at =
          fault.atNanos() + streams.between(Stream.ACTION_TIME, f, i, 0, fault.forNanos() - 1);
      actions.add(new Action(kind, at, f, i, null, 0));
    }
  }

  /// What would end after the load ends with it.
  private void closeFaults() {
    long end = scenario.durationNanos();
    for (int f = 0; f < faults.size(); f++) {
      Fault fault = faults.get(f);
      boolean cut = fault.atNanos() < end && fault.endNanos() >= end && scenario.keepsFault(f);
      if (cut && fault.kind() == FaultKind.MONITORS_PAUSE) {
        actions.add(new Action(Action.Kind.RESUME_PAUSED, end, f, 0, null, end));
      }
    }
    for (Lane lane : Lane.values()) {
      actions.add(new Action(Action.Kind.NARROW, end, -1, 0, lane, 1_000));
    }
  }
}
