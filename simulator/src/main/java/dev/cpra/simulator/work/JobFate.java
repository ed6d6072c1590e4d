package dev.cpra.simulator.work;

import dev.cpra.engine.Lane;
import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.FaultKind;

/// What the faults that are on now do to a job. One worker thread's; allocates nothing.
///
/// - `slow`: takes longer by the fault's delay; `worker-hang`: ends when the fault does
/// - `lost`: runs, but its outcome is never told; `late`: told after its deadline
/// - `duplicate`: told twice; `reorder`: held back for a random time, so that others overtake it
/// - `worker-crash`: the share of workers given by the rate is gone while it lasts
/// - `outcomes-full`: no outcome is taken while it lasts
/// - `target-down`, `target-slow`, `target-flap`: each monitor has a target of its own; pulses of
///   the share that is hit fail, or take longer
final class JobFate {
  /// The longest a job is held back by `reorder`.
  private static final long REORDER_NANOS = 50_000_000;

  private final LaneFaults faults;

  /// The faults that are on: the first [#active] of them.
  private final int[] on;

  private int active;
  private long changesNanos = Long.MIN_VALUE;
  private long nowNanos;
  private long elapsedNanos;
  private boolean refusesOutcomes;
  private double workersGone;
  private long latencyNanos;
  private long notBeforeNanos;
  private int copies;
  private boolean fails;

  JobFate(LaneFaults faults) {
    this.faults = faults;
    this.on = new int[faults.size()];
  }

  /// Says what time it is: on the engine's clock, and by the wall clock since the trial began.
  void at(long engineNanos, long sinceStartNanos) {
    nowNanos = engineNanos;
    elapsedNanos = sinceStartNanos;
    if (sinceStartNanos >= changesNanos) {
      look(sinceStartNanos);
    }
  }

  private void look(long sinceStartNanos) {
    refusesOutcomes = false;
    workersGone = 0;
    active = 0;
    changesNanos = Long.MAX_VALUE;
    for (int f = 0; f < on.length; f++) {
      Fault fault = faults.get(f);
      if (fault.atNanos() > sinceStartNanos) {
        changesNanos = Math.min(changesNanos, fault.atNanos());
      } else if (fault.isOn(sinceStartNanos)) {
        changesNanos = Math.min(changesNanos, fault.endNanos());
        on[active++] = f;
        switch (fault.kind()) {
          case OUTCOMES_FULL -> refusesOutcomes = true;
          case WORKER_CRASH -> workersGone = Math.max(workersGone, fault.rate());
          default -> {}
        }
      }
    }
  }

  /// Whether the queue of outcomes acts full.
  boolean refusesOutcomes() {
    return refusesOutcomes;
  }

  /// How many of the workers are alive.
  int workersLeft(int workers) {
    return workersGone == 0 ? workers : (int) Math.round(workers * (1 - workersGone));
  }

  /// Decides the fate of a job that starts now; ask with the methods below.
  ///
  /// @param monitor what the monitor is known by
  /// @param number of the monitor's job in this lane
  void of(int monitor, int number, long deadlineNanos, long scriptedNanos) {
    latencyNanos = scriptedNanos;
    notBeforeNanos = Long.MIN_VALUE;
    copies = 1;
    fails = false;
    for (int i = 0; i < active; i++) {
      int f = on[i];
      if (faults.get(f).kind().aim() == FaultKind.Aim.TARGET) {
        if (faults.hitsTarget(f, monitor)) {
          applyToTarget(faults.get(f));
        }
      } else if (faults.hits(f, monitor, number)) {
        apply(f, monitor, number, deadlineNanos);
      }
    }
  }

  private void applyToTarget(Fault fault) {
    switch (fault.kind()) {
      case TARGET_SLOW -> latencyNanos += fault.delayNanos();
      case TARGET_FLAP ->
          fails |= (elapsedNanos - fault.atNanos()) / Math.max(1, fault.periodNanos()) % 2 == 0;
      default -> fails = true;
    }
  }

  private void apply(int f, int monitor, int number, long deadlineNanos) {
    Fault fault = faults.get(f);
    switch (fault.kind()) {
      case SLOW -> latencyNanos += fault.delayNanos();
      case WORKER_HANG -> holdUntil(nowNanos + fault.endNanos() - elapsedNanos);
      case LOST -> copies = 0;
      case LATE -> holdUntil(deadlineNanos + fault.delayNanos());
      case DUPLICATE -> copies = Math.min(2, copies * 2);
      case REORDER -> {
        long held = Mix.below(Mix.mix(faults.draw(f, monitor, number)), REORDER_NANOS);
        holdUntil(nowNanos + latencyNanos + held);
      }
      default -> {}
    }
  }

  private void holdUntil(long nanos) {
    notBeforeNanos = Math.max(notBeforeNanos, nanos);
  }

  long latencyNanos() {
    return latencyNanos;
  }

  long notBeforeNanos() {
    return notBeforeNanos;
  }

  /// How often the outcome is told.
  int copies() {
    return copies;
  }

  /// Whether the target is down.
  boolean fails() {
    return fails;
  }

  /// The lane whose jobs find a target at their other end.
  static boolean hasTargets(Lane lane) {
    return lane == Lane.PULSE;
  }
}
