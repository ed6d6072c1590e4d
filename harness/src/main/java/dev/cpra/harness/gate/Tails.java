package dev.cpra.harness.gate;

import dev.cpra.harness.paired.Answer;
import dev.cpra.harness.paired.PairSlices;
import dev.cpra.harness.result.Histograms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Adds up the histograms of all pairs by side. One thread.
final class Tails {
  private static final double NANOS_PER_US = 1e3;

  private final Map<String, Histogram> lateness = new LinkedHashMap<>();
  private final Map<String, Histogram> response = new LinkedHashMap<>();

  void add(String a, String b, PairSlices slices) {
    for (PairSlices.LoadSlices load : slices.loads()) {
      add(a, load.tailsA());
      add(b, load.tailsB());
    }
  }

  private void add(String side, Answer.Tails tails) {
    add(lateness, side, tails.latenessNanos());
    add(response, side, tails.responseNanos());
  }

  private static void add(Map<String, Histogram> to, String side, @Nullable String encoded) {
    Histogram more = Histograms.decode(encoded);
    if (more != null) {
      Histogram sum = to.putIfAbsent(side, more);
      if (sum != null) {
        sum.add(more);
      }
    }
  }

  /// What was added, and the control thread beside it.
  ///
  /// @param controlUs how much longer than asked its sleeps took, in microseconds
  List<GateResult.Tail> with(Histogram controlUs) {
    List<GateResult.Tail> tails = new ArrayList<>();
    lateness.forEach((side, nanos) -> tails.add(tail(side, "lateness", nanos, NANOS_PER_US)));
    response.forEach((side, nanos) -> tails.add(tail(side, "response", nanos, NANOS_PER_US)));
    if (!tails.isEmpty() && controlUs.getTotalCount() > 0) {
      tails.add(tail("control thread", "sleep of 1 ms, overshoot", controlUs, 1));
    }
    return List.copyOf(tails);
  }

  private static GateResult.Tail tail(
      String who, String figure, Histogram histogram, double perUs) {
    return new GateResult.Tail(
        who,
        figure,
        histogram.getValueAtPercentile(99) / perUs,
        histogram.getValueAtPercentile(99.9) / perUs,
        histogram.getMaxValue() / perUs,
        histogram.getTotalCount());
  }
}
