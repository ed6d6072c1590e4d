package dev.cpra.simulator.check;

import dev.cpra.engine.Alerts;
import dev.cpra.engine.Engine;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// `liveness`: once everything goes well again, every monitor is checked, is found well, and has
/// nothing left to say, within bounded time. Follows the pulses; the world asks it in the end.
public final class LivenessChecker implements Checker {
  private static final long NEVER = -1;

  private long[] lastOk = new long[16];
  private final MonitorState state = new MonitorState();

  /// A checker that has seen nothing.
  public LivenessChecker() {
    Arrays.fill(lastOk, NEVER);
  }

  @Override
  public String name() {
    return "liveness";
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    if (lane == Lane.PULSE && end == Transitions.OK) {
      if (monitor >= lastOk.length) {
        int old = lastOk.length;
        lastOk = Arrays.copyOf(lastOk, Math.max(monitor + 1, 2 * old));
        Arrays.fill(lastOk, old, lastOk.length, NEVER);
      }
      lastOk[monitor] = nowNanos;
    }
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    Arrays.fill(lastOk, NEVER);
  }

  /// What keeps a monitor from being called well again, null if nothing does.
  ///
  /// @param sinceNanos when things began to go well, on the engine's clock
  public @Nullable String unwell(Engine engine, int monitor, long sinceNanos) {
    if (monitor >= lastOk.length || lastOk[monitor] < sinceNanos) {
      engine.read(monitor, state);
      return "not found well since, it is " + Vitals.describe(state.vitals);
    }
    engine.read(monitor, state);
    if (Vitals.has(
        state.vitals, Vitals.WARNED | Vitals.INCIDENT | Vitals.VERIFYING | Vitals.UNKNOWN)) {
      return "still " + Vitals.describe(state.vitals);
    }
    if (state.alerts != Alerts.NONE) {
      return Alerts.count(state.alerts) + " alerts undelivered";
    }
    return null;
  }
}
