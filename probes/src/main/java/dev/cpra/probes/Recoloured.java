package dev.cpra.probes;

import dev.cpra.engine.Code;

/// A delivery that says another colour than its alert was raised with. Immutable.
///
/// @param act the delivery
/// @param colour what it says
public record Recoloured(Probe act, Code colour) implements Probe {
  @Override
  public long timeoutNanos() {
    return act.timeoutNanos();
  }

  @Override
  public ProbeRun newRun() {
    return act.newRun();
  }

  @Override
  public int detail(int job) {
    return colour.ordinal();
  }
}
