package dev.cpra.simulator.check;

import dev.cpra.engine.Engine;

/// `audit`: the engine itself finds nothing to repair. A slice of its monitors now and then.
public final class AuditChecker implements Checker {
  private static final int SLICE = 64;

  private final int monitors;
  private final int everyTicks;
  private int ticks;
  private int from;

  /// @param monitors most that the engine may have
  public AuditChecker(int monitors) {
    this.monitors = monitors;
    this.everyTicks = monitors <= 1_000 ? 1 : 100;
  }

  @Override
  public String name() {
    return "audit";
  }

  @Override
  public void tickEnded(Engine engine, long nowNanos) {
    if (++ticks % everyTicks != 0) {
      return;
    }
    int broken = engine.audit(from, Math.min(SLICE, monitors - from));
    if (broken > 0) {
      throw new Violation(
          name(),
          Violation.NO_MONITOR,
          nowNanos,
          "%d of the monitors from %d on are broken".formatted(broken, from));
    }
    from = from + SLICE >= monitors ? 0 : from + SLICE;
  }
}
