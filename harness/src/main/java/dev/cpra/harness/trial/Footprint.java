package dev.cpra.harness.trial;

import dev.cpra.engine.Engine;
import dev.cpra.engine.Transitions;
import dev.cpra.harness.work.TrialClock;
import dev.cpra.simulator.Population;
import org.jspecify.annotations.Nullable;

/// Measures what a monitor costs an engine in memory.
///
/// In the trial's own JVM, before anything runs: the heap after a collection with an engine that is
/// sized for one monitor and holds one, then the same with the engine of the trial, sized for all
/// and holding all. What the harness itself keeps (rules, due times, names of small loads) is there
/// both times and cancels out, as do lanes, classes and code. Native memory is what the JVM's
/// native memory tracking counts for Java code, measured at the same two points.
///
/// Null for fewer than [#MONITORS_MIN] monitors: there what an engine keeps whatever its size, and
/// noise, are the result.
public final class Footprint {
  /// The fewest monitors that are measured.
  public static final int MONITORS_MIN = 10_000;

  private final boolean measures;
  private long heapBefore;
  private @Nullable Long nativeBefore;
  private @Nullable Double heapBytes;
  private @Nullable Double nativeBytes;

  private final int monitors;

  /// @param monitors how many the measured engine holds
  public Footprint(int monitors) {
    this.monitors = monitors;
    this.measures = monitors >= MONITORS_MIN;
  }

  /// Measures with one monitor.
  public void before(EngineFactory factory, Population population) {
    if (!measures) {
      return;
    }
    try (Engine warm = factory.engine(1, factory.lanes(), Transitions.NONE)) {
      population.addTo(warm, 0, 1, TrialClock.START_NANOS); // loads the classes, once for both
    }
    try (Engine one = factory.engine(1, factory.lanes(), Transitions.NONE)) {
      population.addTo(one, 0, 1, TrialClock.START_NANOS);
      heapBefore = ProcessFigures.heapAfterGc();
      nativeBefore = ProcessFigures.nativeBytes();
      one.ledger(); // still in use while the heap was measured
    }
  }

  /// Measures with the trial's engine, loaded.
  public void after() {
    if (!measures) {
      return;
    }
    heapBytes = (ProcessFigures.heapAfterGc() - heapBefore) / (double) monitors;
    Long nativeAfter = ProcessFigures.nativeBytes();
    nativeBytes =
        nativeAfter == null || nativeBefore == null
            ? null
            : (nativeAfter - nativeBefore) / (double) monitors;
  }

  /// Heap; null if not measured.
  public @Nullable Double heapBytesPerMonitor() {
    return heapBytes;
  }

  /// Native memory; null if not measured.
  public @Nullable Double nativeBytesPerMonitor() {
    return nativeBytes;
  }
}
