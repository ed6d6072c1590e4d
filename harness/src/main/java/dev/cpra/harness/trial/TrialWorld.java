package dev.cpra.harness.trial;

import dev.cpra.engine.Transitions;
import dev.cpra.harness.result.StateChange;
import dev.cpra.harness.result.TargetCheck;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.manifest.load.Load;
import dev.cpra.simulator.Population;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What is around the engine in one kind of trial: who does the jobs, and what is known of their
/// targets.
interface TrialWorld {
  /// The monitors.
  Population population();

  /// The trial's clock, not started yet.
  TrialClock clock();

  /// Who does the jobs. Called once.
  ///
  /// @param failure set to what ended a worker before its time
  Crew crew(Load load, AtomicReference<Throwable> failure);

  /// How long it took to read the monitors from a manifest; null if they come from none.
  default @Nullable Long manifestNanos() {
    return null;
  }

  /// The listener with what this world wants to hear put around it.
  default Transitions watch(Transitions listener) {
    return listener;
  }

  /// What is known of each embedded target, once the trial has drained.
  ///
  /// @param journal every change of state by monitor name, empty for large loads
  default List<TargetCheck> targetChecks(Map<String, List<StateChange>> journal) {
    return List.of();
  }

  /// The world of `noop` and `scripted` work.
  record Played(Population population, TrialClock clock, @Nullable Long manifestNanos)
      implements TrialWorld {
    @Override
    public Crew crew(Load load, AtomicReference<Throwable> failure) {
      return new ThreadCrew(load, population, clock, failure);
    }
  }
}
