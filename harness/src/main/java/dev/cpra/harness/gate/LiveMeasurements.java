package dev.cpra.harness.gate;

import dev.cpra.harness.gate.GateFile.GateLoad;
import dev.cpra.harness.paired.ExactFigures;
import dev.cpra.harness.paired.ExactTaking;
import dev.cpra.harness.paired.Pair;
import dev.cpra.harness.paired.PairPlan;
import dev.cpra.harness.paired.PairSlices;
import dev.cpra.harness.paired.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Figures of real JVMs.
final class LiveMeasurements implements Measurements {
  @Override
  public Map<String, ExactFigures> exact(Side side, Iterable<GateLoad> loads)
      throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    List<String> names = new ArrayList<>();
    long monitors = 1;
    for (GateLoad load : loads) {
      files.add(load.load().file().toAbsolutePath());
      names.add(load.load().name());
      monitors = Math.max(monitors, load.monitors());
    }
    // Three engines at a time: the one measured for memory, and those of its footprint.
    List<ExactFigures> taken = ExactTaking.take(side, 2 * monitors, files);
    Map<String, ExactFigures> figures = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      figures.put(names.get(i), taken.get(i));
    }
    return figures;
  }

  @Override
  public PairSlices pair(PairPlan plan, Side a, Side b, long seed)
      throws IOException, InterruptedException {
    return Pair.take(plan, a, b, seed);
  }
}
