package dev.cpra.simulator.check;

import dev.cpra.engine.Engine;
import dev.cpra.engine.InterventionRules;
import dev.cpra.engine.Lane;
import dev.cpra.engine.MonitorRules;
import dev.cpra.engine.MonitorState;
import dev.cpra.engine.Transitions;
import dev.cpra.engine.Vitals;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `quiet`: no pulse while an intervention is in flight or settling, no intervention while a pulse
/// is; interventions stay within their attempts; and nothing new of a paused monitor but alerts.
public final class QuietChecker implements Checker {
  private record Pause(int monitor, boolean paused) {}

  private final KnownRules rules = new KnownRules();
  private final BitSet pulsing = new BitSet();
  private final BitSet intervening = new BitSet();
  private final BitSet paused = new BitSet();
  private final List<Pause> pauses = new ArrayList<>();
  private final Set<Integer> askedFor = new HashSet<>();
  private final Map<Integer, Long> settles = new HashMap<>();
  private final Map<Integer, Integer> attemptsBefore = new HashMap<>();

  @Override
  public String name() {
    return "quiet";
  }

  @Override
  public void added(int monitor, MonitorRules its, long firstDueNanos) {
    rules.added(monitor, its);
    paused.clear(monitor);
  }

  @Override
  public void restored(int monitor, MonitorState state) {
    paused.set(monitor, Vitals.has(state.vitals, Vitals.PAUSED));
    if (Vitals.phase(state.vitals) == Vitals.INTERVENTION_DUE) {
      attemptsBefore.put(monitor, Vitals.attempts(state.vitals) + 1); // due by then, may go out
    }
  }

  @Override
  public void updated(int monitor, MonitorRules its) {
    rules.updated(monitor, its);
  }

  @Override
  public void pausing(int monitor, boolean its) {
    pauses.add(new Pause(monitor, its));
  }

  @Override
  public void runningNow(int monitor, long dueNanos) {
    askedFor.add(monitor);
  }

  @Override
  public void tickBegins(long nowNanos, long lateNanos) {
    rules.tickBegins((monitor, before, after) -> {
      if (before.maxAttempts() > after.maxAttempts()) {
        attemptsBefore.merge(monitor, before.maxAttempts(), Math::max);
      }
    });
    for (Pause pause : pauses) {
      paused.set(pause.monitor, pause.paused);
    }
    pauses.clear();
  }

  @Override
  public void dispatched(
      Lane lane, int monitor, int number, int detail, long dueNanos, long nowNanos) {
    switch (lane) {
      case PULSE -> pulse(monitor, dueNanos, nowNanos);
      case INTERVENTION -> intervention(monitor, detail, nowNanos);
      case CODE -> {}
    }
  }

  private void pulse(int monitor, long dueNanos, long nowNanos) {
    if (intervening.get(monitor)) {
      throw new Violation(name(), monitor, nowNanos, "pulsed while an intervention is in flight");
    }
    if (paused.get(monitor)) {
      throw new Violation(name(), monitor, nowNanos, "pulsed while paused");
    }
    Long settled = settles.remove(monitor);
    boolean asked = askedFor.remove(monitor);
    if (settled != null && dueNanos < settled && !asked) {
      throw new Violation(
          name(), monitor, nowNanos, "a slot before " + settled + " is pulsed while settling");
    }
    pulsing.set(monitor);
  }

  private void intervention(int monitor, int attempt, long nowNanos) {
    if (pulsing.get(monitor)) {
      throw new Violation(name(), monitor, nowNanos, "an intervention while a pulse is in flight");
    }
    if (paused.get(monitor)) {
      throw new Violation(name(), monitor, nowNanos, "an intervention while paused");
    }
    MonitorRules its = rules.of(monitor);
    Integer before = attemptsBefore.remove(monitor); // what was due by then may still go out
    int most = Math.max(its == null ? 0 : its.maxAttempts(), before == null ? 0 : before);
    if (attempt < 1 || attempt > most) {
      throw new Violation(
          name(), monitor, nowNanos, "attempt %d of at most %d".formatted(attempt, most));
    }
    intervening.set(monitor);
  }

  @Override
  public void ended(Lane lane, int monitor, int number, int end, long dueNanos, long nowNanos) {
    switch (lane) {
      case PULSE -> pulsing.clear(monitor);
      case INTERVENTION -> {
        intervening.clear(monitor);
        MonitorRules its = rules.of(monitor);
        InterventionRules repair = its == null ? null : its.intervention();
        if (repair != null && (end == Transitions.OK || end == Transitions.EXPIRED)) {
          settles.put(monitor, nowNanos + repair.retryDelayNanos());
        }
      }
      case CODE -> {}
    }
  }

  @Override
  public void removed(int monitor, long nowNanos) {
    rules.removed(monitor);
    settles.remove(monitor);
    attemptsBefore.remove(monitor);
    askedFor.remove(monitor);
  }

  @Override
  public void ended(Engine engine, long nowNanos) {
    rules.clear();
    pulsing.clear();
    intervening.clear();
    paused.clear();
    pauses.clear();
    askedFor.clear();
    settles.clear();
    attemptsBefore.clear();
  }
}
