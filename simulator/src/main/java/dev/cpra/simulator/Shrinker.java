package dev.cpra.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Makes a failing scenario small: shorter, with fewer faults and fewer monitors, while the same
/// checker still fails. Faults and monitors are left out by delta debugging (Zeller and
/// Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE 2002). Used once.
///
/// Jobs have the same fate whatever else is left out, so that most failures survive; one that does
/// not stays as large as it has to.
public final class Shrinker {
  /// Time that is left after the failure, so that the world sees it again.
  private static final long AFTER_NANOS = 1_000_000;

  private final Simulator simulator;
  private final LongSupplier clock;
  private final long untilNanos;
  private Outcome smallest;
  private String checker = "";
  private int tries;

  /// @param clock a machine's clock in nanoseconds
  /// @param boundNanos how long to try; what is smallest by then is good enough
  public Shrinker(Simulator simulator, Outcome failed, LongSupplier clock, long boundNanos) {
    this.simulator = simulator;
    this.smallest = failed;
    this.clock = clock;
    this.untilNanos = clock.getAsLong() + boundNanos;
  }

  /// The smallest scenario found that fails in the same checker, as it failed.
  public Outcome shrink() {
    Failure failure = smallest.failure();
    if (failure == null) {
      return smallest;
    }
    checker = failure.checker();
    shorten();
    faults();
    monitors();
    shorten();
    faults();
    return smallest;
  }

  /// How many scenarios were tried.
  public int tries() {
    return tries;
  }

  private boolean fails(Scenario scenario) {
    if (clock.getAsLong() > untilNanos) {
      return false;
    }
    tries++;
    Outcome outcome = simulator.run(scenario);
    Failure failure = outcome.failure();
    if (failure != null && failure.checker().equals(checker)) {
      smallest = outcome;
      return true;
    }
    return false;
  }

  private void shorten() {
    Failure failure = smallest.failure();
    if (failure == null) {
      return;
    }
    long at = failure.elapsedNanos() + AFTER_NANOS;
    if (at < smallest.scenario().durationNanos()) {
      fails(smallest.scenario().lasting(at));
    }
    for (int percent : new int[] {50, 75, 90}) {
      long shorter = smallest.scenario().durationNanos() / 100 * percent;
      while (shorter > 0 && fails(smallest.scenario().lasting(shorter))) {
        shorter = smallest.scenario().durationNanos() / 100 * percent;
      }
    }
  }

  private void faults() {
    minimise(
        new Part() {
          @Override
          public List<Integer> of(Scenario scenario) {
            return scenario.faultIndices();
          }

          @Override
          public Scenario with(Scenario scenario, List<Integer> kept) {
            return scenario.withFaults(kept);
          }
        });
    fails(smallest.scenario().withFaults(List.of()));
  }

  private void monitors() {
    minimise(
        new Part() {
          @Override
          public List<Integer> of(Scenario scenario) {
            return scenario.monitorIndices();
          }

          @Override
          public @Nullable Scenario with(Scenario scenario, List<Integer> kept) {
            return kept.isEmpty() ? null : scenario.withMonitors(kept);
          }
        });
  }

  /// A part of a scenario that is a set of indices.
  private interface Part {
    List<Integer> of(Scenario scenario);

    @Nullable Scenario with(Scenario scenario, List<Integer> kept);
  }

  /// Leaves out one chunk after the other, in chunks that get smaller.
  private void minimise(Part part) {
    int chunks = 2;
    while (true) {
      List<Integer> all = part.of(smallest.scenario());
      if (all.size() < 1) {
        return;
      }
      boolean smaller = false;
      for (int c = 0; c < chunks && !smaller; c++) {
        int from = (int) ((long) all.size() * c / chunks);
        int to = (int) ((long) all.size() * (c + 1) / chunks);
        Scenario without = part.with(smallest.scenario(), without(all, from, to));
        smaller = to > from && without != null && fails(without);
      }
      if (smaller) {
        chunks = Math.max(2, chunks - 1);
      } else if (chunks >= all.size() || clock.getAsLong() > untilNanos) {
        return;
      } else {
        chunks = Math.min(all.size(), 2 * chunks);
      }
    }
  }

  private static List<Integer> without(List<Integer> all, int from, int to) {
    List<Integer> kept = new ArrayList<>(all.subList(0, from));
    kept.addAll(all.subList(to, all.size()));
    return List.copyOf(kept);
  }
}
