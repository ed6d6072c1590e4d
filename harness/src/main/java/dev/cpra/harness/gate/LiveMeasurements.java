package dev.cpra.harness.gate;

import dev.cpra.harness.gate.GateFile.GateLoad;
import dev.cpra.harness.paired.ExactFigures;
import dev.cpra.harness.paired.ExactTaking;
import dev.cpra.harness.paired.Pair;
import dev.cpra.harness.paired.PairFailure;
import dev.cpra.harness.paired.PairPlan;
import dev.cpra.harness.paired.PairSlices;
import dev.cpra.harness.paired.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Figures of real JVMs.
final class LiveMeasurements implements Measurements {
  /// Several at once: what they take is exact, whatever else the machine does.
  @Override
  public List<Map<String, ExactFigures>> exact(List<Side> sides, List<GateLoad> loads)
      throws IOException, InterruptedException {
    int atOnce = Math.max(1, Math.min(sides.size(), Runtime.getRuntime().availableProcessors()));
    try (ExecutorService executor = Executors.newFixedThreadPool(atOnce)) {
      List<Future<Map<String, ExactFigures>>> taken = new ArrayList<>();
      for (Side side : sides) {
        taken.add(executor.submit(() -> exact(side, loads)));
      }
      List<Map<String, ExactFigures>> figures = new ArrayList<>();
      for (Future<Map<String, ExactFigures>> one : taken) {
        figures.add(one.get());
      }
      return figures;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failed -> throw failed;
        case PairFailure failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private static Map<String, ExactFigures> exact(Side side, List<GateLoad> loads)
      throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    long monitors = 1;
    for (GateLoad load : loads) {
      files.add(load.load().file().toAbsolutePath());
      monitors = Math.max(monitors, load.monitors());
    }
    // Two engines at a time: the one that is measured, and the garbage of the one before.
    List<ExactFigures> taken = ExactTaking.take(side, 2 * monitors, files);
    Map<String, ExactFigures> figures = new LinkedHashMap<>();
    for (int i = 0; i < loads.size(); i++) {
      figures.put(loads.get(i).load().name(), taken.get(i));
    }
    return figures;
  }

  @Override
  public PairSlices pair(PairPlan plan, Side a, Side b, long seed)
      throws IOException, InterruptedException {
    return Pair.take(plan, a, b, seed);
  }
}
