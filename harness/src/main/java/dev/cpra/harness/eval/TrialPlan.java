package dev.cpra.harness.eval;

import dev.cpra.harness.result.Variant;
import dev.cpra.simulator.work.Mix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// The order of an evaluation's trials: rounds, each with every variant once, so that what the
/// machine does over minutes hits all variants alike. The first round's order is random, every
/// other one is turned round: in few rounds, random orders alone may all be the same. The load's
/// name is the seed: the same load has the same order.
public final class TrialPlan {
  private TrialPlan() {}

  /// The trials in the order in which they are to run.
  public static List<PlannedTrial> of(String loadName, List<Variant> variants, int rounds) {
    Random random = new Random(Mix.hash(loadName));
    List<Variant> shuffled = new ArrayList<>(variants);
    Collections.shuffle(shuffled, random);
    List<PlannedTrial> plan = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (Variant variant : round % 2 == 0 ? shuffled : shuffled.reversed()) {
        plan.add(new PlannedTrial(variant, round, plan.size()));
      }
    }
    return List.copyOf(plan);
  }
}
