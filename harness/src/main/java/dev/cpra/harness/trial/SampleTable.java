package dev.cpra.harness.trial;

import dev.cpra.harness.result.Cpu;
import dev.cpra.harness.result.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Samples in rows of numbers. All room is taken at the start: a list of them would grow the heap
/// that they watch, by some megabytes an hour. Not thread-safe.
final class SampleTable {
  private static final int AT = 0;
  private static final int JOBS = 1;
  private static final int LATE = 2;
  private static final int IN_FLIGHT = 3;
  private static final int WAITING = 4;
  private static final int HEAP = 5;
  private static final int RSS = 6;
  private static final int CORES = 7;
  private static final int COLUMNS = CORES + Cpu.GROUPS.size();

  private final double[] values;
  private final int capacity;
  private int size;

  /// @param capacity most samples
  SampleTable(int capacity) {
    this.capacity = capacity;
    this.values = new double[capacity * COLUMNS];
  }

  /// Whether there is no more room.
  boolean isFull() {
    return size == capacity;
  }

  /// Adds one; there is room.
  void add(Sample sample) {
    int row = size * COLUMNS;
    values[row + AT] = sample.atSeconds();
    values[row + JOBS] = sample.jobsPerSecond();
    values[row + LATE] = orNaN(sample.latenessP99Us());
    values[row + IN_FLIGHT] = sample.inFlight();
    values[row + WAITING] = sample.waiting();
    values[row + HEAP] = sample.heapMib();
    values[row + RSS] = orNaN(sample.rssMib());
    for (int group = 0; group < Cpu.GROUPS.size(); group++) {
      values[row + CORES + group] = orNaN(sample.cpuCores().get(Cpu.GROUPS.get(group)));
    }
    size++;
  }

  /// All of them, in the order they were added.
  List<Sample> samples() {
    List<Sample> samples = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      samples.add(sample(i * COLUMNS));
    }
    return List.copyOf(samples);
  }

  private Sample sample(int row) {
    return new Sample(
        values[row + AT],
        values[row + JOBS],
        orNull(values[row + LATE]),
        (long) values[row + IN_FLIGHT],
        (long) values[row + WAITING],
        values[row + HEAP],
        orNull(values[row + RSS]),
        cores(row + CORES));
  }

  private Map<String, Double> cores(int from) {
    Map<String, Double> cores = new LinkedHashMap<>();
    for (int group = 0; group < Cpu.GROUPS.size(); group++) {
      double used = values[from + group];
      if (!Double.isNaN(used)) {
        cores.put(Cpu.GROUPS.get(group), used);
      }
    }
    return cores;
  }

  private static double orNaN(@Nullable Double value) {
    return value == null ? Double.NaN : value;
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : Double.valueOf(value);
  }
}
