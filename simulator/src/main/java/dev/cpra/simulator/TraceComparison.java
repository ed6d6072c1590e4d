package dev.cpra.simulator;

import dev.cpra.simulator.check.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares what two engines told in the same scenario, and finds the first event in which they
/// differ. Stateless.
final class TraceComparison {
  /// Most lines of a stretch that are looked at.
  private static final int LINES_MAX = 1_000_000;

  private TraceComparison() {}

  /// Runs both again and tells the first event that differs; null if the runs do not differ.
  static @Nullable Failure explain(
      Scenario scenario, Run a, EngineMaker makesA, Run b, EngineMaker makesB) {
    int stretch = a.trace().firstDifference(b.trace());
    if (stretch < 0) {
      return null;
    }
    List<String> engines = List.of(a.engine(), b.engine());
    long from = stretch * a.trace().stretchNanos();
    long to = from + a.trace().stretchNanos() - 1;
    List<TraceRecorder.Line> one = record(scenario, a.engine(), makesA, from, to);
    List<TraceRecorder.Line> other = record(scenario, b.engine(), makesB, from, to);
    for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
      TraceRecorder.Line its = i < one.size() ? one.get(i) : null;
      TraceRecorder.Line others = i < other.size() ? other.get(i) : null;
      if (its == null || !its.equals(others)) {
        TraceRecorder.Line known = its == null ? others : its;
        return failure(
            engines,
            known,
            "%s told `%s`, %s told `%s`"
                .formatted(a.engine(), text(its), b.engine(), text(others)));
      }
    }
    return failure(
        engines,
        null,
        "%s and %s differ between %.3f s and %.3f s, in nothing that is shown"
            .formatted(
                a.engine(),
                b.engine(),
                (from - World.START_NANOS) / 1e9,
                (to - World.START_NANOS) / 1e9));
  }

  private static Failure failure(
      List<String> engines, TraceRecorder.@Nullable Line line, String message) {
    return line == null
        ? new Failure(engines, "trace", Violation.NO_MONITOR, 0, message)
        : new Failure(
            engines, "trace", line.monitor(), line.nowNanos() - World.START_NANOS, message);
  }

  private static String text(TraceRecorder.@Nullable Line line) {
    return line == null ? "nothing more" : line.toString();
  }

  private static List<TraceRecorder.Line> record(
      Scenario scenario, String name, EngineMaker maker, long from, long to) {
    TraceRecorder recorder = TraceRecorder.ofStretch(from, to, LINES_MAX);
    new Simulation(scenario, name, maker, List.of(recorder)).run(Simulation.Progress.NONE);
    return recorder.lines();
  }
}
