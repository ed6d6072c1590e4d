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
  TARGET_FLAP(Aim.TARGET);

  /// What a fault hits.
  public enum Aim {
    /// A lane, or every lane.
    LANE,
    /// The engine as a whole.
    ENGINE,
    /// A target, or a share of them.
    TARGET
  }

  private final Aim aim;

  FaultKind(Aim aim) {
    this.aim = aim;
  }

  /// What it hits.
  public Aim aim() {
    return aim;
  }

  /// As a load writes it, such as `worker-hang`.
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
