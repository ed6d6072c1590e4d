package dev.cpra.harness.trial;

import dev.cpra.engine.Code;
import dev.cpra.engine.Lane;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import dev.cpra.harness.result.StateChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes down every change of state of a few monitors, then passes it on. Belongs to the engine's
/// thread; the result may be read once that has ended. It allocates: for small loads only.
final class Journal implements Transitions {
  /// The word before the colour of a raised alert.
  static final String RAISED = "raised ";

  private static final int CHANGES_MAX = 10_000;
  private static final long SHOWN = Vitals.FLAGS & ~Vitals.WAITING & ~Vitals.ALERTED;

  private final Transitions next;
  private final List<String> names;
  private final long startNanos;
  private final List<List<StateChange>> changes = new ArrayList<>();
  private int count;

  /// A journal of the monitors with these names, by handle.
  Journal(List<String> names, long startNanos, Transitions next) {
    this.names = names;
    this.startNanos = startNanos;
    this.next = next;
    for (int i = 0; i < names.size(); i++) {
      changes.add(new ArrayList<>());
    }
  }

  /// The changes by monitor name.
  Map<String, List<StateChange>> byName() {
    Map<String, List<StateChange>> byName = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      byName.put(names.get(i), List.copyOf(changes.get(i)));
    }
    return byName;
  }

  private void write(int monitor, String state, long nowNanos) {
    if (count++ < CHANGES_MAX) {
      changes.get(monitor).add(new StateChange((nowNanos - startNanos) / 1e9, state));
    }
  }

  @Override
  public void changed(int monitor, long vitalsBefore, long vitalsAfter, long nowNanos) {
    if (((vitalsBefore ^ vitalsAfter) & SHOWN) != 0) {
      write(monitor, Vitals.describe(vitalsAfter & SHOWN), nowNanos);
    }
    next.changed(monitor, vitalsBefore, vitalsAfter, nowNanos);
  }

  @Override
  public void raised(int monitor, Code code, long nowNanos) {
    write(monitor, RAISED + code.name().toLowerCase(java.util.Locale.ROOT), nowNanos);
    next.raised(monitor, code, nowNanos);
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    if (lane == Lane.INTERVENTION) {
      write(monitor, "intervention", nowNanos);
    }
    next.dispatched(lane, monitor, number, detail, dueNanos, nowNanos);
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    next.ended(lane, monitor, number, end, dueNanos, nowNanos);
  }
}
