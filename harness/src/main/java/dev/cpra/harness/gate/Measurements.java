package dev.cpra.harness.gate;

import dev.cpra.harness.gate.GateFile.GateLoad;
import dev.cpra.harness.paired.ExactFigures;
import dev.cpra.harness.paired.PairPlan;
import dev.cpra.harness.paired.PairSlices;
import dev.cpra.harness.paired.Side;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Where a gate's figures come from: JVMs, or a script in tests. Used by one thread.
interface Measurements {
  /// The exact figures of some sides on some loads.
  ///
  /// @return for each side, the figures by load name
  /// @throws dev.cpra.harness.paired.PairFailure if they can't be had
  List<Map<String, ExactFigures>> exact(List<Side> sides, List<GateLoad> loads)
      throws IOException, InterruptedException;

  /// One fresh pair.
  ///
  /// @param seed decides the order of its slices
  /// @throws dev.cpra.harness.paired.PairFailure if it can't be had, or a ledger does not balance
  PairSlices pair(PairPlan plan, Side a, Side b, long seed)
      throws IOException, InterruptedException;
}
