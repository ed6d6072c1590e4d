package dev.cpra.simulator;

import dev.cpra.manifest.load.Fault;
import dev.cpra.manifest.load.Load;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What one simulated run is, whichever engine runs it: a load, a seed, how long, and, in a shrunk
/// one, which of the monitors and faults are left. Immutable.
///
/// @param load what `eval` would run
/// @param population the load's monitors
/// @param seed decides everything that is left to chance
/// @param durationNanos how long the load runs; recovery comes on top
/// @param monitors indices into the population, ascending; null for all
/// @param faults indices into [#allFaults()], ascending; null for all
/// @param recovers whether a recovery follows the load, in which all goes well
public record Scenario(
    Load load,
    Population population,
    long seed,
    long durationNanos,
    @Nullable List<Integer> monitors,
    @Nullable List<Integer> faults,
    boolean recovers) {

  /// The whole load, for as long as its phases take.
  public static Scenario of(Load load, Population population, long seed) {
    return new Scenario(load, population, seed, load.durationNanos(), null, null, true);
  }

  /// This scenario, shorter or longer.
  public Scenario lasting(long nanos) {
    return new Scenario(load, population, seed, nanos, monitors, faults, recovers);
  }

  /// This scenario with fewer monitors.
  public Scenario withMonitors(@Nullable List<Integer> kept) {
    return new Scenario(load, population, seed, durationNanos, kept, faults, recovers);
  }

  /// This scenario with fewer faults.
  public Scenario withFaults(@Nullable List<Integer> kept) {
    return new Scenario(load, population, seed, durationNanos, monitors, kept, recovers);
  }

  /// This scenario without a recovery: it drains when the load is over, as a trial in real time
  /// does.
  public Scenario withoutRecovery() {
    return new Scenario(load, population, seed, durationNanos, monitors, faults, false);
  }

  /// How many monitors there are at the start.
  public int size() {
    List<Integer> kept = monitors;
    return kept == null ? population.size() : kept.size();
  }

  /// The index in the population of the i-th monitor.
  public int index(int i) {
    List<Integer> kept = monitors;
    return kept == null ? i : kept.get(i);
  }

  /// The indices of all its monitors.
  public List<Integer> monitorIndices() {
    List<Integer> kept = monitors;
    return kept == null ? IntStream.range(0, population.size()).boxed().toList() : kept;
  }

  /// The indices of all its faults.
  public List<Integer> faultIndices() {
    List<Integer> kept = faults;
    return kept == null ? IntStream.range(0, allFaults().size()).boxed().toList() : kept;
  }

  /// The load's faults and then those that the seed draws, whether left out or not. Those drawn
  /// depend on the seed and the load's own length only.
  public List<Fault> allFaults() {
    return DrawnFaults.allOf(load, seed);
  }

  /// Whether the fault with this index is not left out.
  public boolean keepsFault(int index) {
    List<Integer> kept = faults;
    return kept == null || Collections.binarySearch(kept, index) >= 0;
  }
}
