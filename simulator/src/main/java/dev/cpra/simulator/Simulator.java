package dev.cpra.simulator;

import dev.cpra.simulator.Simulation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Runs one scenario on several engines and compares what they told. Thread-safe: runs share
/// nothing.
public final class Simulator {
  /// A story goes on a little after the failure.
  private static final long AFTER_NANOS = 100_000_000;

  private final List<Variant> variants;

  /// @param variants at least one; the traces of all others are compared with that of the first
  public Simulator(List<Variant> variants) {
    if (variants.isEmpty()) {
      throw new IllegalArgumentException("expected at least one engine, found none");
    }
    this.variants = List.copyOf(variants);
  }

  /// Hears how far the runs are, each on its own thread.
  @FunctionalInterface
  public interface Listener {
    /// Hears nothing.
    Listener NONE = (_, _, _) -> {};

    /// An engine's world has come so far.
    void at(String engine, long elapsedNanos, long wallNanos);
  }

  /// One engine after the other, on the caller's thread.
  public Outcome run(Scenario scenario) {
    List<Run> runs = new ArrayList<>();
    for (Variant variant : variants) {
      runs.add(simulation(scenario, variant).run(Progress.NONE));
    }
    return outcome(scenario, runs);
  }

  /// All engines at once, each on a thread of its own.
  public Outcome runAtOnce(Scenario scenario, Listener listener) throws InterruptedException {
    List<Future<Run>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(variants.size())) {
      for (Variant variant : variants) {
        Progress progress = (elapsed, wall) -> listener.at(variant.name(), elapsed, wall);
        futures.add(threads.submit(() -> simulation(scenario, variant).run(progress)));
      }
      List<Run> runs = new ArrayList<>();
      for (Future<Run> future : futures) {
        runs.add(future.get());
      }
      return outcome(scenario, runs);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a simulation ended with " + e.getCause(), e);
    }
  }

  private static Simulation simulation(Scenario scenario, Variant variant) {
    return new Simulation(scenario, variant.name(), variant.maker(), List.of());
  }

  private Outcome outcome(Scenario scenario, List<Run> runs) {
    return new Outcome(scenario, runs, firstFailure(scenario, runs));
  }

  private @Nullable Failure firstFailure(Scenario scenario, List<Run> runs) {
    for (Run run : runs) {
      Failure failure = run.failure();
      if (failure != null) {
        return failure;
      }
    }
    for (int i = 1; i < runs.size(); i++) {
      Failure difference =
          TraceComparison.explain(
              scenario, runs.get(0), variants.get(0).maker(), runs.get(i), variants.get(i).maker());
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  /// The last lines of what an engine told of the monitor that a failure concerns, up to the
  /// failure, the oldest first.
  ///
  /// @param engine the name of a variant
  public List<String> story(Scenario scenario, String engine, Failure failure, int lines) {
    Variant variant =
        variants.stream()
            .filter(v -> v.name().equals(engine))
            .findFirst()
            .orElse(variants.getFirst());
    TraceRecorder recorder =
        TraceRecorder.ofMonitor(
            failure.monitor(), World.START_NANOS + failure.elapsedNanos() + AFTER_NANOS, lines);
    new Simulation(scenario, variant.name(), variant.maker(), List.of(recorder)).run(Progress.NONE);
    return recorder.lines().stream().map(TraceRecorder.Line::toString).toList();
  }
}
