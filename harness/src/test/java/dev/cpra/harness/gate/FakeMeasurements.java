package dev.cpra.harness.gate;

import dev.cpra.harness.gate.GateFile.GateLoad;
import dev.cpra.harness.paired.Answer;
import dev.cpra.harness.paired.ExactFigures;
import dev.cpra.harness.paired.PairPlan;
import dev.cpra.harness.paired.PairSlices;
import dev.cpra.harness.paired.PairSlices.LoadSlices;
import dev.cpra.harness.paired.Side;
import dev.cpra.harness.paired.SliceFigures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Figures by script: a pair takes ten seconds of its own clock and scatters by half a per cent.
final class FakeMeasurements implements Measurements, LongSupplier {
  private static final long PAIR_NANOS = 10_000_000_000L;
  private static final int ROUNDS = 5;
  private static final int JOBS = 100_000;
  private static final double NANOS_PER_JOB = 80;
  private static final double SCATTER = 0.005;

  private final SplittableRandom random = new SplittableRandom(3);
  private final List<String> asked = new ArrayList<>();
  private final List<Integer> loads = new ArrayList<>();
  private long nowNanos;

  /// How much slower a is than b.
  double slower = 1;

  /// How much more of a second a stalls than b, in ms.
  double stallsMore;

  /// By how much pairs swing, one up and the next one down.
  double swing;

  /// Fails every pair with this.
  @Nullable RuntimeException failure;

  ExactFigures exact =
      new ExactFigures(
          1_000,
          0,
          25.0,
          Map.of("structural_changes", 0.0, "batches", 0.02),
          Map.of("p99", 990.0),
          0,
          null);

  List<String> asked() {
    return asked;
  }

  /// How many loads each pair ran.
  List<Integer> loads() {
    return loads;
  }

  @Override
  public long getAsLong() {
    return nowNanos;
  }

  @Override
  public List<Map<String, ExactFigures>> exact(List<Side> sides, List<GateLoad> loads) {
    Map<String, ExactFigures> figures = new HashMap<>();
    for (GateLoad load : loads) {
      figures.put(load.load().name(), exact);
    }
    return Collections.nCopies(sides.size(), figures);
  }

  @Override
  public PairSlices pair(PairPlan plan, Side a, Side b, long seed) {
    asked.add(a.name() + " / " + b.name());
    loads.add(plan.loads().size());
    nowNanos += PAIR_NANOS;
    if (failure != null) {
      throw failure;
    }
    double sign = asked.size() % 2 == 0 ? 1 : -1;
    double factor = slower * Math.exp(sign * swing + SCATTER * random.nextGaussian());
    List<LoadSlices> all = new ArrayList<>();
    for (PairPlan.SlicedLoad load : plan.loads()) {
      all.add(
          new LoadSlices(
              slices(load, factor, stallsMore),
              slices(load, 1, 0),
              new Answer.Tails(null, null),
              new Answer.Tails(null, null)));
    }
    return new PairSlices(all, 0.01, 0.02);
  }

  private static List<SliceFigures> slices(
      PairPlan.SlicedLoad load, double factor, double stallsMs) {
    long nanos = Math.round(JOBS * NANOS_PER_JOB * factor);
    SliceFigures.Latency latency =
        load.virtual()
            ? null
            : new SliceFigures.Latency(
                5e5, 9e5, 6e5, 1e6, Math.round(nanos * (1 + stallsMs) / 1_000));
    List<SliceFigures> slices = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      slices.add(new SliceFigures(JOBS, nanos, nanos, 0, 0, latency));
    }
    return slices;
  }
}
