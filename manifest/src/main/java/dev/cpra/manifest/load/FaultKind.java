package dev.cpra.manifest.load;

import java.util.Locale;

/// What can go wrong on purpose.
public enum FaultKind {
  /// The lane takes no job.
  QUEUE_FULL(Aim.LANE),
  /// Workers end without an outcome, and with them the job at hand.
  WORKER_CRASH(Aim.LANE),
  /// Workers hold their job until the fault is over.
  WORKER_HANG(Aim.LANE),
  /// Jobs take longer, by `delay`.
  SLOW(Aim.LANE),
  /// Outcomes vanish.
  LOST(Aim.LANE),
  /// Outcomes come after their deadline, by `delay`.
  LATE(Aim.LANE),
  /// Outcomes come twice.
  DUPLICATE(Aim.LANE),
  /// Outcomes come in another order.
  REORDER(Aim.LANE),
  /// The queue of outcomes takes none.
  OUTCOMES_FULL(Aim.LANE),
  /// The clock moves `by` a distance, backwards if that is negative, at one instant.
  CLOCK_JUMP(Aim.ENGINE),
  /// The engine is not called.
  ENGINE_STALL(Aim.ENGINE),
  /// Targets refuse connections.
  TARGET_DOWN(Aim.TARGET),
  /// Targets answer later, by `delay`.
  TARGET_SLOW(Aim.TARGET),
  /// Targets go down and up again, each `period`.
  TARGET_FLAP(Aim.TARGET),
  /// So many monitors are added, spread over the fault's length.
  MONITORS_ADD(Aim.MONITORS),
  /// Monitors are removed, spread over the fault's length.
  MONITORS_REMOVE(Aim.MONITORS),
  /// Monitors get other rules, spread over the fault's length.
  MONITORS_CHANGE(Aim.MONITORS),
  /// Monitors are paused one after the other, and all go on when the fault ends.
  MONITORS_PAUSE(Aim.MONITORS),
  /// A pulse is asked for beside the grid, of one monitor after the other.
  MONITORS_RUN_NOW(Aim.MONITORS),
  /// The engine drains, ends, and another one goes on from its state.
  RESTART(Aim.ENGINE),
  /// The engine ends at once with all that is in flight, and another one goes on from its state.
  CRASH(Aim.ENGINE);

  /// What a fault hits.
  public enum Aim {
    /// A lane, or every lane.
    LANE,
    /// The engine as a whole.
    ENGINE,
    /// A target, or a share of them. Scripted work has one for each monitor.
    TARGET,
    /// A share of the monitors.
    MONITORS
  }

  private final Aim aim;

  FaultKind(Aim aim) {
    this.aim = aim;
  }

  /// What it hits.
  public Aim aim() {
    return aim;
  }

  /// Whether it happens at one instant, and so has no length.
  public boolean isInstant() {
    return this == CLOCK_JUMP || this == RESTART || this == CRASH;
  }

  /// As a load writes it, such as `worker-hang`.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
